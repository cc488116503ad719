import assert from 'node:assert/strict';
import test from 'node:test';
import { asks, matches, parsedQuery } from '../../main/page/query.js';

const query = (parts) => ({ dot: null, text: '', process: [], key: null, topic: null, field: [], ...parts });

test('a dot alone is a jump, words are text, name=value is a field', () => {
  assert.deepEqual(parsedQuery(' node-1:5 '), query({ dot: 'node-1:5' }));
  assert.deepEqual(parsedQuery('two words'), query({ text: 'two words' }));
  assert.deepEqual(parsedQuery('process=a process=b'), query({ process: ['a', 'b'] }));
  assert.deepEqual(parsedQuery('key="seat 12" seats'), query({ key: 'seat 12', text: 'seats' }));
  assert.deepEqual(parsedQuery('level=INFO "a  phrase"'), query({ field: ['level=INFO'], text: 'a  phrase' }));
  assert.deepEqual(parsedQuery('topic=orders seats'), query({ topic: 'orders', text: 'seats' }));
  assert.deepEqual(parsedQuery('field.process=x'), query({ field: ['process=x'] }));
  assert.ok(!asks(parsedQuery('  ')));
});

test('all parts must hold', () => {
  const event = { dot: 'a:1', process: 'a', key: 'k', payload: '{"level":"INFO","n":3}' };
  const holds = (search) => matches(parsedQuery(search), event);
  assert.ok(['a:1', 'INFO', 'level=INFO', 'n=3', 'process=a key=k', 'process=b process=a'].every(holds));
  assert.ok(['info', 'Level=INFO', 'level=info'].map(holds).every((held, index) => held === (index !== 1)));
  assert.ok(!['b:1', 'absent', 'process=b', 'process=A', 'key=x', 'toString=x', 'process=a absent'].some(holds));
  const exactly = (search) => matches({ ...parsedQuery(search), exact: true }, event);
  assert.deepEqual(['INFO', 'info', 'level=INFO', 'level=info'].map(exactly), [true, false, true, false]);
  assert.ok(matches(parsedQuery('topic=orders a:1'), { ...event, topic: 'orders' }));
  assert.ok(matches(parsedQuery('topic=orders'), { ...event, fields: { topic: 'orders' } }));
  assert.ok(!matches(parsedQuery('topic=orders'), { ...event, topic: 'stock' }));
  assert.ok(matches(parsedQuery('ip=1'), { ...event, payload: 'no json {', fields: { ip: '1' } }));
});
