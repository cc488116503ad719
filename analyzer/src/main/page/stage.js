// One diagram with the part of a history that it shows, and how it moves along that history.

import { inConflict, inRun, membersOf } from './conflict-record.js';
import { Diagram } from './diagram.js';
import { EdgeMarkers } from './edge-markers.js';
import { html } from './element.js';
import { layout } from './layout.js';
import { outside } from './outside.js';
import { counted, grouped } from './printable.js';
import { EventWindow } from './window.js';

export const CAPACITY = 400; // events in the window
const PAGE = 200;
const BESIDE = 30; // events around each of two that are far apart
const PAUSE_MS = { least: 100, most: 1000 }; // between two drawings: what happens meanwhile is drawn together
const SHARE = 16; // of the time, one part in so many is spent drawing

/** A history in a diagram: a window of it, and the events that arrive while it is looked at. */
export class Stage {
  #pending = [];
  #skipped = 0;
  #conflicts = [];
  #loaded = false;
  #moving = null;
  #paintAsked = false;
  #nextPaint = 0;
  #lanes = new Set();
  #markers;
  #arrived = 0; // while the diagram stood still

  /** @param {{listener: object, view: Function, changed: Function, moved: Function}} app what to draw, and who to tell of it */
  constructor(source, { listener, view, changed, moved }, prefix) {
    this.source = source;
    this.window = new EventWindow(CAPACITY);
    this.empty = html('p', { class: 'nothing' }, 'Loading the events …');
    this.pill = html('button', { type: 'button', class: 'pill', hidden: true, onclick: listener.away });
    this.element = html('div', { class: 'stage', 'data-name': source.name }, this.empty);
    this.diagram = new Diagram(this.element, { ...listener, edge: (direction) => this.turn(direction), moved: () => this.#moved() }, prefix);
    this.#markers = new EdgeMarkers(listener.go);
    this.note = html('p', { class: 'note', role: 'status' });
    this.element.append(this.#markers.element, this.note, this.pill);
    this.laidOut = layout([]);
    this.view = view;
    this.changed = changed;
    this.moved = moved;
  }

  /** Goes to the newest events; in a file, which has no now, to its first. */
  async toNow() {
    await this.#load(this.source.live ? { limit: CAPACITY } : { limit: CAPACITY, around: 0 });
    this.paint();
    if (!this.source.live) {
      this.diagram.toBeginning();
    }
  }

  /** Goes to a dot or seq. */
  async goTo(around) {
    if (!this.laidOut.byDot.has(around) && !this.window.holds(around)) {
      await this.#load({ limit: CAPACITY, around });
    }
    this.paint();
    const found = this.window.events.find(({ dot, seq }) => dot === around || seq >= Number(around));
    if (found) {
      this.diagram.sight.reveal(found.dot);
    }
  }

  /** Goes to two seqs that are too far apart for one window, and folds what lies between. */
  async goToBoth(seqs) {
    this.#forgetPending();
    const pages = await Promise.all(seqs.toSorted((a, b) => a - b).map((around) => this.source.events({ limit: BESIDE, around })));
    this.window.replaceWithBoth(...pages);
    this.paint();
  }

  /** Goes to the end of the history that is not the newest: its beginning, as far as it is held. */
  async toOldest() {
    await this.#load({ limit: CAPACITY, around: 0 });
    this.paint();
    this.diagram.toBeginning();
  }

  #forgetPending() {
    this.#pending = [];
    this.#skipped = 0;
  }

  async #load(parameters) {
    this.#forgetPending();
    this.window.replace(await this.source.events(parameters));
    this.#loaded = true;
  }

  /** Asks for what is in the window again: something about it was missed. */
  async reload() {
    const { first, last } = this.window;
    if (first) {
      await this.#load({ limit: CAPACITY, around: Math.round((first.seq + last.seq) / 2) });
      this.paint();
    }
  }

  /** Fetches the page before or after what is held; at most one at a time. */
  async turn(direction) {
    const { first, last, older, newer } = this.window;
    if (this.#moving || !first || (direction === 'back' ? older : newer) === 0) {
      return;
    }
    this.#moving = direction;
    try {
      if (direction === 'back') {
        this.window.extendBack(await this.source.events({ limit: PAGE, before: first.seq }));
      } else {
        this.window.extendForward(await this.source.events({ limit: PAGE, after: last.seq }));
      }
      this.paint();
    } finally {
      this.#moving = null;
    }
  }

  /** Takes an event that happened just now. */
  take(event) {
    this.#pending.push(event);
    if (this.#pending.length > CAPACITY) {
      this.#pending.splice(0, CAPACITY / 2);
      this.#skipped += CAPACITY / 2;
    }
    this.askForPaint();
  }

  /** Takes a conflict record that was committed just now. */
  mark(conflict) {
    this.#conflicts.push(conflict);
    this.askForPaint();
  }

  #settleConflicts() {
    const conflicts = this.#conflicts.filter(({ runs }) => runs.length > 0);
    this.#conflicts = [];
    const own = new Map();
    this.window.events.forEach((event) => own.get(event.process)?.push(event) ?? own.set(event.process, [event]));
    for (const run of conflicts.flatMap(membersOf)) {
      own.get(run.process)?.forEach((event) => (event.conflicting ||= inRun(run, event.counter)));
    }
  }

  #settlePending() {
    if (this.view().following) {
      this.#arrived = 0;
      if (this.#skipped > 0) {
        const older = this.window.older + this.window.events.length + this.#skipped;
        this.window.replace({ events: this.#pending, older, newer: 0 });
      } else {
        this.window.append(this.#pending);
      }
    } else {
      this.#arrived += this.#pending.length + this.#skipped;
      this.window.pass(this.#pending.length + this.#skipped);
    }
    this.#forgetPending();
  }

  /** Draws soon, together with whatever else happens until then. */
  askForPaint() {
    if (this.#paintAsked) {
      return;
    }
    this.#paintAsked = true;
    const wait = Math.max(0, this.#nextPaint - performance.now());
    setTimeout(
      () =>
        requestAnimationFrame(() => {
          this.#paintAsked = false;
          this.paint();
        }),
      wait,
    );
  }

  /** Draws now. */
  paint() {
    const began = performance.now();
    this.#settlePending();
    this.#settleConflicts();
    const { hidden, folded, columnWidth, marks, following } = this.view();
    this.window.events.forEach(({ process }) => this.#lanes.add(process));
    this.laidOut = layout(this.window.events, { hidden, folded, lanes: [...this.#lanes] });
    this.diagram.draw(this.laidOut, { columnWidth, marks, following });
    this.empty.hidden = this.laidOut.nodes.length > 0;
    this.empty.textContent = this.#whyEmpty();
    const fresh = Math.min(this.#arrived, this.window.newer);
    this.pill.hidden = fresh === 0;
    this.pill.textContent = `${grouped(fresh)} new, follow`;
    this.changed();
    this.#moved();
    const ended = performance.now();
    this.#nextPaint = ended + Math.min(PAUSE_MS.most, Math.max(PAUSE_MS.least, SHARE * (ended - began)));
  }

  /** Says what of the conflict lies outside of what is in sight, and who else wants to know that it is another part. */
  #moved() {
    const { conflict, seqs, hidden } = this.view();
    const { sight } = this.diagram;
    const found = conflict
      ? outside(conflict, seqs, this.window.events, (dot) => sight.sideOf(dot), (process) => sight.rowSide(process))
      : [];
    this.#tellFolded(conflict, found.reduce((sum, { count }) => sum + count, 0));
    this.#markers.draw(found.filter(({ process }) => !hidden.has(process)), sight.rows);
    this.moved();
  }

  /** Says how many events are folded between those that are held, and how many of them are in the conflict. */
  #tellFolded(conflict, outsideOfSight) {
    const { foldedEvents, events } = this.window;
    const { sight } = this.diagram;
    const seen = ({ dot, process }) => sight.sideOf(dot) === null && sight.rowSide(process) === null;
    const lit = conflict ? events.filter((event) => inConflict(conflict, event) && seen(event)).length : 0;
    const among = conflict ? 1 + conflict.pairs - lit - outsideOfSight : 0;
    const said = `${counted(foldedEvents, 'event')} between are folded${among > 0 ? `, ${grouped(among)} of them in the conflict` : ''}`;
    this.note.textContent = foldedEvents > 0 ? said : '';
  }

  /** The events in sight, from one edge to the other. */
  get inSight() {
    return this.window.events.filter(({ dot }) => this.laidOut.byDot.has(dot) && this.diagram.sight.sideOf(dot) === null);
  }

  /** How many events of the history lie before and after those in sight. */
  get outOfSight() {
    const { events, older, newer } = this.window;
    const on = (side) => events.filter(({ dot }) => this.diagram.sight.sideOf(dot) === side).length;
    return { older: older + on('left'), newer: newer + on('right') };
  }

  /** The least and the greatest seq of what is in sight; null where nothing is. */
  get seqsInSight() {
    const seqs = this.inSight.map(({ seq }) => seq);
    return seqs.length > 0 ? [Math.min(...seqs), Math.max(...seqs)] : null;
  }

  #whyEmpty() {
    if (!this.#loaded) {
      return 'Loading the events …';
    }
    const { unready } = this.view();
    if (this.window.events.length === 0 && unready) {
      return unready;
    }
    if (this.window.events.length > 0) {
      return 'All processes with events here are hidden. Show them again with Processes.';
    }
    return this.source.live ? 'Nothing has been published yet. What is, appears here by itself.' : 'The file holds no event.';
  }

  /** Gives processes lanes although none of their events is in the window. */
  knowProcesses(processes) {
    processes.forEach((process) => this.#lanes.add(process));
  }

  get processes() {
    return [...this.#lanes];
  }
}
