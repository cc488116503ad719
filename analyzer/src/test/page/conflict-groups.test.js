import assert from 'node:assert/strict';
import test from 'node:test';
import { groupsOf } from '../../main/page/conflict-groups.js';
import { LocalSource } from '../../main/page/local-source.js';
import { causalOrder } from '../../main/page/order.js';
import { chain, randomExecution } from './executions.js';

async function analyzed(events) {
  const source = new LocalSource({ name: 'test', events: events.map((event) => ({ ...event, text: event.payload })) });
  return (await source.conflicts({ limit: 10_000 })).conflicts;
}

test('every concurrent pair is counted in exactly one group, within its ranges', async () => {
  for (let seed = 1; seed <= 20; seed++) {
    const events = randomExecution(seed, 120, 4);
    const groups = groupsOf(await analyzed(events));
    const within = ({ first, last }, { counter }) => first <= counter && counter <= last;
    for (const { a, b, pairs } of groups) {
      const side = ({ process, first, last }) => events.filter((event) => event.process === process && within({ first, last }, event));
      const concurrent = side(a).flatMap((one) => side(b).filter((other) => causalOrder(one, other) === 'CONCURRENT'));
      assert.ok(a.process < b.process);
      assert.equal(concurrent.length, pairs, `seed ${seed}: ${JSON.stringify([a, b])}`);
    }
    const total = events.flatMap((one, index) => events.slice(0, index).filter((other) => causalOrder(one, other) === 'CONCURRENT')).length;
    assert.equal(groups.reduce((sum, { pairs }) => sum + pairs, 0), total);
  }
});

test('neighbours are one group, and what does not meet is another, newest first', async () => {
  const apart = [['a', { a: 1 }], ['a', { a: 2 }], ['b', { b: 1 }], ['b', { b: 2 }]];
  const again = [['a', { a: 3, b: 2 }], ['b', { a: 2, b: 3 }]];
  const known = [['b', { a: 3, b: 4 }], ['a', { a: 4, b: 4 }], ['a', { a: 5, b: 4 }], ['b', { a: 4, b: 5 }]];
  const groups = groupsOf(await analyzed(chain([...apart, ...again, ...known])));
  assert.deepEqual(
    groups.map(({ a, b, pairs, records }) => [`${a.first}..${a.last}`, `${b.first}..${b.last}`, pairs, records.length]),
    [['5..5', '5..5', 1, 1], ['1..3', '1..3', 5, 3]],
  );
});

test('keys are kept apart, and a record without runs is in no group', () => {
  const event = (counter) => ({ process: 'b', counter, clock: { b: counter } });
  const run = { process: 'a', firstCounter: 1, lastCounter: 1, length: 1 };
  const record = (seq, key, runs) => ({ seq, id: `key/b:${seq}`, key, event: event(seq), runs });
  const groups = groupsOf([record(3, 'x', []), record(2, 'y', [run]), record(1, 'x', [run])]);
  assert.deepEqual(groups.map(({ key, pairs }) => [key, pairs]), [['y', 1], ['x', 1]]);
});
