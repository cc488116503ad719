// The page: what is shown where, and what happens when the user asks. Read layout.js and order.js first.

import { counterparts } from './comparison.js';
import { ConflictsList, inConflict } from './conflicts-list.js';
import { byId, html } from './element.js';
import { EventDetails } from './event-details.js';
import { HealthList } from './health-list.js';
import { KeysList } from './keys-list.js';
import { falselyOrdered } from './lamport.js';
import { LocalSource } from './local-source.js';
import { causalOrder, writtenDot } from './order.js';
import { shape } from './parts.js';
import { counted, grouped, printable } from './printable.js';
import { asks, matches, parsedQuery } from './query.js';
import { SearchList } from './search-list.js';
import { ServerSource } from './server-source.js';
import { Stage } from './stage.js';
import { INITIAL, TABS, ZOOM, parsed, written } from './state.js';
import { Toolbar } from './toolbar.js';

const TITLES = { conflicts: 'Conflicts', event: 'Event', search: 'Search', keys: 'Keys', health: 'Health' };
const PART_OF = { AFTER: 'past', BEFORE: 'future', CONCURRENT: 'concurrent' };
const REFRESH_MS = 5000;
const MOST_TAKEN = 100; // conflicts between two summaries

class Page {
  selected = null;
  other = null;
  relation = null;
  refusal = null;
  summary = null;
  #conflict = null;
  #freshConflicts = [];
  #rate = { since: performance.now(), events: 0, shown: 0 };
  #shownTab = null;
  #stopFollowing = () => {};

  constructor(executions) {
    this.executions = executions;
    this.state = parsed(location.hash);
  }

  /** Shows what the address says, and follows what happens. */
  async start() {
    this.#takeSource();
    byId('skip').addEventListener('click', () => this.stage.diagram.board.focus());
    byId('search').addEventListener('submit', (submit) => this.#search(submit));
    window.addEventListener('hashchange', () => this.#apply(parsed(location.hash), this.state));
    document.addEventListener('keydown', (press) => this.#press(press));
    window.addEventListener('resize', () => this.stage.askForPaint());
    this.#showTabs();
    await this.#apply(this.state, INITIAL, true);
    byId('stages').removeAttribute('aria-busy');
    setInterval(() => this.#refresh(), REFRESH_MS);
  }

  #takeSource() {
    this.source = this.#sourceOf(this.state.execution) ?? new ServerSource();
    byId('subject').textContent = this.source.name === null ? '' : printable(this.source.name, 80);
    document.title = this.source.name === null ? 'Antichain' : `${printable(this.source.name, 60)} – Antichain`;
    this.lists = {
      conflicts: new ConflictsList(this),
      event: new EventDetails(this),
      search: new SearchList(this),
      keys: new KeysList(this),
      health: new HealthList(this),
    };
    this.stage = new Stage(
      this.source,
      { listener: this.#listener((dot, second) => this.#chose(dot, second)), view: () => this.#view(), changed: () => this.#showFigures() },
      'event',
    );
    this.beside = null;
    this.pairing = null;
    byId('stages').replaceChildren(this.stage.element);
    byId('tools').replaceChildren();
    this.toolbar = new Toolbar(this, byId('tools'));
  }

  #sourceOf(name) {
    const execution = this.executions.find((one) => one.name === name) ?? this.executions[0];
    return execution && new LocalSource(execution);
  }

  #listener(choose) {
    return {
      choose,
      hover: (event) => this.announce(`${printable(event.dot, 60)}: ${printable(event.payload ?? '', 120)}`),
      zoom: (factor) => this.zoom(factor),
      away: () => this.toggleFollowing(),
      scrolled: (diagram) => [this.stage, this.beside].filter(Boolean).forEach((stage) => stage.diagram.scrollLike(diagram)),
    };
  }

  get following() {
    return this.source.live && this.state.at === null;
  }

  #view() {
    const { state, selected } = this;
    const query = parsedQuery(state.search);
    const searching = asks(query);
    const order = (event) => (selected?.clock && event.clock && event.dot !== selected.dot ? causalOrder(selected, event) : null);
    return {
      hidden: new Set(state.hide),
      folded: state.fold,
      columnWidth: state.zoom,
      following: this.following,
      marks: {
        selected: selected?.dot ?? null,
        other: state.other,
        part: (event) => PART_OF[order(event)] ?? null,
        lit: (event) => this.#conflict !== null && inConflict(this.#conflict, event),
        found: (event) => searching && matches(query, event),
        doubtful: (event) => state.lamport && order(event) === 'CONCURRENT' && falselyOrdered(selected, event),
        single: (event) => this.pairing !== null && !this.pairing.there.has(event.dot),
        lamport: state.lamport,
      },
    };
  }

  /** Changes the state, its address, and what is shown. */
  async change(patch) {
    const before = this.state;
    const next = { ...before, ...patch };
    const address = written(next);
    const steps = ['select', 'other', 'conflict', 'key', 'tab', 'search'].some((name) => before[name] !== next[name]);
    history[steps ? 'pushState' : 'replaceState'](null, '', address === '' ? location.pathname + location.search : `#${address}`);
    await this.#apply(next, before);
  }

  async #apply(next, before, first = false) {
    this.state = next;
    if (!first && next.execution !== before.execution) {
      this.#takeSource();
    }
    const fresh = first || next.execution !== before.execution;
    try {
      await this.#loadAsked(next);
      await this.#move(next, before, fresh);
      this.refusal = null;
    } catch (refusal) {
      this.refusal = refusal.message;
    }
    await this.#showBeside();
    this.#showLegend();
    this.stage.paint();
    this.beside?.paint();
    await this.#showList(fresh || next.tab !== before.tab);
    byId('search-text').value = next.search;
  }

  async #loadAsked({ select, other, conflict }) {
    if (select !== (this.selected?.dot ?? null)) {
      this.selected = select === null ? null : await this.source.event(select);
    }
    this.other = other === null ? null : await this.source.event(other);
    this.relation = select && other ? await this.source.relation(select, other) : null;
    if (conflict === null) {
      this.#conflict = null;
    } else if (conflict !== this.#conflict?.id) {
      this.#conflict = this.lists.conflicts.find(conflict) ?? (await this.#foundConflict(conflict));
    }
  }

  /** The conflict with this id, by the process and dot that stand in it. */
  async #foundConflict(id) {
    const text = id.slice(id.indexOf('/') + 1);
    const { conflicts } = await this.source.conflicts({ limit: 50, text });
    return conflicts.find((conflict) => conflict.id === id) ?? null;
  }

  async #move(next, before, fresh) {
    const at = next.at ?? (fresh && !this.source.live ? next.select : null);
    if (fresh || next.at !== before.at) {
      await (at === null ? this.stage.toNow() : this.stage.goTo(at));
    }
    if (fresh) {
      this.summary = await this.source.summary();
      this.stage.knowProcesses((await this.source.processes()).processes.map(({ process }) => process));
      this.#follow();
    }
  }

  #follow() {
    this.#stopFollowing();
    this.#stopFollowing = this.source.follow(
      {
        event: (event) => {
          this.#rate.events++;
          this.stage.take(event);
        },
        conflict: (conflict) => this.#freshConflicts.length <= MOST_TAKEN && this.#freshConflicts.push(conflict),
        summary: (summary) => {
          const restarted = this.summary && summary.since !== this.summary.since;
          this.summary = summary;
          if (restarted) {
            this.#startOver();
          }
          this.#showFigures();
          this.#takeConflicts();
        },
        lost: () => this.following && this.stage.toNow(),
        connected: (connected) => this.#showConnection(connected),
      },
      this.stage.window.last?.seq,
    );
    this.#showConnection(true);
  }

  /** After the analyzer has started again: it counts from 0. */
  async #startOver() {
    await this.lists.conflicts.reload();
    await this.#apply(this.state, INITIAL, true);
  }

  /** Puts new conflicts into the list: those that were told, or the newest again where they were too many to be told. */
  async #takeConflicts() {
    const fresh = this.#freshConflicts;
    this.#freshConflicts = [];
    const { element } = this.lists.conflicts;
    if (fresh.length > MOST_TAKEN) {
      await this.lists.conflicts.reload();
    } else {
      this.lists.conflicts.take(fresh);
    }
    if (fresh.length > 0 && this.state.tab === 'conflicts' && !element.matches(':hover, :focus-within')) {
      this.lists.conflicts.render();
    }
  }

  #refresh() {
    const { events, since } = this.#rate;
    this.#rate = { since: performance.now(), events: 0, shown: (events * 1000) / (performance.now() - since) };
    if (this.source.live && ['health', 'keys'].includes(this.state.tab) && !byId('panel').matches(':hover, :focus-within')) {
      this.lists[this.state.tab].show(this.state);
    }
  }

  /** Asks about an event, wherever it is in the history. */
  async ask(dot) {
    await this.change({ select: dot, other: null, at: dot, tab: this.state.tab === 'conflicts' ? 'conflicts' : 'event' });
    this.stage.diagram.reveal(dot);
    this.#announceSelected();
  }

  /** Compares an event with the one that is asked about. */
  async compare(dot) {
    await this.change(this.state.select === null ? { select: dot, tab: 'event' } : { other: dot, tab: 'event' });
    this.announce(this.relation?.sentence ?? '');
  }

  async #chose(dot, second) {
    const { select, other } = this.state;
    const at = this.state.at ?? (this.source.live ? (this.stage.diagram.middle()?.dot ?? null) : null);
    if (dot === null) {
      await this.change({ select: null, other: null, conflict: null });
    } else if (dot === select) {
      await this.change(other === null ? { select: null } : { other: null });
    } else if (select === null) {
      await this.change({ select: dot, other: null, tab: 'event', at });
      this.#announceSelected();
    } else if (second || other === null || dot !== other) {
      await this.compare(dot);
    } else {
      await this.change({ other: null });
    }
  }

  #announceSelected() {
    const { selected } = this;
    if (selected) {
      this.announce(
        `${printable(selected.dot, 60)}: ${grouped(selected.past)} in its past, ${grouped(selected.future)} in its future, ` +
          `${grouped(selected.concurrent)} concurrent with it`,
      );
    }
  }

  /** Lights a conflict in the diagram, or no longer. */
  async light(conflict) {
    const again = this.state.conflict === conflict.id;
    const dot = writtenDot(conflict.event.process, conflict.event.counter);
    await this.change(again ? { conflict: null, select: null, other: null } : { conflict: conflict.id, select: dot, other: null, at: dot });
    if (!again) {
      this.stage.diagram.reveal(dot);
    }
  }

  /** How many events in view are concurrent with the one asked about, and how many of them timestamps order. */
  doubtsInView() {
    const { part, doubtful } = this.#view().marks;
    const concurrent = this.stage.window.events.filter((event) => part(event) === 'concurrent');
    return { concurrent: concurrent.length, doubtful: concurrent.filter(doubtful).length };
  }

  toggleFollowing() {
    if (!this.source.live) {
      return;
    }
    this.change({ at: this.following ? (this.stage.window.last?.dot ?? null) : null });
  }

  async page(direction) {
    await this.stage.turn(direction);
    const { first, last } = this.stage.window;
    const end = direction === 'back' ? first : last;
    if (end) {
      await this.change({ at: end.dot });
      this.stage.diagram.reveal(end.dot);
    }
  }

  async toOldest() {
    await this.stage.toOldest();
    await this.change({ at: this.stage.window.first?.dot ?? null });
  }

  async toNewest() {
    if (this.source.live) {
      await this.change({ at: null });
    } else {
      const { events } = await this.source.events({ limit: 1 });
      await this.change({ at: events.at(-1)?.dot ?? null });
    }
  }

  async goToSeq(seq) {
    await this.stage.goTo(seq);
    await this.change({ at: this.stage.window.events.find((event) => event.seq >= seq)?.dot ?? null });
  }

  zoom(factor) {
    const { columnWidth } = this.stage.diagram;
    return this.change({ zoom: Math.round(Math.min(ZOOM.most, Math.max(ZOOM.least, columnWidth * factor))) });
  }

  /** Tells a screen reader. */
  announce(text) {
    byId('announcement').textContent = printable(text, 400);
  }

  async #search(submit) {
    submit.preventDefault();
    const search = byId('search-text').value;
    const { dot } = parsedQuery(search);
    this.lists.search.forget();
    if (dot === null) {
      await this.change({ search, tab: 'search' });
    } else {
      await this.change({ select: dot, other: null, at: dot, search: '', tab: 'event' });
      this.stage.diagram.reveal(dot);
    }
  }

  #press(press) {
    if (press.key === 'Escape') {
      this.change({ select: null, other: null, conflict: null });
      return;
    }
    if (press.target.closest('input, select, textarea') || press.altKey || press.ctrlKey || press.metaKey) {
      return;
    }
    const actions = {
      p: () => this.toggleFollowing(),
      '+': () => this.zoom(1.4),
      '=': () => this.zoom(1.4),
      '-': () => this.zoom(1 / 1.4),
      c: () => this.#nextConflict(),
      '/': () => byId('search-text').focus(),
      PageUp: () => this.page('back'),
      PageDown: () => this.page('forward'),
      Home: () => this.toOldest(),
      End: () => this.toNewest(),
    };
    const action = actions[press.key];
    const scrolls = press.key.length > 1 && press.target.closest('#panel');
    if (action && !scrolls) {
      press.preventDefault();
      action();
    }
  }

  async #nextConflict() {
    const conflict = this.lists.conflicts.after(this.state.conflict);
    if (conflict) {
      await this.change({ tab: 'conflicts' });
      await this.light(conflict);
    }
  }

  /** Puts the other execution below this one, where the state names one, and finds out what both have in common. */
  async #showBeside() {
    const { beside } = this.state;
    if ((this.beside?.source.name ?? null) === beside) {
      return;
    }
    this.beside?.element.remove();
    this.beside = null;
    this.pairing = null;
    const execution = this.executions.find(({ name }) => name === beside);
    if (!execution) {
      return;
    }
    const source = new LocalSource(execution);
    const all = async (one) => (await one.events({ limit: Infinity })).events;
    this.pairing = counterparts(await all(this.source), await all(source));
    const ask = (dot) => (dot === null ? this.#chose(null) : this.#askCounterpart(dot));
    this.beside = new Stage(source, { listener: this.#listener(ask), view: () => this.#viewBeside(), changed: () => {} }, 'beside');
    const processes = (await source.processes()).processes.map(({ process }) => process);
    this.stage.knowProcesses(processes);
    this.beside.knowProcesses([...processes, ...this.stage.processes]);
    byId('stages').append(this.beside.element);
    await this.beside.toNow();
  }

  #viewBeside() {
    const view = this.#view();
    const counterpart = this.pairing.there.get(this.state.select) ?? null;
    const none = () => false;
    const single = (event) => !this.pairing.back.has(event.dot);
    return {
      ...view,
      marks: { ...view.marks, selected: counterpart, other: null, part: () => null, lit: none, doubtful: none, single },
    };
  }

  #askCounterpart(dot) {
    const counterpart = this.pairing.back.get(dot);
    if (counterpart === undefined) {
      this.announce(`${dot} has no counterpart in ${this.source.name}`);
      return undefined;
    }
    return this.ask(counterpart);
  }

  #showTabs() {
    const tabs = byId('tabs');
    tabs.replaceChildren(
      ...TABS.map((tab) =>
        html('button', { type: 'button', role: 'tab', id: `tab-${tab}`, 'aria-controls': 'panel', onclick: () => this.change({ tab }) }, TITLES[tab]),
      ),
    );
    tabs.addEventListener('keydown', (press) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[press.key];
      if (step) {
        const tab = TABS.at((TABS.indexOf(this.state.tab) + step) % TABS.length);
        this.change({ tab });
        byId(`tab-${tab}`).focus();
        press.stopPropagation();
      }
    });
  }

  async #showList(moved) {
    const { tab } = this.state;
    for (const one of TABS) {
      const button = byId(`tab-${one}`);
      button.setAttribute('aria-selected', one === tab);
      button.tabIndex = one === tab ? 0 : -1;
    }
    const { element } = this.lists[tab];
    const panel = byId('panel');
    if (moved || panel.firstElementChild !== element) {
      panel.replaceChildren(element);
      panel.setAttribute('aria-labelledby', `tab-${tab}`);
      panel.scrollTop = 0;
    }
    await this.lists[tab].show(this.state);
  }

  /** How to read what is drawn: the lines and dots at first, then the shapes. */
  #showLegend() {
    const entry = (part, text) => html('li', {}, shape(part), html('span', {}, text));
    const { selected } = this;
    byId('legend').replaceChildren(
      this.pairing !== null && selected === null
        ? html('ul', {}, entry('event', 'event of both executions'), entry('single', 'of this one alone: same process and text are missing in the other'))
        : selected === null
        ? html(
            'p',
            {},
            'Each row is a process, each dot a message; a line between dots: the right one knew of the left. ',
            html('strong', {}, 'Click a dot'),
            ' to ask about it.',
          )
        : html(
            'ul',
            {},
            entry('selected', 'asked about'),
            entry('past', 'its past: it knew these'),
            entry('concurrent', 'concurrent: neither knew'),
            entry('future', 'its future: these knew it'),
            this.#conflict !== null && html('li', {}, shape('lit'), html('span', {}, 'in the conflict')),
            this.state.lamport && html('li', {}, html('span', {}, 'dashed: ordered by timestamps alone')),
          ),
    );
  }

  #showConnection(connected) {
    const element = byId('connection');
    if (!this.source.live) {
      element.textContent = '';
      return;
    }
    element.className = connected ? (this.following ? 'on' : 'held') : 'off';
    const rate = this.#rate.shown >= 1 ? `, ${counted(Math.round(this.#rate.shown), 'event')} a second` : '';
    element.textContent = connected ? (this.following ? `Live${rate}` : `Paused${rate}`) : 'Connection lost, trying again …';
    this.connected = connected;
  }

  #showFigures() {
    this.toolbar.show(this.state, { window: this.stage.window, processes: this.stage.processes, following: this.following });
    if (this.connected !== undefined) {
      this.#showConnection(this.connected);
    }
    if (!this.summary) {
      return;
    }
    const { events, conflicts, processes, anomalies } = this.summary;
    const doubts = Object.values(anomalies).reduce((sum, count) => sum + count, 0);
    const figures = [
      ['events', events.held],
      ['processes', processes],
      ['concurrent pairs', conflicts.pairs],
      ['conflicts', conflicts.held],
      ...(doubts > 0 ? [['anomalies', doubts]] : []),
    ];
    byId('figures').replaceChildren(
      ...figures.map(([name, count]) => html('div', {}, html('dt', {}, name), html('dd', { 'data-figure': name }, grouped(count)))),
    );
  }
}

const embedded = byId('executions');
new Page(embedded ? JSON.parse(embedded.textContent).executions : []).start();
