import assert from 'node:assert/strict';
import { test } from 'node:test';
import { kind } from '../../main/page/edges.js';
import { Scale } from '../../main/page/scale.js';

const at = (column, lane) => ({ column, lane });

test('a place means the nearest dot within reach, or none', () => {
  const scale = new Scale();
  const nodes = [at(0, 0), at(1, 0), at(1, 1)];
  for (const node of nodes) {
    assert.equal(scale.meant(nodes, scale.x(node) + 5, scale.y(node) - 5), node);
  }
  assert.equal(scale.meant(nodes, scale.x(nodes[1]) + 23, scale.y(nodes[1])), null);
  assert.equal(scale.meant([], 0, 0), null);
  assert.equal(scale.nearest(nodes, 10_000), nodes[1]);
  assert.equal(scale.nearest([], 0), null);
});

test('lanes and columns fill the room there is, within bounds', () => {
  const scale = new Scale();
  for (const [lanes, room] of [[1, 5_000], [4, 300], [200, 300], [0, 0]]) {
    scale.fitLanes(lanes, room);
    assert.ok(scale.laneHeight >= 46 && scale.laneHeight <= 240, `${lanes} lanes in ${room}: ${scale.laneHeight}`);
  }
  scale.fitColumns(10, 700);
  assert.ok(scale.width(10) <= 700, 'ten columns fit');
  assert.ok(scale.width(11) > 700 - scale.columnWidth, 'and fill the room');
  scale.fitColumns(10, 700, 160);
  assert.equal(scale.columnWidth, 160, 'what was chosen is kept');
});

test('an edge is of the past or the future only if both its ends are', () => {
  const parts = { p: 'past', q: 'past', f: 'future', c: 'concurrent' };
  const marks = { selected: 's', part: ({ dot }) => parts[dot] ?? null };
  const of = (from, to) => kind({ event: { dot: from } }, { event: { dot: to } }, marks);
  assert.deepEqual([of('p', 'q'), of('p', 's'), of('s', 'f')], ['past', 'past', 'future']);
  assert.deepEqual([of('p', 'c'), of('c', 'f'), of('p', 'f')], ['faint', 'faint', 'faint']);
  assert.equal(kind({ event: { dot: 'p' } }, { event: { dot: 'q' } }, { selected: null, part: () => null }), '');
});
