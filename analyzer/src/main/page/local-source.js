// Answers the page's questions from an execution that the page carries with it: the analyzer's query API, without it.

import { endsOf } from './conflict-record.js';
import { entry, History, parsedDot, relation } from './order.js';
import { asks, matches } from './query.js';

/** An answer that is a failure, as a problem of the analyzer's is one. */
export class Refusal extends Error {
  constructor(status, message) {
    super(message);
    this.name = 'Refusal';
    this.status = status;
  }
}

/** The search parameters of the query API as a query. */
function asQuery({ process = [], key = null, topic = null, text = '', field = [], case: letters = 'ignored' }) {
  const exact = letters === 'exact';
  return { dot: null, process, key: key === '' ? null : key, topic: topic === '' ? null : topic, text, field, exact };
}

/** The events of one execution of a log file. Nothing in it ever changes. */
export class LocalSource {
  live = false;
  #history;
  #events;
  #arrival;
  #conflicts;
  #name;
  #anomalies;

  /** @param {{name: string, events: object[], anomalies?: object[], skippedLines?: number}} execution those of each process sorted by counter */
  constructor({ name, events, anomalies = [], skippedLines = 0 }) {
    this.#name = name;
    this.#anomalies = anomalies;
    this.skippedLines = skippedLines;
    this.#history = new History(events.map(asEvent));
    const depths = this.#history.depths();
    this.#arrival = new Map(this.#history.arrived.map((event, index) => [event.dot, index]));
    // Files may hold effects long before their causes: the page shows them as they happened.
    this.#events = [...this.#history.arrived].sort(
      (a, b) => depths.get(a.dot) - depths.get(b.dot) || this.#arrival.get(a.dot) - this.#arrival.get(b.dot),
    );
    const conflicting = this.#history.conflicting();
    this.#events.forEach((event, seq) =>
      Object.assign(event, { seq, depth: depths.get(event.dot), lamport: depths.get(event.dot), conflicting: conflicting.has(event) }),
    );
    this.#conflicts = this.#history.conflicts().map(asConflict);
  }

  /** The execution's label or file name. */
  get name() {
    return this.#name;
  }

  #withCovers(event) {
    event.covers ??= this.#history.covers(event).map((covered) => covered.dot);
    return event;
  }

  #found(dot) {
    const event = this.#history.find(dot);
    if (!event) {
      throw new Refusal(404, `An event has a dot that the file knows: dot=${dot}; name one of its events.`);
    }
    return this.#withCovers(event);
  }

  async events({ limit = 200, before, after, around, ...search } = {}) {
    const query = asQuery(search);
    const all = this.#events.filter((event) => matches(query, event));
    const seqAround = parsedDot(String(around ?? '')) ? this.#found(around).seq : around;
    const index = (seq) => all.findLastIndex((event) => event.seq < seq) + 1;
    const latest = Math.max(0, all.length - limit);
    let from = latest;
    let to = all.length;
    if (before !== undefined) {
      to = index(before);
      from = Math.max(0, to - limit);
    } else if (after !== undefined) {
      from = index(Number(after) + 1);
      to = from + limit;
    } else if (seqAround !== undefined) {
      from = Math.max(0, Math.min(latest, index(Number(seqAround)) - Math.floor(limit / 2)));
      to = from + limit;
    }
    const events = all.slice(from, to).map((event) => this.#withCovers(event));
    const older = from;
    return { events, older, newer: all.length - older - events.length, held: this.#events.length };
  }

  async overview({ limit = 200, ...search } = {}) {
    const query = asQuery(search);
    const span = Math.max(1, Math.ceil(this.#events.length / limit));
    const counts = (holds) => {
      const parts = new Array(Math.ceil(this.#events.length / span)).fill(0);
      this.#events.filter(holds).forEach(({ seq }) => parts[Math.floor(seq / span)]++);
      return parts;
    };
    return {
      first: 0,
      next: this.#events.length,
      span,
      events: counts(() => true),
      conflicting: counts((event) => event.conflicting),
      found: asks(query) ? counts((event) => matches(query, event)) : [],
    };
  }

  async event(dot) {
    const event = this.#found(dot);
    const coveredBy = this.#events
      .filter((other) => entry(other.clock, event.process) >= event.counter && other !== event)
      .filter((other) => this.#withCovers(other).covers.includes(dot))
      .map((other) => other.dot);
    return { ...event, ...this.#history.counts(event), coveredBy };
  }

  async record(dot) {
    const { file, line, payload, fields = {} } = this.#found(dot);
    const headers = Object.entries(fields).map(([name, value]) => ({ name, value: typeof value === 'string' ? value : JSON.stringify(value) }));
    return { file, line, headers, payload };
  }

  async part(dot, part) {
    const runs = this.#history.runs(this.#found(dot), part);
    return {
      dot,
      total: runs.reduce((sum, run) => sum + run.length, 0),
      runs: runs.map(({ process, first, last, length }) => ({ process, first, last, length })),
    };
  }

  async relation(a, b) {
    return relation(this.#found(a), this.#found(b));
  }

  async conflicts({ limit = 50, before, process = '', status = '', text = '', key = '' } = {}) {
    const all = this.#conflicts.filter(
      ({ event, runs }) =>
        status !== 'RESOLVED' &&
        key === '' &&
        (process === '' || event.process === process || runs.some((run) => run.process === process)) &&
        (text === '' || [event.dot, ...runs.map((run) => run.process)].some((part) => part.includes(text))),
    );
    const older = all.filter((conflict) => before === undefined || conflict.seq < before);
    const conflicts = older.slice(-limit).reverse();
    return { conflicts: conflicts.map((conflict) => this.#withTexts(conflict)), older: Math.max(0, older.length - limit) };
  }

  #withTexts(conflict) {
    return { ...conflict, texts: Object.fromEntries(endsOf(conflict).map((dot) => [dot, this.#history.find(dot).payload])) };
  }

  /** A file has no nodes to drive. */
  async nodes() {
    return { nodes: [], scenarios: [] };
  }

  async keys() {
    return { keys: [], total: 0 };
  }

  async key(key) {
    throw new Refusal(404, `Log files have no keys: key=${key}; keys belong to messages on Kafka.`);
  }

  async processes() {
    return {
      processes: this.#history.processes.map((process) => {
        const events = this.#history.eventsOf(process);
        const { clock, lamport, counter: last } = events.at(-1);
        const readsNothing = Object.keys(clock).every((known) => known === process || entry(clock, known) === 0);
        return { process, events: events.length, first: events[0].counter, last, clock, lamport, lastAt: null, readsNothing };
      }),
    };
  }

  async anomalies({ limit = 50 } = {}) {
    return { anomalies: this.#anomalies.slice(0, limit), counts: countedBy(this.#anomalies, 'kind') };
  }

  async deadLetters() {
    return { deadLetters: [], counts: {} };
  }

  async summary() {
    const held = this.#events.length;
    const pairs = this.#conflicts.reduce((sum, conflict) => sum + conflict.pairs, 0);
    return {
      scope: 'ALL',
      ready: true,
      lag: 0,
      openTransactions: [],
      sources: [],
      events: { held, seen: held, limit: held },
      conflicts: { held: this.#conflicts.length, seen: this.#conflicts.length, pairs },
      keys: { open: 0 },
      anomalies: countedBy(this.#anomalies, 'kind'),
      deadLetters: {},
      processes: this.#history.processes.length,
    };
  }

  /** Nothing ever happens in a file. */
  follow() {
    return () => {};
  }
}

function asEvent({ process, counter, clock, text, fields, file, line }) {
  return { dot: `${process}:${counter}`, process, counter, clock, key: null, payload: text, fields, file, line };
}

function asConflict({ event, runs, pairs }, seq) {
  return {
    seq,
    id: `all/${event.dot}`,
    scope: 'ALL',
    key: null,
    status: 'CONCURRENT',
    event,
    runs: runs.map(({ process, first, last, length, lastClock }) => ({
      process,
      firstCounter: first,
      lastCounter: last,
      length,
      witness: entry(lastClock, event.process),
    })),
    pairs,
    resolves: [],
    siblings: [],
    complete: true,
    windowBegan: null,
  };
}

function countedBy(records, name) {
  const counts = {};
  records.forEach((record) => (counts[record[name]] = (counts[record[name]] ?? 0) + 1));
  return counts;
}
