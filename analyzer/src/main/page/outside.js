// What of a conflict lies outside of the part of the diagram that is in sight.

import { inRun, membersOf } from './conflict-record.js';

/**
 * Per process of a conflict, how many of its events are not in sight: of a row that is, those to its left and to its right, with
 * the nearest; of a row above or below, all of them, with the first.
 *
 * @param {object} conflict the record
 * @param {Map<string, number>} seqs of the ends of the conflict, by dot, as far as they are known
 * @param {object[]} events those in the window, in the order of their seqs
 * @param {(dot: string) => 'left'|'right'|null} sideOf where an event of the window stands; null: in sight
 * @param {(process: string) => 'above'|'below'|null} rowSide where the row of a process is; null: in sight
 * @returns {{process: string, side: 'left'|'right'|'above'|'below', count: number, dot: string}[]}
 */
export function outside(conflict, seqs, events, sideOf, rowSide) {
  return membersOf(conflict).flatMap((run) => {
    const row = rowSide(run.process);
    if (row !== null) {
      return [{ process: run.process, side: row, count: run.length, dot: `${run.process}:${run.firstCounter}` }];
    }
    const sides = { left: { count: 0, counter: 0 }, right: { count: 0, counter: Infinity } };
    const own = events.filter((event) => event.process === run.process);
    for (const event of own.filter((one) => inRun(run, one.counter))) {
      const side = sideOf(event.dot);
      if (side !== null) {
        add(sides[side], side, 1, event.counter);
      }
    }
    beyond(run, own, seqs, events[0]?.seq ?? 0).forEach(([side, count, nearest]) => add(sides[side], side, count, nearest));
    return Object.entries(sides)
      .filter(([, { count }]) => count > 0)
      .map(([side, found]) => ({ process: run.process, side, count: found.count, dot: `${run.process}:${found.counter}` }));
  });
}

function add(found, side, count, counter) {
  found.count += count;
  found.counter = side === 'left' ? Math.max(found.counter, counter) : Math.min(found.counter, counter);
}

/** The events of a run that are not in the window: [side, how many, the counter of the nearest]. */
function beyond(run, own, seqs, firstSeq) {
  const { process, firstCounter, lastCounter, length, counters = [] } = run;
  if (own.length === 0) {
    const earlier = (seqs.get(`${process}:${lastCounter}`) ?? -1) < firstSeq;
    return [earlier ? ['left', length, lastCounter] : ['right', length, firstCounter]];
  }
  const all = own.map(({ counter }) => counter);
  const [least, greatest] = [Math.min(...all), Math.max(...all)];
  if (counters.length > 0) {
    const [before, after] = [counters.filter((one) => one < least), counters.filter((one) => one > greatest)];
    return [['left', before.length, before.at(-1) ?? 0], ['right', after.length, after[0] ?? Infinity]];
  }
  const before = Math.max(0, Math.min(lastCounter, least - 1) - firstCounter + 1);
  const after = Math.max(0, lastCounter - Math.max(firstCounter, greatest + 1) + 1);
  return [
    ['left', before, before > 0 ? Math.min(lastCounter, least - 1) : 0],
    ['right', after, after > 0 ? Math.max(firstCounter, greatest + 1) : Infinity],
  ];
}
