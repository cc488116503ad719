// The vectors of docs/stamp-my-service.md, as StampHeaderTest of the module clocks has them too: node --test

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import test from 'node:test'
import { decode, encode, HEADER, StampClock } from './stamp.mjs'

const page = readFileSync(new URL('../docs/stamp-my-service.md', import.meta.url), 'utf8')
const vectors = [...page.matchAll(/^\| `([^`]+):(\d+)` \| `\{([^`]+)\}` \| (\d+) \| `([0-9a-f]+)` \|$/gm)]
  .map(([, process, counter, clock, lamport, hex]) => ({
    process,
    counter: Number(counter),
    lamport: Number(lamport),
    clock: new Map(clock.split(', ').map(entry => [entry.split('=')[0], Number(entry.split('=')[1])])),
    hex,
  }))

test('the page has vectors', () => assert.ok(vectors.length >= 4))

for (const { hex, ...stamp } of vectors) {
  test(`${stamp.process}:${stamp.counter} has these bytes, and they say the same`, () => {
    assert.equal(encode(stamp).toString('hex'), hex)
    assert.deepEqual(decode(Buffer.from(hex, 'hex')), stamp)
    assert.deepEqual(decode(Buffer.from(Buffer.from(hex, 'hex').toString('base64'))), stamp)
  })
}

test('a clock stamps, and merges what it is handed', () => {
  const clock = new StampClock({ name: 'orders-js', incarnation: 7 })
  const first = decode(clock.stamp({ trace: 't' })[HEADER])
  assert.deepEqual(first, { process: 'orders-js~7', counter: 1, lamport: 1, clock: new Map([['orders-js~7', 1]]) })
  assert.ok(clock.deliver({ [HEADER]: Buffer.from('210090030102000c6e6f64652d3105050232ac02', 'hex') }))
  assert.equal(clock.deliver({}), false)
  const second = decode(clock.stamp()[HEADER])
  assert.equal(second.lamport, 401)
  assert.deepEqual(second.clock, new Map([['node-1', 5], ['node-2', 300], ['orders-js~7', 2]]))
})

test('what is no stamp changes nothing', () => {
  const clock = new StampClock({ name: 'a' })
  for (const hex of ['', '21', '2100', '210001010100026101', '21000100010002610100', '49514142']) {
    assert.throws(() => clock.deliver({ [HEADER]: Buffer.from(hex, 'hex') }), /^Error: A header is no stamp: /)
  }
  assert.equal(clock.clock.size, 0)
})

test('numbers up to 2^53 - 1 are exact', () => {
  const clock = new Map([['a', 2 ** 53 - 1]])
  assert.deepEqual(decode(encode({ process: 'a', lamport: 2 ** 53 - 1, clock })).clock, clock)
})
