// The conflicts beside the diagram: grouped by pair of processes and key, neighbours merged.

import { groupsOf } from './conflict-groups.js';
import { groupItem, resolvedItem } from './conflict-item.js';
import { html, refill } from './element.js';
import { introduction } from './introduction.js';
import { foreign, labelled, moreButton, nothing } from './parts.js';
import { counted, grouped } from './printable.js';

const ASKED = 1000; // records at once
const LISTED = 30; // groups
const STATUSES = [
  ['', 'all'],
  ['CONCURRENT', 'concurrent'],
  ['RESOLVED', 'resolving'],
];

/** The list, its heading, and the form that filters it. */
export class ConflictsList {
  #app;
  #conflicts = [];
  #groups = null; // made when they are needed
  #older = 0;
  #filter = null;
  #refusal = null;
  #loaded = false;
  #listed = LISTED;
  #opened = null;
  #shown = null; // the id of the record that was brought into sight in the list

  constructor(app) {
    this.#app = app;
    this.head = html('div', { class: 'list-head' });
    this.list = html('ol', { class: 'records' });
    this.rest = html('div', {});
    this.filter = this.#form();
    this.element = html('div', {}, this.head, this.filter, this.list, this.rest);
  }

  #form() {
    const change = () =>
      this.#app.change({
        filter: {
          process: this.process.value.trim(),
          key: this.key.value.trim(),
          text: this.text.value.trim(),
          status: this.status.value,
        },
      });
    const input = () => html('input', { type: 'text', autocomplete: 'off', spellcheck: 'false', onchange: change });
    this.process = input();
    this.key = input();
    this.text = input();
    this.status = html(
      'select',
      { onchange: change },
      STATUSES.map(([value, label]) => html('option', { value }, label)),
    );
    return html(
      'form',
      { class: 'filter', hidden: true, id: 'conflict-filter', 'aria-label': 'Filter of conflicts', onsubmit: (submit) => submit.preventDefault() },
      labelled('Process', this.process),
      labelled('Text', this.text),
      this.#app.source.live && labelled('Key', this.key),
      this.#app.source.live && labelled('Status', this.status),
    );
  }

  /** Shows the conflicts that the filter lets through. */
  async show({ filter }) {
    for (const name of ['process', 'key', 'text', 'status']) {
      if (document.activeElement !== this[name]) {
        this[name].value = filter[name];
      }
    }
    if (JSON.stringify(filter) !== this.#filter) {
      this.#filter = JSON.stringify(filter);
      this.#listed = LISTED;
      this.filter.hidden &&= !this.#filtered;
      await this.reload();
    }
    this.render();
  }

  get #filtered() {
    return Object.values(this.#app.state.filter).some((value) => value !== '');
  }

  /** Asks for the newest again. */
  async reload() {
    try {
      const { conflicts, older } = await this.#app.source.conflicts({ limit: ASKED, ...this.#app.state.filter });
      this.#set(conflicts, older);
      this.#refusal = null;
      this.#loaded = true;
    } catch (refusal) {
      this.#refusal = refusal.message;
    }
  }

  #set(conflicts, older) {
    this.#conflicts = conflicts;
    this.#older = older;
    this.#groups = null;
  }

  /** The record with this id among those that are listed. */
  find(id) {
    return this.#conflicts.find((conflict) => conflict.id === id);
  }

  /** Takes records as they are committed. */
  take(fresh) {
    const { process, key, text, status } = this.#app.state.filter;
    const known = new Set(this.#conflicts.map(({ seq }) => seq));
    const through = fresh.filter(
      (conflict) =>
        !known.has(conflict.seq) &&
        text === '' &&
        (status === '' || conflict.status === status) &&
        (key === '' || conflict.key === key) &&
        (process === '' || [conflict.event, ...conflict.runs].some((one) => one.process === process)),
    );
    const all = [...through.reverse(), ...this.#conflicts];
    const most = Math.max(ASKED, this.#conflicts.length);
    this.#set(all.slice(0, most), this.#older + Math.max(0, all.length - most));
  }

  async #more() {
    const { conflicts, older } = await this.#app.source.conflicts({
      limit: ASKED,
      before: this.#conflicts.at(-1).seq,
      ...this.#app.state.filter,
    });
    this.#set([...this.#conflicts, ...conflicts], older);
    this.render();
  }

  /** Groups and resolving records as they are sorted. */
  get #entries() {
    this.#groups ??= groupsOf(this.#conflicts);
    const resolving = this.#conflicts.filter(({ runs }) => runs.length === 0).map((record) => ({ records: [record], pairs: 0, record }));
    const bySize = (one, other) => other.pairs - one.pairs;
    const byTime = (one, other) => other.records[0].seq - one.records[0].seq;
    return [...this.#groups, ...resolving].sort(this.#app.state.sort === 'size' ? bySize : byTime);
  }

  /** The record to look at after the one that is chosen: the newest of the next entry, or of the first. */
  next() {
    const entries = this.#entries;
    const at = entries.findIndex((entry) => keyOf(entry) === this.#opened);
    const entry = entries[(at + 1) % entries.length];
    this.#opened = entry ? keyOf(entry) : null;
    return entry?.records[0];
  }

  render() {
    const entries = this.#entries;
    const { state, asked } = this.#app;
    const chosen = state.conflict === null ? null : asked.conflict;
    const open = chosen && this.#openOf(entries, chosen);
    const topics = this.#app.summary?.sources?.length ?? 0;
    this.#renderHead(entries.length);
    // A link may lead to an old one.
    const outside = chosen !== null && !open && !this.#filtered ? groupsOf([chosen]) : [];
    refill(
      this.list,
      ...[...outside, ...entries.slice(0, this.#listed)].map((entry) =>
        entry.record
          ? resolvedItem(this.#app, entry.record, { chosen: entry.record.id === chosen?.id, topics })
          : groupItem(this.#app, entry, {
              open: entry === open || outside.includes(entry),
              chosen,
              topics,
              name: keyOf(entry),
              onopen: () => this.#open(entry, entry === open),
            }),
      ),
    );
    if (chosen !== null && chosen.id !== this.#shown) {
      this.list.querySelector('.of-group [aria-pressed=true]')?.scrollIntoView({ block: 'nearest' });
    }
    this.#shown = chosen?.id ?? null;
    this.rest.replaceChildren(
      ...[
        entries.length > this.#listed && moreButton(entries.length - this.#listed, 'more', () => this.#listMore()),
        entries.length <= this.#listed && moreButton(this.#older, 'older records', () => this.#more()),
        ...(entries.length + outside.length === 0 ? this.#whyEmpty() : []),
      ].filter(Boolean),
    );
  }

  #listMore() {
    this.#listed += LISTED;
    this.render();
  }

  /** The entry that is open for a chosen record: the one that was opened, or else the first that has the record. */
  #openOf(entries, chosen) {
    const having = entries.filter(({ records }) => records.some(({ id }) => id === chosen.id));
    return having.find((entry) => keyOf(entry) === this.#opened) ?? having[0];
  }

  async #open(entry, isOpen) {
    this.#opened = isOpen ? null : keyOf(entry);
    const [newest] = entry.records;
    const partner = [entry.a, entry.b].find(({ process }) => process !== newest.event.process).process;
    await (isOpen ? this.#app.actions.clear() : this.#app.actions.light(newest, { stay: true, partner }));
  }

  #renderHead(entries) {
    const { state } = this.#app;
    const records = this.#conflicts.length + this.#older;
    const change = (sort) => html('button', { type: 'button', 'aria-pressed': String(state.sort === sort), onclick: () => this.#app.change({ sort }) }, sort === 'time' ? 'Newest' : 'Largest');
    const toggle = () => {
      this.filter.hidden = !this.filter.hidden;
      this.render();
      this.filter.querySelector('input').focus();
    };
    refill(
      this.head,
      ...[
        html(
          'h3',
          {},
          this.#loaded ? counted(records, 'conflict') : 'Conflicts',
          html(
            'span',
            { class: 'tools' },
            entries > 1 && change('time'),
            entries > 1 && change('size'),
            (records > 0 || this.#filtered) &&
              html('button', { type: 'button', 'aria-expanded': String(!this.filter.hidden), 'aria-controls': 'conflict-filter', onclick: toggle }, 'Filter'),
          ),
        ),
        entries > 0 &&
          html(
            'p',
            { class: 'hint' },
            'A conflict is a message that is concurrent with earlier ones: a ∥ b, neither could have known the other. Neighbours are listed together. ',
            html('button', { type: 'button', class: 'link', onclick: () => this.#app.tour.begin() }, 'Take the tour'),
          ),
        this.#older > 0 && html('p', { class: 'hint' }, `Of these the newest ${grouped(this.#conflicts.length)} are grouped here.`),
      ].filter(Boolean),
    );
  }

  #whyEmpty() {
    if (this.#refusal !== null) {
      return [nothing(this.#refusal)];
    }
    if (this.#filtered) {
      return [nothing(this.#loaded ? 'No conflict passes this filter.' : 'Loading the conflicts …')];
    }
    const { summary } = this.#app;
    return [html('p', { class: 'empty', role: 'status' }, foreign(whyNone(this.#loaded, summary), 600)), ...introduction(this.#app)];
  }
}

/** What names an entry while its records come and go. */
function keyOf({ record, a, b, key }) {
  return record ? record.id : JSON.stringify([a.process, b.process, key, a.first, b.first]);
}

/** Why there is no conflict to list: that none is true is said only of events that were looked at. */
function whyNone(loaded, summary) {
  if (!loaded || summary === null) {
    return 'Loading the conflicts …';
  }
  if (!summary.ready || summary.lag > 0) {
    return 'No conflict has been found so far; the analyzer is still reading.';
  }
  if (summary.events.held === 0) {
    return 'There is no event yet, and so no conflict.';
  }
  return summary.scope === 'KEY'
    ? 'No two messages with the same key are concurrent: each knew of the ones before it.'
    : 'No two events are concurrent: each knew of the ones before it.';
}
