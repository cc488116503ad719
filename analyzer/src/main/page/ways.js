// The ways between the events that are shown: the order among them, whatever is hidden.

import { entry, firstIndex, knows } from './order.js';

/**
 * The transitive reduction of the order among some events, but for what their processes' rows show by themselves. A way is
 * indirect where the later event does not cover the earlier one: it leads through events that are not among these.
 *
 * @param {object[]} events with clock and covers, causes before effects
 * @returns {{from: object, to: object, indirect: boolean}[]} between events of different processes
 */
export function waysBetween(events) {
  const chains = new Map();
  const rank = new Map();
  const ways = [];
  for (const event of events) {
    const known = lastKnown(event, chains).sort((a, b) => rank.get(b) - rank.get(a));
    const nearest = [];
    for (const one of known) {
      if (!nearest.some((other) => knows(other, one))) {
        nearest.push(one);
      }
    }
    nearest
      .filter(({ process }) => process !== event.process)
      .forEach((from) => ways.push({ from, to: event, indirect: !event.covers?.includes(from.dot) }));
    rank.set(event, rank.size);
    chains.get(event.process)?.push(event) ?? chains.set(event.process, [event]);
  }
  return ways;
}

/** Of each process the last event so far that the event knew. */
function lastKnown(event, chains) {
  const known = [];
  for (const [process, chain] of chains) {
    const counter = process === event.process ? event.counter - 1 : entry(event.clock, process);
    const count = counter === 0 ? 0 : firstIndex(chain.length, (index) => chain[index].counter > counter);
    if (count > 0) {
      known.push(chain[count - 1]);
    }
  }
  return known;
}
