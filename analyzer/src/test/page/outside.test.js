import assert from 'node:assert/strict';
import test from 'node:test';
import { outside } from '../../main/page/outside.js';
import { random } from './executions.js';

test('each event of a conflict is in sight, to the left, to the right, above or below, and counted once', () => {
  for (let seed = 1; seed <= 100; seed++) {
    const next = random(seed);
    const whole = (most) => Math.floor(next() * most);
    const all = Array.from({ length: 300 }, (_, seq) => ({ seq, process: `p${1 + whole(3)}` }));
    const counters = {};
    all.forEach((event) => Object.assign(event, { counter: (counters[event.process] = (counters[event.process] ?? 0) + 1) }));
    all.forEach((event) => (event.dot = `${event.process}:${event.counter}`));
    const listed = (process) => all.filter((event) => event.process === process && next() < 0.3).map(({ counter }) => counter);
    const runs = ['p2', 'p3'].map((process) => {
      const numbers = next() < 0.3 ? listed(process) : [];
      const first = numbers[0] ?? 1 + whole(40);
      const last = numbers.at(-1) ?? first + whole(40);
      return { process, firstCounter: first, lastCounter: last, length: numbers.length || last - first + 1, counters: numbers };
    });
    const conflict = { event: { process: 'p1', counter: 30 }, runs };
    const members = all.filter(({ process, counter }) =>
      process === 'p1' ? counter === 30 : runs.some((run) => run.process === process && (run.counters.length > 0 ? run.counters.includes(counter) : run.firstCounter <= counter && counter <= run.lastCounter)),
    );
    const from = whole(250);
    const window = all.slice(from, from + 20 + whole(100));
    const [left, right] = [window[0].seq + 5, window[0].seq + 15];
    const seqs = new Map(members.map(({ dot, seq }) => [dot, seq]));
    const seqOf = new Map(all.map(({ dot, seq }) => [dot, seq]));
    const side = (dot) => (seqOf.get(dot) < left ? 'left' : seqOf.get(dot) > right ? 'right' : null);
    const row = next() < 0.5 ? (process) => ({ p2: 'above', p3: 'below' })[process] ?? null : () => null;
    const found = outside(conflict, seqs, window, side, row);
    for (const process of ['p1', 'p2', 'p3']) {
      if (row(process) !== null) {
        const told = found.filter((one) => one.process === process);
        const run = runs.find((one) => one.process === process);
        assert.deepEqual(told, [{ process, side: row(process), count: run.length, dot: `${process}:${run.firstCounter}` }]);
        continue;
      }
      for (const where of ['left', 'right']) {
        const lying = members.filter((event) => event.process === process && side(event.dot) === where);
        const told = found.find((one) => one.process === process && one.side === where);
        assert.equal(told?.count ?? 0, lying.length, `seed ${seed}, ${process}, ${where}`);
        const nearest = where === 'left' ? lying.at(-1) : lying[0];
        assert.equal(told?.dot, nearest?.dot, `seed ${seed}, ${process}, ${where}`);
      }
    }
  }
});
