// What Lamport timestamps tell of events, held against what their vector clocks prove.

import { causalOrder } from './order.js';

/** Whether the timestamps put one of two concurrent events before the other, which proves nothing. */
export function falselyOrdered(a, b) {
  return a.lamport !== b.lamport && causalOrder(a, b) === 'CONCURRENT';
}

/** How many pairs of these events are ordered, concurrent, and of the concurrent ones how many the timestamps order. */
export function countedPairs(events) {
  const counts = { ordered: 0, concurrent: 0, falselyOrdered: 0 };
  for (let i = 0; i < events.length; i++) {
    for (let j = 0; j < i; j++) {
      if (causalOrder(events[i], events[j]) === 'CONCURRENT') {
        counts.concurrent++;
        counts.falselyOrdered += events[i].lamport === events[j].lamport ? 0 : 1;
      } else {
        counts.ordered++;
      }
    }
  }
  return counts;
}
