import assert from 'node:assert/strict';
import test from 'node:test';
import { asGraphviz, asNdjson, asShiviz } from '../../main/page/export.js';
import { causalOrder } from '../../main/page/order.js';
import { falselyOrdered } from '../../main/page/lamport.js';
import { LocalSource } from '../../main/page/local-source.js';
import { randomExecution } from './executions.js';

function source(seed, count, processes) {
  const events = randomExecution(seed, count, processes).map((event) => ({ ...event, text: event.payload }));
  return new LocalSource({ name: 'test', events });
}

test('pages of events go through the whole history in both directions, each event once', async () => {
  const local = source(1, 250, 4);
  const all = (await local.events({ limit: 1000 })).events.map((event) => event.seq);
  assert.deepEqual(all, Array.from({ length: 250 }, (_, seq) => seq));
  let page = await local.events({ limit: 60 });
  const back = [];
  while (page.events.length > 0) {
    back.unshift(...page.events.map((event) => event.seq));
    assert.equal(page.older + page.events.length + page.newer, 250);
    page = await local.events({ limit: 60, before: page.events[0].seq });
  }
  assert.deepEqual(back, all);
  const forth = [];
  for (page = await local.events({ limit: 60, after: -1 }); page.events.length > 0; ) {
    forth.push(...page.events.map((event) => event.seq));
    page = await local.events({ limit: 60, after: page.events.at(-1).seq });
  }
  assert.deepEqual(forth, all);
});

test('a page around an event holds it, at both ends of the history too', async () => {
  const local = source(2, 250, 4);
  const all = (await local.events({ limit: 1000 })).events;
  for (const event of [all[0], all[120], all[249]]) {
    const { events, older } = await local.events({ limit: 50, around: event.dot });
    assert.equal(events.length, 50);
    assert.ok(events.some((one) => one.dot === event.dot));
    assert.equal(older, events[0].seq);
  }
  await assert.rejects(local.events({ around: 'p1:999' }), /dot=p1:999/);
});

test('past, future, concurrent and the event itself are all events', async () => {
  const local = source(3, 200, 5);
  for (const { dot } of (await local.events({ limit: 20 })).events) {
    const event = await local.event(dot);
    assert.equal(event.past + event.future + event.concurrent + 1, 200);
    for (const part of ['past', 'future', 'concurrent']) {
      assert.equal((await local.part(dot, part)).total, event[part]);
    }
    for (const above of event.coveredBy) {
      assert.ok((await local.event(above)).covers.includes(dot));
    }
  }
});

test('the summary counts what the list of conflicts holds, and what every pair says', async () => {
  const local = source(4, 150, 4);
  const { conflicts, pairs } = (await local.summary()).conflicts ?? {};
  const listed = await local.conflicts({ limit: 1000 });
  assert.equal(conflicts, undefined);
  assert.equal(pairs, listed.conflicts.reduce((sum, conflict) => sum + conflict.pairs, 0));
  const counts = countedPairs((await local.events({ limit: 1000 })).events);
  assert.equal(pairs, counts.concurrent);
  assert.equal(counts.ordered + counts.concurrent, (150 * 149) / 2);
  assert.ok(counts.falselyOrdered > 0);
});

test('the overview counts events, those in conflict and those found, part by part', async () => {
  const local = source(8, 250, 4);
  const all = (await local.events({ limit: 1000 })).events;
  const inConflict = (event) => all.some((other) => causalOrder(event, other) === 'CONCURRENT');
  assert.deepEqual(all.map(({ conflicting }) => conflicting), all.map(inConflict));
  for (const limit of [1, 7, 1000]) {
    const { span, events, conflicting, found } = await local.overview({ limit, text: 'P1 SAYS' });
    const counts = (holds) => events.map((_, part) => all.filter((event) => Math.floor(event.seq / span) === part && holds(event)).length);
    assert.ok(events.length <= limit);
    assert.deepEqual(events, counts(() => true));
    assert.deepEqual(conflicting, counts(inConflict));
    assert.deepEqual(found, counts(({ process }) => process === 'p1'));
    assert.deepEqual((await local.overview({ limit, text: 'P1 SAYS', case: 'exact' })).found, counts(() => false));
  }
  assert.deepEqual((await local.overview({ limit: 10 })).found, []);
});

test('conflicts come newest first, page by page, and by process', async () => {
  const local = source(5, 150, 4);
  const all = (await local.conflicts({ limit: 1000 })).conflicts;
  const first = await local.conflicts({ limit: 10 });
  assert.deepEqual(first.conflicts, all.slice(0, 10));
  assert.equal(first.older, all.length - 10);
  assert.deepEqual((await local.conflicts({ limit: 10, before: first.conflicts[9].seq })).conflicts, all.slice(10, 20));
  const of = (await local.conflicts({ limit: 1000, process: 'p2' })).conflicts;
  assert.ok(of.length > 0);
  assert.ok(of.every(({ event, runs }) => [event, ...runs].some(({ process }) => process === 'p2')));
});

test('processes have their events, and who knew of nobody reads nothing', async () => {
  const clocks = [{ a: 1 }, { a: 1, b: 1 }, { a: 3 }, { b: 4, c: 0 }];
  const local = new LocalSource({
    name: 'test',
    events: clocks.map((clock, index) => ({ process: 'abab'[index], counter: clock['abab'[index]], clock, text: '' })),
  });
  const { processes } = await local.processes();
  assert.deepEqual(
    processes.map(({ process, events, first, last, readsNothing }) => [process, events, first, last, readsNothing]),
    [['a', 2, 1, 3, true], ['b', 2, 1, 4, true]],
  );
});

test('exports hold every event once, in forms that read back', async () => {
  const { events } = await source(6, 50, 3).events({ limit: 1000 });
  const lines = asNdjson(events).trimEnd().split('\n').map((line) => JSON.parse(line));
  assert.deepEqual(lines.map(({ process, counter }) => `${process}:${counter}`), events.map(({ dot }) => dot));
  assert.equal(asShiviz(events).split('\n').length, 101);
  assert.equal(asShiviz([{ ...events[0], payload: 'a {}\nb' }]).split('\n')[0], '  a {} b');
  const edges = asGraphviz(events).match(/ -> /g).length;
  assert.equal(edges, events.reduce((sum, event) => sum + event.covers.length, 0));
  assert.ok(asGraphviz([{ ...events[0], payload: '"\\&' }]).includes('\\"\\\\&amp;'));
});

/** How many pairs of these events are ordered, concurrent, and of the concurrent ones how many the timestamps order. */
function countedPairs(events) {
  const counts = { ordered: 0, concurrent: 0, falselyOrdered: 0 };
  for (let i = 0; i < events.length; i++) {
    for (let j = 0; j < i; j++) {
      const concurrent = causalOrder(events[i], events[j]) === 'CONCURRENT';
      counts[concurrent ? 'concurrent' : 'ordered']++;
      counts.falselyOrdered += falselyOrdered(events[i], events[j]) ? 1 : 0;
    }
  }
  return counts;
}
