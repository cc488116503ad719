// What a conflict record says, as it is read and written on the page.

import { writtenDot } from './order.js';
import { writtenRun } from './printable.js';

/** Whether a counter is in a run: from the first to the last, or among those that it lists where they are not consecutive. */
export function inRun({ firstCounter, lastCounter, counters = [] }, counter) {
  return counters.length > 0 ? counters.includes(counter) : firstCounter <= counter && counter <= lastCounter;
}

/** All events of a conflict as runs: its own event as one of length 1, then the others. */
export function membersOf({ event: { process, counter }, runs }) {
  return [{ process, firstCounter: counter, lastCounter: counter, length: 1 }, ...runs];
}

/** Whether an event stands in a conflict record. */
export function inConflict(conflict, { process, counter }) {
  return membersOf(conflict).some((run) => run.process === process && inRun(run, counter));
}

/** The dots at the ends of a conflict: its event, and of each run the last one. */
export function endsOf({ event, runs }) {
  return [writtenDot(event.process, event.counter), ...runs.map(({ process, lastCounter }) => writtenDot(process, lastCounter))];
}

/** Runs of a conflict record as they are written. */
export function writtenRuns(runs) {
  return runs
    .flatMap(({ process, firstCounter, lastCounter, counters = [] }) =>
      counters.length > 0
        ? counters.slice(0, 20).map((counter) => writtenDot(process, counter))
        : writtenRun({ process, first: firstCounter, last: lastCounter }),
    )
    .join(', ');
}

/** Which events an incomplete record may lack. */
export function missing({ windowBegan }) {
  return typeof windowBegan === 'number'
    ? `It may be concurrent with events from before ${new Date(windowBegan).toISOString()} too: they were no longer held.`
    : 'It may be concurrent with older events too: they were no longer held.';
}
