import assert from 'node:assert/strict';
import test from 'node:test';
import { LocalSource } from '../../main/page/local-source.js';
import { layout, neighbour } from '../../main/page/layout.js';
import { causalOrder } from '../../main/page/order.js';
import { chain, random, randomExecution } from './executions.js';

async function events(pairsOrEvents) {
  const events = Array.isArray(pairsOrEvents[0]) ? chain(pairsOrEvents) : pairsOrEvents;
  const source = new LocalSource({ name: 'test', events: events.map((event) => ({ ...event, text: event.payload })) });
  return (await source.events({ limit: 1000 })).events;
}

test('whatever happened before stands further left, folded or not, also of a part of the history', async () => {
  for (let seed = 1; seed <= 20; seed++) {
    const all = await events(randomExecution(seed, 120, 4));
    for (const options of [{}, { folded: true }, { hidden: new Set(['p2']) }]) {
      const { nodes, edges } = layout(all.slice(30, 100), options);
      for (const { from, to } of edges) {
        assert.ok(from.column < to.column, `seed ${seed}: ${from.dot} -> ${to.dot}`);
      }
      for (const a of nodes) {
        for (const b of nodes) {
          if (a.lane === b.lane && a !== b && causalOrder(a.event, b.event) === 'BEFORE') {
            assert.ok(a.column < b.column, `seed ${seed}: ${a.dot}, ${b.dot}`);
          }
        }
      }
    }
  }
});

test('ways from left to right connect exactly what is ordered, whatever is hidden, folded or outside of the window', async () => {
  for (let seed = 1; seed <= 60; seed++) {
    const next = random(seed);
    const processes = 2 + Math.floor(next() * 5);
    const all = await events(randomExecution(seed, 90, processes, 0.2 + next() * 0.6));
    const some = all.filter(() => next() < 0.85); // a window of what arrives in any order has gaps
    const hidden = new Set(Array.from({ length: processes }, (_, index) => `p${index + 1}`).filter(() => next() < 0.35));
    for (const folded of [false, true]) {
      const laidOut = layout(some, { hidden, folded });
      const reached = reachable(laidOut);
      for (const a of laidOut.nodes) {
        for (const b of laidOut.nodes.filter((other) => other !== a)) {
          const orders = new Set(a.events.flatMap((one) => b.events.map((other) => causalOrder(one, other) === 'BEFORE')));
          assert.deepEqual([...orders], [reached.get(a).has(b)], `seed ${seed}, folded ${folded}: ${a.dot}, ${b.dot}`);
        }
      }
    }
  }
});

test('a way is indirect exactly if the later event does not cover the earlier one', async () => {
  for (let seed = 1; seed <= 20; seed++) {
    const all = await events(randomExecution(seed, 60, 4));
    assert.ok(layout(all).edges.every(({ indirect }) => !indirect));
    const { edges, byDot } = layout(all, { hidden: new Set(['p1']) });
    edges.forEach(({ from, to, indirect }) => assert.equal(indirect, !to.event.covers.includes(from.dot)));
    const direct = all.flatMap((event) => event.covers.filter((dot) => byDot.has(dot) && byDot.has(event.dot) && byDot.get(dot).lane !== byDot.get(event.dot).lane));
    assert.equal(edges.filter(({ indirect }) => !indirect).length, direct.length);
  }
});

test('of many lanes only those with events here are drawn, and the others are counted', async () => {
  const lanes = Array.from({ length: 1000 }, (_, index) => `p${index + 1}`);
  const laidOut = layout(await events(randomExecution(3, 50, 4)), { lanes });
  assert.deepEqual([laidOut.lanes, laidOut.foldedLanes], [['p1', 'p2', 'p3', 'p4'], 996]);
});

/** Which nodes are reached from each along rows and edges, to the right. */
function reachable({ nodes, edges }) {
  const next = new Map(nodes.map((node) => [node, edges.filter(({ from }) => from === node).map(({ to }) => to)]));
  for (const node of nodes) {
    next.get(node).push(...nodes.filter(({ lane, column }) => lane === node.lane && column > node.column));
  }
  const reached = new Map();
  for (const node of nodes.toSorted((a, b) => b.column - a.column)) {
    reached.set(node, new Set(next.get(node).flatMap((one) => [one, ...reached.get(one)])));
  }
  return reached;
}

test('no two dots stand in one place, and no column is empty', async () => {
  const { nodes, columns } = layout(await events(randomExecution(5, 200, 6)));
  assert.equal(new Set(nodes.map((node) => `${node.lane}/${node.column}`)).size, nodes.length);
  assert.equal(new Set(nodes.map((node) => node.column)).size, columns);
});

test('a stretch without communication folds into one dot that stands for all of it', async () => {
  const all = await events([
    ['a', { a: 1 }],
    ['a', { a: 2 }],
    ['a', { a: 3 }],
    ['b', { a: 3, b: 1 }],
    ['a', { a: 4 }],
    ['a', { a: 5, b: 1 }],
  ]);
  const { nodes, edges, byDot } = layout(all, { folded: true });
  assert.deepEqual(
    nodes.map((node) => node.events.map((event) => event.dot).join(' ')),
    ['a:1 a:2 a:3', 'b:1', 'a:4', 'a:5'],
  );
  assert.equal(byDot.get('a:2').dot, 'a:1');
  assert.deepEqual(
    edges.map(({ from, to }) => `${from.dot} ${to.dot}`),
    ['a:1 b:1', 'b:1 a:5'],
  );
});

test('hidden processes have no lane, and their events are counted', async () => {
  const laidOut = layout(await events(randomExecution(2, 50, 3)), { hidden: new Set(['p1']), lanes: ['p10', 'p2'] });
  assert.deepEqual(laidOut.lanes, ['p2', 'p3', 'p10']);
  assert.equal(laidOut.hiddenEvents + laidOut.nodes.length, 50);
});

test('dropping the oldest events moves the others together, not against each other', async () => {
  const all = await events(randomExecution(9, 200, 4));
  const before = layout(all);
  const after = layout(all.slice(10));
  const moved = new Set(after.nodes.map((node) => before.byDot.get(node.dot).column - node.column));
  assert.equal(moved.size, 1);
});

test('keys lead along the lane and to the nearest dot of the next lane that has any', async () => {
  const laidOut = layout(
    await events([
      ['a', { a: 1 }],
      ['a', { a: 2 }],
      ['c', { a: 2, c: 1 }],
    ]),
    { lanes: ['b'] },
  );
  const go = (dot, direction) => neighbour(laidOut, laidOut.byDot.get(dot), direction).dot;
  assert.deepEqual([go('a:1', 'right'), go('a:2', 'right'), go('a:1', 'left')], ['a:2', 'a:2', 'a:1']);
  assert.deepEqual([go('a:1', 'down'), go('c:1', 'up'), go('c:1', 'down')], ['c:1', 'a:2', 'c:1']);
});
