import assert from 'node:assert/strict';
import test from 'node:test';
import { EventWindow } from '../../main/page/window.js';

const page = (from, to) => Array.from({ length: to - from }, (_, index) => ({ seq: from + index }));

function total(window) {
  return window.older + window.events.length + window.newer;
}

test('a window never holds more than its capacity, and counts everything that it does not hold', () => {
  const window = new EventWindow(100);
  window.replace({ events: page(900, 1000), older: 900, newer: 0 });
  window.append(page(1000, 1030));
  assert.deepEqual([window.events.length, window.older, window.newer], [100, 930, 0]);
  window.extendBack({ events: page(880, 930), older: 880 });
  assert.deepEqual([window.first.seq, window.last.seq, window.newer], [880, 979, 50]);
  assert.equal(total(window), 1030);
  window.extendForward({ events: page(980, 1030), newer: 0 });
  assert.deepEqual([window.first.seq, window.last.seq, window.older], [930, 1029, 930]);
  assert.equal(total(window), 1030);
});

test('an event that comes again is taken once', () => {
  const window = new EventWindow(10);
  window.append(page(0, 5));
  window.append(page(3, 6));
  assert.deepEqual(window.events.map((event) => event.seq), [0, 1, 2, 3, 4, 5]);
});

test('what happens while the window stays is counted as newer', () => {
  const window = new EventWindow(10);
  window.replace({ events: page(0, 5), older: 0, newer: 0 });
  assert.ok(window.atNow);
  window.pass(7);
  assert.ok(!window.atNow);
  assert.equal(total(window), 12);
});
