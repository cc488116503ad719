// Two executions held against each other, event by event.

/**
 * Which events of two executions are counterparts: those of the same process with the same text, the first with the first,
 * the second with the second, and so on. Clocks and counters are left aside, for they differ as soon as anything does.
 *
 * @returns {{there: Map<string, string>, back: Map<string, string>}} from the dots of each to those of the other
 */
export function counterparts(events, others) {
  const waiting = new Map();
  for (const other of others) {
    const key = likeness(other);
    waiting.set(key, [...(waiting.get(key) ?? []), other.dot]);
  }
  const there = new Map();
  for (const event of events) {
    const dot = waiting.get(likeness(event))?.shift();
    if (dot !== undefined) {
      there.set(event.dot, dot);
    }
  }
  return { there, back: new Map([...there].map(([dot, other]) => [other, dot])) };
}

function likeness({ process, payload }) {
  return JSON.stringify([process, payload]);
}
