// The page: what is shown where, and what happens when the user asks. Read state.js, order.js and layout.js first.

import { Actions } from './actions.js';
import { Asked } from './asked.js';
import { Beside } from './beside.js';
import { ConflictsList } from './conflicts-list.js';
import { byId } from './element.js';
import { EventDetails } from './event-details.js';
import { HealthList } from './health-list.js';
import { KeysList } from './keys-list.js';
import { legend, legendKey } from './legend.js';
import { Live } from './live.js';
import { LocalSource, Refusal } from './local-source.js';
import { printable } from './printable.js';
import { SearchList } from './search-list.js';
import { ServerSource } from './server-source.js';
import { listenToKeys } from './shortcuts.js';
import { Stage } from './stage.js';
import { INITIAL, parsed, written } from './state.js';
import { Strip } from './strip.js';
import { Tabs } from './tabs.js';
import { Toolbar } from './toolbar.js';
import { TopLine } from './topline.js';
import { Tour } from './tour.js';
import { TryList } from './try-list.js';

const REFRESH_MS = 5000;
const RETRY_MS = 3000;
const STEPS = ['select', 'other', 'conflict', 'key', 'tab', 'search']; // what one goes back over

class Page {
  actions = new Actions(this);
  tour = new Tour(this);
  asked = Asked.NOTHING;
  beside = null;
  /** The width of a column in which the conflict that is lit is in sight; null: as the state has it. */
  fitted = null;
  live = new Live(this);
  #legend = null;

  /** @param {object[]} executions that the page carries; none where a server answers */
  constructor(executions) {
    this.executions = executions;
    this.state = parsed(location.hash);
  }

  /** Shows what the address says, and follows what happens. */
  async start() {
    this.#takeSource();
    this.tabs = new Tabs(this);
    listenToKeys(this.actions);
    byId('skip').addEventListener('click', () => this.stage.diagram.board.focus());
    byId('search').addEventListener('submit', (submit) => this.actions.search(submit));
    window.addEventListener('hashchange', () => this.#applyAddress());
    window.addEventListener('resize', () => this.#stages.forEach((stage) => stage.askForPaint()));
    await this.again();
    await this.actions.showAsked();
    await this.attempt(() => this.tabs.offerNodes());
    byId('stages').removeAttribute('aria-busy');
    setInterval(() => this.#refresh(), REFRESH_MS);
  }

  #takeSource() {
    const execution = this.executions.find(({ name }) => name === this.state.execution) ?? this.executions[0];
    this.source = execution ? new LocalSource(execution) : new ServerSource();
    this.asked = Asked.NOTHING;
    this.beside = null;
    this.fitted = null;
    this.lists = {
      conflicts: new ConflictsList(this),
      event: new EventDetails(this),
      search: new SearchList(this),
      keys: new KeysList(this),
      health: new HealthList(this),
      try: new TryList(this),
    };
    this.stage = new Stage(
      this.source,
      { listener: this.#listener, view: () => this.#view(), changed: () => this.#showPlace(), moved: () => this.#showSight() },
      'event',
    );
    byId('stages').replaceChildren(this.stage.element);
    byId('tools').replaceChildren();
    this.toolbar = new Toolbar(this, byId('tools'));
    this.strip = new Strip(this);
    this.topLine = new TopLine(this);
  }

  get #listener() {
    return {
      choose: (dot, second) => this.actions.choose(dot, second),
      hover: (event) => this.announce(`${printable(event.dot, 60)}: ${printable(event.payload ?? '', 120)}`),
      zoom: (factor) => this.actions.zoom(factor),
      away: () => this.actions.toggleFollowing(),
      go: (dot) => this.actions.go(dot),
      scrolled: (diagram) => this.#stages.forEach((stage) => stage.diagram.scrollLike(diagram)),
    };
  }

  get #stages() {
    return this.beside === null ? [this.stage] : [this.stage, this.beside.stage];
  }

  /** Whether the newest events are shown as they come. */
  get following() {
    return this.source.live && this.state.at === null;
  }

  #view() {
    const { state, beside, asked } = this;
    return {
      hidden: new Set(state.hide),
      folded: state.fold,
      columnWidth: this.fitted ?? state.zoom,
      following: this.following,
      unready: this.summary?.unreadyBecause ?? null,
      conflict: state.conflict === null ? null : asked.conflict,
      seqs: asked.seqs,
      marks: asked.marks(state, (event) => beside !== null && beside.lacks(event)),
    };
  }

  /** Shows which part of the history is in sight. */
  #showSight() {
    this.strip?.showWindow();
    this.toolbar?.showSight(this.stage.outOfSight);
  }

  #showPlace() {
    this.toolbar.show(this.state, { processes: this.stage.processes, following: this.following });
    this.topLine.show();
    this.#showLegend();
  }

  #showLegend() {
    const key = legendKey(this);
    if (this.#legend !== key) {
      this.#legend = key;
      byId('legend').replaceChildren(legend(this, key));
    }
  }

  /** Changes the state, its address, and what is shown. */
  async change(patch) {
    const before = this.state;
    const next = { ...before, ...patch };
    const address = written(next);
    const step = STEPS.some((name) => before[name] !== next[name]);
    history[step ? 'pushState' : 'replaceState'](null, '', address === '' ? location.pathname : `#${address}`);
    await this.#apply(next, before);
  }

  async #applyAddress() {
    const { conflict, select, other } = this.state;
    await this.#apply(parsed(location.hash), this.state);
    if (this.state.conflict !== conflict || this.state.select !== select || this.state.other !== other) {
      await this.actions.showAsked();
    }
  }

  /** Shows a state. A later one may come while this one is asked for: then this one is not shown any more. */
  async #apply(next, before, first = false) {
    this.state = next;
    this.fitted = next.conflict === before.conflict ? this.fitted : null;
    const fresh = first || next.execution !== before.execution;
    if (fresh && !first) {
      this.#takeSource();
    }
    byId('notice').textContent = '';
    await this.attempt(async () => {
      const asked = await Asked.of(next, this.source, this.asked, (id) => this.lists.conflicts.find(id));
      this.asked = this.state === next ? asked : this.asked;
    });
    if (fresh || next.at !== before.at) {
      await this.attempt(() => this.#move(next, fresh));
    }
    if (fresh && !(await this.attempt(() => this.live.begin()))) {
      setTimeout(() => this.again(), RETRY_MS);
    }
    if (fresh || next.search !== before.search || next.exact !== before.exact) {
      this.strip.ask(next);
    }
    if (this.state === next) {
      await this.#showBeside();
      this.#stages.forEach((stage) => stage.paint());
      byId('search-text').value = next.search;
      await this.tabs.show();
    }
  }

  /** Does something that may be refused, and says so; returns whether it was done. */
  async attempt(action) {
    try {
      await action();
      return true;
    } catch (refusal) {
      if (!(refusal instanceof Refusal)) {
        throw refusal;
      }
      byId('notice').textContent = printable(refusal.message, 400);
      return false;
    }
  }

  async #move({ at, select }, fresh) {
    const place = at ?? (fresh && !this.source.live ? select : null);
    try {
      await (place === null ? this.stage.toNow() : this.stage.goTo(place));
    } catch (refusal) {
      if (fresh && refusal.status === 404) {
        await this.stage.toNow();
      }
      throw refusal;
    }
  }

  /** What the source said last of itself in numbers; null before that. */
  get summary() {
    return this.live.summary;
  }

  /** Shows all anew: the source counts from 0 again, or did not answer. */
  again() {
    return this.#apply(this.state, INITIAL, true);
  }

  #refresh() {
    const { tab } = this.state;
    if (this.source.live) {
      this.strip.ask(this.state);
    }
    if (this.source.live && ['health', 'keys', 'try'].includes(tab) && !byId('panel').matches(':hover, :focus-within')) {
      this.lists[tab].show(this.state);
    }
  }

  async #showBeside() {
    const { beside } = this.state;
    if ((this.beside?.name ?? null) === beside) {
      return;
    }
    this.beside?.stage.element.remove();
    this.beside = null;
    const execution = this.executions.find(({ name }) => name === beside);
    if (execution) {
      const ask = (dot) => this.#askCounterpart(dot);
      this.beside = await Beside.of(execution, this.source, { pageView: () => this.#view(), listener: this.#listener, ask });
      const { stage } = this.beside;
      stage.knowProcesses((await stage.source.processes()).processes.map(({ process }) => process));
      stage.knowProcesses(this.stage.processes);
      this.stage.knowProcesses(stage.processes);
      byId('stages').append(stage.element);
      await stage.toNow();
    }
  }

  async #askCounterpart(dot) {
    const counterpart = this.beside.pairing.back.get(dot);
    if (dot === null) {
      await this.actions.clear();
    } else if (counterpart === undefined) {
      byId('notice').textContent = printable(`${dot} has no counterpart in ${this.source.name}.`, 400);
    } else {
      await this.actions.ask(counterpart);
    }
  }

  /** How many events in sight are concurrent with the one asked about, and how many of them timestamps order. */
  doubtsInSight() {
    const { doubtful } = this.#view().marks;
    const concurrent = this.stage.inSight.filter((event) => this.asked.part(event) === 'concurrent');
    return { concurrent: concurrent.length, doubtful: concurrent.filter(doubtful).length };
  }

  /** Tells a screen reader. */
  announce(text) {
    byId('announcement').textContent = printable(text, 400);
  }
}

const embedded = byId('executions');
new Page(embedded ? JSON.parse(embedded.textContent).executions : []).start();
