import assert from 'node:assert/strict';
import test from 'node:test';
import { History, causalOrder, causesFirst, parsedDot, relation } from '../../main/page/order.js';
import { chain, randomExecution } from './executions.js';

test('the order is that of full vector comparison on random executions, and each pair is in one conflict', () => {
  for (let seed = 1; seed <= 40; seed++) {
    const events = randomExecution(seed, 60, 1 + (seed % 5));
    const history = new History(events);
    let concurrent = 0;
    for (const a of events) {
      const expected = { past: 0, future: 0, concurrent: 0 };
      for (const b of events) {
        const order = byFullVectors(a, b);
        assert.equal(causalOrder(a, b), order, `seed ${seed}: ${a.dot}, ${b.dot}`);
        expected.past += order === 'AFTER' ? 1 : 0;
        expected.future += order === 'BEFORE' ? 1 : 0;
        expected.concurrent += order === 'CONCURRENT' ? 1 : 0;
      }
      assert.deepEqual(history.counts(a), expected, `seed ${seed}: ${a.dot}`);
      concurrent += expected.concurrent;
    }
    const pairs = history.conflicts().reduce((sum, conflict) => sum + conflict.pairs, 0);
    assert.equal(pairs, concurrent / 2, `seed ${seed}`);
  }
});

test('coverings are the edges between which nothing lies', () => {
  for (let seed = 1; seed <= 20; seed++) {
    const events = randomExecution(seed, 40, 4);
    const history = new History(events);
    for (const upper of events) {
      const before = events.filter((event) => byFullVectors(event, upper) === 'BEFORE');
      const expected = before.filter((a) => !before.some((b) => byFullVectors(a, b) === 'BEFORE'));
      assert.deepEqual(names(history.covers(upper)), names(expected), `seed ${seed}: ${upper.dot}`);
    }
  }
});

test('depth is the length of the longest chain that ends in the event', () => {
  const events = randomExecution(7, 60, 4);
  const depths = new History(events).depths();
  for (const upper of events) {
    const before = events.filter((event) => byFullVectors(event, upper) === 'BEFORE');
    assert.equal(depths.get(upper.dot), 1 + Math.max(0, ...before.map((event) => depths.get(event.dot))));
  }
});

test('causes stand first, whatever the order of arrival', () => {
  const events = randomExecution(3, 60, 4).reverse();
  const ordered = causesFirst(events);
  ordered.forEach((event, index) =>
    assert.ok(!ordered.slice(index).some((later) => byFullVectors(later, event) === 'BEFORE')),
  );
});

test('a relation is told in the words of explain', () => {
  const [a1, b1, b2] = chain([
    ['a', { a: 1 }],
    ['b', { b: 1 }],
    ['b', { a: 1, b: 2 }],
  ]);
  assert.equal(
    relation(a1, b1).sentence,
    'a:1 and b:1 are concurrent: a:1 knew no event of b, so not b:1; b:1 knew no event of a, so not a:1.',
  );
  assert.equal(relation(b2, a1).sentence, 'a:1 happened before b:2: b:2 knew 1 event of a, a:1 among them.');
  assert.deepEqual(relation(b2, a1).witness, [{ dot: 'b:2', process: 'a', entry: 1 }]);
  assert.equal(relation(b1, b2).sentence, 'b:1 happened before b:2: both are events of b, in this order.');
  assert.equal(relation(a1, a1).sentence, 'a:1 is one event, not two.');
});

test('names that objects have by birth are no clock entries', () => {
  const [one, other] = chain([
    ['__proto__', JSON.parse('{"__proto__": 1}')],
    ['constructor', { constructor: 1 }],
  ]);
  assert.equal(causalOrder(one, other), 'CONCURRENT');
  assert.equal(new History([one, other]).conflicts().length, 1);
});

test('a clock that falls and a dot that is there already are left out, an entry that is missing is not', () => {
  const history = new History(
    chain([
      ['b', { b: 1, a: 2 }],
      ['b', { b: 2, a: 1 }],
      ['b', { b: 1, a: 2 }],
      ['b', { b: 3 }],
    ]),
  );
  assert.deepEqual(names(history.arrived), ['b:1', 'b:3']);
  assert.equal(history.leftOut, 2);
});

test('a dot is a name, a colon and a counter from 1', () => {
  assert.deepEqual(parsedDot('node-1~2:5'), { process: 'node-1~2', counter: 5 });
  assert.equal(parsedDot('node-1:0'), null);
  assert.equal(parsedDot('node-1'), null);
});

function byFullVectors(a, b) {
  const processes = new Set([...Object.keys(a.clock), ...Object.keys(b.clock)]);
  const all = (test) => [...processes].every((process) => test(a.clock[process] ?? 0, b.clock[process] ?? 0));
  const atMost = all((x, y) => x <= y);
  const atLeast = all((x, y) => x >= y);
  return atMost && atLeast ? 'EQUAL' : atMost ? 'BEFORE' : atLeast ? 'AFTER' : 'CONCURRENT';
}

function names(events) {
  return events.map((event) => event.dot).sort();
}
