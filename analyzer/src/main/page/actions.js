// What the user can do, each as a change of the state.

import { endsOf } from './conflict-record.js';
import { byId } from './element.js';
import { parsedDot, runSentence, writtenDot } from './order.js';
import { grouped, printable } from './printable.js';
import { parsedQuery } from './query.js';
import { CAPACITY } from './stage.js';
import { ZOOM } from './state.js';

const APART = 18; // the least width of a column in which dots side by side are still apart
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
    this.#page.stage.diagram.sight.reveal(dot);
    this.#announceAsked();
  }

  /** Says how the diagram is read. */
  async explain() {
    await this.#page.change({ ...NOTHING_ASKED, tab: 'event' });
    byId('panel').focus();
  }

  /** Compares an event with the one that is asked about. */
  async compare(dot) {
    await this.#page.change(this.#page.state.select === null ? { select: dot, tab: 'event' } : { other: dot, tab: 'event' });
    this.#showAnswer();
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

  /** On a narrow screen the answer stands below the diagram: it comes into sight. */
  #showAnswer() {
    if (matchMedia('(max-width: 860px)').matches) {
      document.querySelector('aside').scrollIntoView();
    }
  }

  #announceAsked() {
    this.#showAnswer();
    const { selected } = this.#page.asked;
    if (selected) {
      this.#page.announce(
        `${printable(selected.dot, 60)}: ${grouped(selected.past)} in its past, ${grouped(selected.future)} in its future, ` +
          `${grouped(selected.concurrent)} concurrent with it`,
      );
    }
  }

  /**
   * Lights a conflict in the diagram and brings it into sight; if it was lit, and is not to stay so, no longer.
   *
   * @param {{stay?: boolean, partner?: string}} how the partner is the process whose events are to be seen beside its event
   */
  async light(conflict, { stay = false, partner = null } = {}) {
    if (this.#page.state.conflict === conflict.id && !stay) {
      await this.clear();
      return;
    }
    const dot = writtenDot(conflict.event.process, conflict.event.counter);
    const concerned = new Set([conflict.event, ...conflict.runs].map(({ process }) => process));
    const hide = this.#page.state.hide.filter((process) => !concerned.has(process));
    await this.#page.change({ conflict: conflict.id, select: dot, other: null, at: dot, hide });
    await this.showConflict(partner);
    this.#showAnswer();
    this.#page.announce(this.#page.asked.conflict?.runs.map((run) => runSentence(conflict.event, run)).join(' ') ?? '');
  }

  /**
   * Brings the ends of the conflict that is lit into sight: all of them, or else its event and the nearest that is
   * concurrent with it; by moving, with narrower columns, or with what lies between folded, as far as it takes.
   */
  async showConflict(partner = null) {
    const { asked, stage } = this.#page;
    if (asked.conflict === null) {
      return;
    }
    const [dot, ...others] = endsOf(asked.conflict);
    const seq = asked.seqs.get(dot);
    const distance = (end) => Math.abs((asked.seqs.get(end) ?? -Infinity) - seq);
    const preferred = others.filter((end) => parsedDot(end).process === partner);
    const [nearest] = (preferred.length > 0 ? preferred : others).toSorted((a, b) => distance(a) - distance(b));
    const pair = nearest === undefined ? [dot] : [dot, nearest];
    const seqs = pair.map((end) => asked.seqs.get(end));
    const known = seqs.every((one) => one !== undefined);
    if (known && !pair.every((end) => stage.laidOut.byDot.has(end)) && distance(nearest) < CAPACITY / 2) {
      await this.#page.attempt(() => stage.goTo(Math.round((seqs[0] + seqs[1]) / 2)));
    }
    if (this.#fit([dot, ...others], APART) || this.#fit(pair)) {
      return;
    }
    if (known) {
      await this.#page.attempt(() => stage.goToBoth(seqs));
    }
    if (!this.#fit(pair)) {
      stage.diagram.sight.center([dot]);
    }
  }

  /** Makes columns so narrow that these dots are in sight together; says whether they can be. */
  #fit(dots, least = ZOOM.least) {
    const { stage } = this.#page;
    this.#page.fitted = null;
    stage.paint();
    const width = stage.diagram.sight.widthFor(dots);
    const fits = width !== null && width >= least;
    if (fits) {
      this.#page.fitted = width;
      stage.paint();
      stage.diagram.sight.center(dots);
    }
    return fits;
  }

  /** Lights the conflict that is listed after the one that is lit. */
  async nextConflict() {
    const conflict = this.#page.lists.conflicts.next();
    if (conflict) {
      await this.lightInList(conflict);
    }
  }

  /** Lights a conflict, and shows it in the list. */
  async lightInList(conflict) {
    await this.#page.change({ tab: 'conflicts' });
    await this.light(conflict, { stay: true });
  }

  /** Brings what a link asks about into sight: the conflict that it names, or else its one event or two, unless the newest are followed. */
  async showAsked() {
    const { asked, stage } = this.#page;
    if (asked.conflict !== null) {
      await this.showConflict();
    } else if (asked.selected !== null && !this.#page.following) {
      const { sight } = stage.diagram;
      const [dot, ...other] = [asked.selected, asked.other].filter(Boolean).map((event) => event.dot);
      sight.reveal(dot);
      sight.measure();
      if (other.some((one) => sight.sideOf(one) !== null) && !this.#fit([dot, ...other])) {
        sight.center([dot]);
      }
    }
  }

  /** Goes to an event without asking about it; its process is shown, if it was hidden. */
  async go(dot) {
    const { process } = parsedDot(dot);
    await this.#page.change({ at: dot, hide: this.#page.state.hide.filter((one) => one !== process) });
    this.#page.stage.diagram.sight.center([dot]);
  }

  /** Asks about nothing any more, and follows what happens now. */
  followNow() {
    return this.#page.change({ ...NOTHING_ASKED, at: null });
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
      this.#page.stage.diagram.sight.reveal(end.dot);
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
    const { events } = this.#page.stage.window;
    const dot = (events.find((event) => event.seq >= seq) ?? events.at(-1))?.dot ?? null;
    await this.#page.change({ at: dot });
    this.#page.stage.diagram.sight.center([dot]);
  }

  zoom(factor) {
    const width = Math.round(this.#page.stage.diagram.columnWidth * factor);
    this.#page.fitted = null;
    return this.#page.change({ zoom: Math.min(ZOOM.most, Math.max(ZOOM.least, width)) });
  }

  async search(submit) {
    submit.preventDefault();
    const search = byId('search-text').value;
    const { dot } = parsedQuery(search);
    this.#page.lists.search.forget();
    if (dot === null) {
      await this.#page.change({ search, tab: 'search' });
      await this.#page.lists.search.toFirst();
    } else {
      await this.#page.change({ select: dot, other: null, at: dot, search: '', tab: 'event' });
      this.#page.stage.diagram.sight.reveal(dot);
    }
  }
}
