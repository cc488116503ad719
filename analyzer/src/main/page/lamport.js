// What Lamport timestamps tell of events, held against what their vector clocks prove.

import { causalOrder } from './order.js';

/** Whether the timestamps put one of two concurrent events before the other, which proves nothing. */
export function falselyOrdered(a, b) {
  return a.lamport !== b.lamport && causalOrder(a, b) === 'CONCURRENT';
}
