// The causal order of one execution, computed from its vector clocks alone.

/** @typedef {{dot: string, process: string, counter: number, clock: Object<string, number>}} Stamped */

/** A clock's entry for a process: how many of its events were known. A missing entry is 0. */
export function entry(clock, process) {
  return Object.hasOwn(clock, process) ? clock[process] : 0;
}

/** A dot as it is written: "node-1:5". */
export function writtenDot(process, counter) {
  return `${process}:${counter}`;
}

/** The process and counter of a written dot; null if it is none. */
export function parsedDot(text) {
  const match = /^(.+):(\d{1,16})$/su.exec(text);
  return match && Number(match[2]) > 0 ? { process: match[1], counter: Number(match[2]) } : null;
}

/** Whether the event is, or knew, the event with this process and counter. One look-up. */
export function knows(event, { process, counter }) {
  return entry(event.clock, process) >= counter;
}

/** The causal order of two events: EQUAL, BEFORE, AFTER or CONCURRENT, of the first to the second. */
export function causalOrder(first, second) {
  const firstIsKnown = knows(second, first);
  const secondIsKnown = knows(first, second);
  if (firstIsKnown && secondIsKnown) {
    return 'EQUAL';
  }
  if (firstIsKnown) {
    return 'BEFORE';
  }
  return secondIsKnown ? 'AFTER' : 'CONCURRENT';
}

function eventsOf(known, process) {
  return known === 0 ? `no event of ${process}` : known === 1 ? `1 event of ${process}` : `${known} events of ${process}`;
}

/** The relation of two events, with the sentence and the clock entries that prove it, in the words of `explain`. */
export function relation(first, second) {
  const order = causalOrder(first, second);
  const firstKnew = { dot: first.dot, process: second.process, entry: entry(first.clock, second.process) };
  const secondKnew = { dot: second.dot, process: first.process, entry: entry(second.clock, first.process) };
  const knew = ({ dot, process, entry: known }) => `${dot} knew ${eventsOf(known, process)}`;
  const ordered = (cause, effect, witness) =>
    `${cause.dot} happened before ${effect.dot}: ` +
    (cause.process === effect.process
      ? `both are events of ${cause.process}, in this order.`
      : `${knew(witness)}, ${cause.dot} among them.`);
  const answer = (witness, sentence) => ({ a: first.dot, b: second.dot, order, sentence, witness });
  switch (order) {
    case 'BEFORE':
      return answer([secondKnew], ordered(first, second, secondKnew));
    case 'AFTER':
      return answer([firstKnew], ordered(second, first, firstKnew));
    case 'CONCURRENT':
      return answer(
        [firstKnew, secondKnew],
        `${first.dot} and ${second.dot} are concurrent: ` +
          `${knew(firstKnew)}, so not ${second.dot}; ${knew(secondKnew)}, so not ${first.dot}.`,
      );
    default:
      return first.dot === second.dot
        ? answer([], `${first.dot} is one event, not two.`)
        : answer(
            [firstKnew, secondKnew],
            `${first.dot} and ${second.dot} cannot be compared: each clock says that it knew the other ` +
              `(${knew(firstKnew)}, ${knew(secondKnew)}), so one of them is wrong.`,
          );
  }
}

/** Why a whole run is concurrent with an event: its last event knew most, so its entry speaks for all of them. */
export function runSentence(event, { process, lastCounter, length, witness }) {
  const dot = writtenDot(event.process, event.counter);
  const last = writtenDot(process, lastCounter);
  const eventKnew = `${dot} knew ${eventsOf(entry(event.clock, process), process)}`;
  const lastKnew = eventsOf(witness, event.process);
  return length === 1
    ? `${eventKnew}, so not ${last}; ${last} knew ${lastKnew}, so not ${dot}.`
    : `${eventKnew}, so it knew none of these; ${last}, the last of these, knew ${lastKnew}, so none of these knew ${dot}.`;
}

/** The first index from 0 to length at which the predicate, false up to some index and true from there, is true. */
export function firstIndex(length, predicate) {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (predicate(middle)) {
      high = middle;
    } else {
      low = middle + 1;
    }
  }
  return low;
}

/**
 * All events of one execution. Of each process, what an event knew is a beginning of its events, what came to know the
 * event is an end, and what is concurrent with it lies between: two binary searches a process.
 *
 * Events with a dot that was there already, or a clock that falls within its process, are left out. A missing entry did not
 * fall: stamps leave old ones out.
 */
export class History {
  #chains = new Map();
  #byDot = new Map();
  #ranks = new Map();

  /** @param {Stamped[]} events in the order of their arrival; those of a process with rising counters */
  constructor(events) {
    this.arrived = [];
    for (const event of events) {
      const chain = this.#chain(event.process);
      if (!this.#byDot.has(event.dot) && !falls(chain.at(-1), event)) {
        this.#ranks.set(event.dot, chain.length);
        chain.push(event);
        this.#byDot.set(event.dot, event);
        this.arrived.push(event);
      }
    }
    this.leftOut = events.length - this.arrived.length;
  }

  #chain(process) {
    if (!this.#chains.has(process)) {
      this.#chains.set(process, []);
    }
    return this.#chains.get(process);
  }

  /** The processes that have events, by name. */
  get processes() {
    return [...this.#chains.keys()].sort();
  }

  /** The events of a process, by counter. */
  eventsOf(process) {
    return this.#chains.get(process) ?? [];
  }

  /** The event with this written dot, or undefined. */
  find(dot) {
    return this.#byDot.get(dot);
  }

  /** How many of the process's events have at most this counter. */
  countUpTo(process, counter) {
    const chain = this.eventsOf(process);
    return firstIndex(chain.length, (index) => chain[index].counter > counter);
  }

  /** Where the events of a chain divide: [0, past) happened before the event, [past, future) are concurrent with it. */
  #division(event, process) {
    if (process === event.process) {
      const rank = this.#ranks.get(event.dot);
      return { past: rank, concurrentFrom: rank, future: rank, futureFrom: rank + 1 };
    }
    const chain = this.eventsOf(process);
    const past = this.countUpTo(process, entry(event.clock, process));
    const future = Math.max(past, firstIndex(chain.length, (index) => knows(chain[index], event)));
    return { past, concurrentFrom: past, future, futureFrom: future };
  }

  /** The runs of events in a part, past, future or concurrent, of the order around an event. */
  runs(event, part) {
    const found = [];
    for (const process of this.processes) {
      const division = this.#division(event, process);
      const length = this.eventsOf(process).length;
      const [from, to] = {
        past: [0, division.past],
        concurrent: [division.concurrentFrom, division.future],
        future: [division.futureFrom, length],
      }[part];
      this.#addRun(found, process, from, to);
    }
    return found;
  }

  #addRun(runs, process, from, to) {
    if (from < to) {
      const chain = this.eventsOf(process);
      const last = chain[to - 1];
      runs.push({ process, first: chain[from].counter, last: last.counter, length: to - from, lastClock: last.clock });
    }
  }

  /** How many events are in each part of the order around an event. */
  counts(event) {
    const total = (part) => this.runs(event, part).reduce((sum, run) => sum + run.length, 0);
    return { past: total('past'), future: total('future'), concurrent: total('concurrent') };
  }

  /** The events that this one covers: nothing lies between. Of each process only the last known one can be covered. */
  covers(event) {
    const candidates = [];
    for (const process of Object.keys(event.clock)) {
      const known = process === event.process ? event.counter - 1 : entry(event.clock, process);
      const candidate = this.eventsOf(process)[this.countUpTo(process, known) - 1];
      if (candidate) {
        candidates.push(candidate);
      }
    }
    return candidates.filter((one) => !candidates.some((other) => other !== one && knows(other, one)));
  }

  /**
   * The causal depth of every event, by dot: 1 plus the greatest depth of what it knew. It is the Lamport timestamp that
   * the events would have had.
   */
  depths() {
    const depths = new Map();
    for (const event of this.inCausalOrder()) {
      let depth = 0;
      for (const process of Object.keys(event.clock)) {
        const known = process === event.process ? event.counter - 1 : entry(event.clock, process);
        const last = this.eventsOf(process)[this.countUpTo(process, known) - 1];
        depth = Math.max(depth, last ? (depths.get(last.dot) ?? 0) : 0);
      }
      depths.set(event.dot, depth + 1);
    }
    return depths;
  }

  /** All events so that causes stand before their effects; those that arrived first, first. */
  inCausalOrder() {
    return causesFirst(this.arrived);
  }

  /**
   * For each event that is concurrent with earlier-arrived ones, the event and the runs of these, in the order of
   * arrival. Each pair of concurrent events is in exactly one.
   */
  conflicts() {
    const seen = new Map(this.processes.map((process) => [process, 0]));
    const conflicts = [];
    for (const event of this.arrived) {
      const runs = [];
      for (const process of this.processes) {
        const { concurrentFrom, future } = this.#division(event, process);
        this.#addRun(runs, process, concurrentFrom, Math.min(future, seen.get(process)));
      }
      if (runs.length > 0) {
        conflicts.push({ event, runs, pairs: runs.reduce((sum, run) => sum + run.length, 0) });
      }
      seen.set(event.process, seen.get(event.process) + 1);
    }
    return conflicts;
  }

  /** The events that are concurrent with any other. */
  conflicting() {
    const { processes } = this;
    return new Set(
      this.arrived.filter((event) =>
        processes.some((process) => {
          const { concurrentFrom, future } = this.#division(event, process);
          return concurrentFrom < future;
        }),
      ),
    );
  }
}

/** Whether an entry of the second event, of the same process as the first, is lower than that one's. */
function falls(first, second) {
  return (
    first !== undefined &&
    Object.keys(second.clock).some(
      (process) => entry(second.clock, process) > 0 && entry(second.clock, process) < entry(first.clock, process),
    )
  );
}

/** The events so that causes stand before their effects. If a → b, the sum of b's clock is greater. */
export function causesFirst(events) {
  const sum = (event) => Object.values(event.clock ?? {}).reduce((total, counter) => total + counter, 0);
  return events
    .map((event, index) => ({ event, index, sum: sum(event) }))
    .sort((a, b) => a.sum - b.sum || a.index - b.index)
    .map(({ event }) => event);
}
