// The part of the history that the page holds: some hundred events in a row, whatever the history's length.

/** Events in a row by seq, and how many lie before and after them; some in the middle may be folded away. */
export class EventWindow {
  /** @param {number} capacity the most events that are held */
  constructor(capacity) {
    this.capacity = capacity;
    this.clear();
  }

  clear() {
    this.events = [];
    this.older = 0;
    this.newer = 0;
    this.folded = [];
  }

  get first() {
    return this.events[0];
  }

  get last() {
    return this.events.at(-1);
  }

  /** Whether nothing is known to be newer than what is held. */
  get atNow() {
    return this.newer === 0;
  }

  /** Takes a page of the history in place of what was held. */
  replace({ events, older, newer }) {
    this.events = [...events];
    this.folded = [];
    this.older = older;
    this.newer = newer;
    this.#dropOldest();
  }

  /** Takes two pages of the history in place of what was held, and folds what lies between them. */
  replaceWithBoth(first, second) {
    const last = first.events.at(-1).seq;
    const rest = second.events.filter(({ seq }) => seq > last);
    this.replace({ events: [...first.events, ...rest], older: first.older, newer: second.newer });
    this.folded = [last, rest[0]?.seq ?? last + 1];
  }

  /** How many events are folded between two that are held. */
  get foldedEvents() {
    const [last, next] = this.folded;
    return last >= this.first?.seq && next <= this.last.seq ? next - last - 1 : 0;
  }

  /** Whether the events around a seq are held. */
  holds(seq) {
    const isFolded = this.foldedEvents > 0 && seq > this.folded[0] && seq < this.folded[1];
    return seq >= this.first?.seq && seq <= this.last.seq && !isFolded;
  }

  /** Takes the page before what is held; the newest make room. */
  extendBack({ events, older }) {
    this.events = [...events, ...this.events];
    this.older = older;
    const over = Math.max(0, this.events.length - this.capacity);
    this.events.length -= over;
    this.newer += over;
  }

  /** Takes the page after what is held; the oldest make room. */
  extendForward({ events, newer }) {
    this.events.push(...events);
    this.newer = newer;
    this.#dropOldest();
  }

  /** Takes events as they happen, each once; the oldest make room. */
  append(events) {
    for (const event of events) {
      if (this.last === undefined || event.seq > this.last.seq) {
        this.events.push(event);
      }
    }
    this.#dropOldest();
  }

  /** Counts events that happened while the window stays where it is. */
  pass(count) {
    this.newer += count;
  }

  #dropOldest() {
    const over = Math.max(0, this.events.length - this.capacity);
    this.events.splice(0, over);
    this.older += over;
  }
}
