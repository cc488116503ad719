// One diagram with the part of a history that it shows, and how it moves along that history.

import { Diagram } from './diagram.js';
import { html } from './element.js';
import { layout } from './layout.js';
import { EventWindow } from './window.js';

const CAPACITY = 400;
const PAGE = 200;
const PAUSE_MS = { least: 100, most: 1000 }; // between two drawings: what happens meanwhile is drawn together
const SHARE = 16; // of the time, one part in so many is spent drawing

/** A history in a diagram: a window of it, and the events that arrive while it is looked at. */
export class Stage {
  #pending = [];
  #skipped = 0;
  #moving = null;
  #paintAsked = false;
  #nextPaint = 0;
  #lanes = new Set();

  /** @param {{listener: object, view: Function, changed: Function}} app what to draw, and who to tell of it */
  constructor(source, { listener, view, changed }, prefix) {
    this.source = source;
    this.window = new EventWindow(CAPACITY);
    this.empty = html('p', { class: 'nothing', hidden: true });
    this.element = html('div', { class: 'stage', 'data-name': source.name }, this.empty);
    this.diagram = new Diagram(this.element, { ...listener, edge: (direction) => this.turn(direction) }, prefix);
    this.laidOut = layout([]);
    this.view = view;
    this.changed = changed;
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
    if (!this.laidOut.byDot.has(around)) {
      await this.#load({ limit: CAPACITY, around });
    }
    this.paint();
    const found = this.window.events.find(({ dot, seq }) => dot === around || seq >= Number(around));
    if (found) {
      this.diagram.reveal(found.dot);
    }
  }

  /** Goes to the end of the history that is not the newest: its beginning, as far as it is held. */
  async toOldest() {
    await this.#load({ limit: CAPACITY, around: 0 });
    this.paint();
    this.diagram.toBeginning();
  }

  async #load(parameters) {
    this.#pending = [];
    this.#skipped = 0;
    this.window.replace(await this.source.events(parameters));
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

  #settlePending() {
    if (this.view().following) {
      if (this.#skipped > 0) {
        const older = this.window.older + this.window.events.length + this.#skipped;
        this.window.replace({ events: this.#pending, older, newer: 0 });
      } else {
        this.window.append(this.#pending);
      }
    } else {
      this.window.pass(this.#pending.length + this.#skipped);
    }
    this.#pending = [];
    this.#skipped = 0;
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
    const { hidden, folded, columnWidth, marks, following } = this.view();
    this.window.events.forEach(({ process }) => this.#lanes.add(process));
    this.laidOut = layout(this.window.events, { hidden, folded, lanes: [...this.#lanes] });
    this.diagram.draw(this.laidOut, { columnWidth, marks, following });
    this.empty.hidden = this.laidOut.nodes.length > 0;
    this.empty.textContent = this.#whyEmpty();
    this.changed();
    const ended = performance.now();
    this.#nextPaint = ended + Math.min(PAUSE_MS.most, Math.max(PAUSE_MS.least, SHARE * (ended - began)));
  }

  #whyEmpty() {
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
