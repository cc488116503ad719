import assert from 'node:assert/strict';
import test from 'node:test';
import { INITIAL, ZOOM, parsed, written } from '../../main/page/state.js';

test('the first visit has no parameters', () => {
  assert.equal(written(INITIAL), '');
  assert.deepEqual(parsed(''), { ...INITIAL, filter: { ...INITIAL.filter }, hide: [] });
});

test('every state reads back from its address', () => {
  const state = {
    at: 'a b:1',
    select: 'ü&=#:2',
    other: 'x:3',
    conflict: 'all/x:3',
    key: 'seat/12',
    tab: 'health',
    search: 'level=INFO "two words"',
    exact: true,
    filter: { process: 'a', key: 'k', text: '%', status: 'RESOLVED' },
    sort: 'size',
    hide: ['p,1', 'p2'],
    fold: true,
    lamport: true,
    zoom: 50,
    execution: 'first',
    beside: 'second',
  };
  assert.deepEqual(parsed(`#${written(state)}`), state);
});

test('what an address tells wrongly is as on the first visit', () => {
  const state = parsed('#tab=nonsense&zoom=1e9&fold=maybe&unknown=1');
  assert.deepEqual([state.tab, state.zoom, state.fold], [INITIAL.tab, ZOOM.most, false]);
  assert.equal(parsed('#zoom=x').zoom, INITIAL.zoom);
});
