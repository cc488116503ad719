import assert from 'node:assert/strict';
import test from 'node:test';
import { counterparts } from '../../main/page/comparison.js';

const events = (...pairs) => pairs.map(([dot, payload]) => ({ dot, process: dot.split(':')[0], payload }));

test('counterparts have process and text in common, and are each the only one of the other', () => {
  const { there, back } = counterparts(
    events(['a:1', 'x'], ['a:2', 'x'], ['a:3', 'y'], ['b:1', 'x']),
    events(['a:1', 'z'], ['a:2', 'x'], ['b:7', 'x'], ['a:3', 'x'], ['a:4', 'x']),
  );
  assert.deepEqual([...there], [['a:1', 'a:2'], ['a:2', 'a:3'], ['b:1', 'b:7']]);
  assert.deepEqual(back.get('b:7'), 'b:1');
  assert.ok(!back.has('a:4'));
});
