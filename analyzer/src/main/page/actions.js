// What the user can do, each as a change of the state.

import { byId } from './element.js';
import { writtenDot } from './order.js';
import { grouped, printable } from './printable.js';
import { parsedQuery } from './query.js';
import { ZOOM } from './state.js';

const NOTHING_ASKED = { select: null, other: null, conflict: null };

/** The actions of the page. */
export class Actions {
  #page;

  constructor(page) {
    this.#page = page;
  }

  /** Asks about an event, wherever it is in the history. */
  async ask(dot) {
    const tab = this.#page.state.tab === 'conflicts' ? 'conflicts' : 'event';
    await this.#page.change({ ...NOTHING_ASKED, conflict: this.#page.state.conflict, select: dot, at: dot, tab });
    this.#page.stage.diagram.reveal(dot);
    this.#announceAsked();
  }

  /** Compares an event with the one that is asked about. */
  async compare(dot) {
    await this.#page.change(this.#page.state.select === null ? { select: dot, tab: 'event' } : { other: dot, tab: 'event' });
    this.#page.announce(this.#page.asked.relation?.sentence ?? '');
  }

  /** Asks about nothing any more. */
  clear() {
    return this.#page.change(NOTHING_ASKED);
  }

  async choose(dot, second) {
    const { select, other } = this.#page.state;
    if (dot === null) {
      await this.clear();
    } else if (dot === select) {
      await this.#page.change(other === null ? { select: null } : { other: null });
    } else if (select === null) {
      const at = this.#page.state.at ?? (this.#page.source.live ? this.#page.stage.diagram.middle().dot : null);
      await this.#page.change({ select: dot, other: null, tab: 'event', at });
      this.#announceAsked();
    } else if (second || dot !== other) {
      await this.compare(dot);
    } else {
      await this.#page.change({ other: null });
    }
  }

  #announceAsked() {
    const { selected } = this.#page.asked;
    if (selected) {
      this.#page.announce(
        `${printable(selected.dot, 60)}: ${grouped(selected.past)} in its past, ${grouped(selected.future)} in its future, ` +
          `${grouped(selected.concurrent)} concurrent with it`,
      );
    }
  }

  /** Lights a conflict in the diagram, or no longer. */
  async light(conflict) {
    if (this.#page.state.conflict === conflict.id) {
      await this.clear();
      return;
    }
    const dot = writtenDot(conflict.event.process, conflict.event.counter);
    await this.#page.change({ conflict: conflict.id, select: dot, other: null, at: dot });
    this.#page.stage.diagram.reveal(dot);
  }

  /** Lights the conflict that is listed after the one that is lit. */
  async nextConflict() {
    const conflict = this.#page.lists.conflicts.after(this.#page.state.conflict);
    if (conflict) {
      await this.#page.change({ tab: 'conflicts' });
      await this.light(conflict);
    }
  }

  toggleFollowing() {
    return this.#page.source.live && this.#page.change({ at: this.#page.following ? (this.#page.stage.window.last?.dot ?? null) : null });
  }

  async page(direction) {
    await this.#page.attempt(() => this.#page.stage.turn(direction));
    const { first, last } = this.#page.stage.window;
    const end = direction === 'back' ? first : last;
    if (end) {
      await this.#page.change({ at: end.dot });
      this.#page.stage.diagram.reveal(end.dot);
    }
  }

  async toOldest() {
    await this.#page.attempt(() => this.#page.stage.toOldest());
    await this.#page.change({ at: this.#page.stage.window.first?.dot ?? null });
  }

  async toNewest() {
    const at = this.#page.source.live ? null : ((await this.#page.source.events({ limit: 1 })).events[0]?.dot ?? null);
    await this.#page.change({ at });
  }

  async goToSeq(seq) {
    await this.#page.attempt(() => this.#page.stage.goTo(seq));
    await this.#page.change({ at: this.#page.stage.window.events.find((event) => event.seq >= seq)?.dot ?? null });
  }

  zoom(factor) {
    const width = Math.round(this.#page.stage.diagram.columnWidth * factor);
    return this.#page.change({ zoom: Math.min(ZOOM.most, Math.max(ZOOM.least, width)) });
  }

  async search(submit) {
    submit.preventDefault();
    const search = byId('search-text').value;
    const { dot } = parsedQuery(search);
    this.#page.lists.search.forget();
    if (dot === null) {
      await this.#page.change({ search, tab: 'search' });
    } else {
      await this.#page.change({ select: dot, other: null, at: dot, search: '', tab: 'event' });
      this.#page.stage.diagram.reveal(dot);
    }
  }
}
