import assert from 'node:assert/strict';
import test from 'node:test';
import { counted, printable, span, writtenRun } from '../../main/page/printable.js';

test('what cannot be seen or turns text around is shown by a picture or its number', () => {
  assert.equal(printable('a\u0000b\u001b[31m'), 'a␀b␛[31m');
  assert.equal(printable('\u202Eevil\u2066'), '‹202E›evil‹2066›');
  assert.equal(printable('zero\u200Bwidth\uFEFF'), 'zero‹200B›width‹FEFF›');
  assert.equal(printable('two\r\nlines'), 'two ⏎ lines');
  assert.equal(printable('lone \ud800 half'), 'lone ‹D800› half');
});

test('what can be seen stays: other scripts, joined pictures apart from their joiners', () => {
  assert.equal(printable('مرحبا 你好 é 🙂'), 'مرحبا 你好 é 🙂');
});

test('a long text is cut between characters', () => {
  assert.equal(printable('🙂'.repeat(10), 3), '🙂🙂🙂…');
  assert.equal(printable('abc', 3), 'abc');
});

test('counts, runs and spans are written for people', () => {
  assert.equal(counted(1, 'process'), '1 process');
  assert.equal(counted(15896, 'process'), '15,896 processes');
  assert.equal(writtenRun({ process: 'a', first: 3, last: 3 }), 'a:3');
  assert.equal(writtenRun({ process: 'a', first: 3, last: 5 }), 'a:3..5');
  assert.deepEqual([4000, 200000, 9e6].map(span), ['4 s', '3 min', '3 h']);
});
