// The conflicts beside the diagram, newest first.

import { html } from './element.js';
import { runSentence, writtenDot } from './order.js';
import { dotLink, dotLinks, foreign, labelled, moreButton, nothing, shape } from './parts.js';
import { counted, grouped, writtenRun } from './printable.js';

const LISTED = 50;
const STATUSES = [
  ['', 'all'],
  ['CONCURRENT', 'concurrent'],
  ['RESOLVED', 'resolved'],
];

/** The runs of a conflict record as they are written. */
function writtenRuns(conflict) {
  return conflict.runs
    .flatMap(({ process, firstCounter, lastCounter, counters = [] }) =>
      counters.length > 0
        ? counters.slice(0, 20).map((counter) => writtenDot(process, counter))
        : writtenRun({ process, first: firstCounter, last: lastCounter }),
    )
    .join(', ');
}

/** Which events an incomplete record may lack. */
function missing({ windowBegan }) {
  return typeof windowBegan === 'number'
    ? `It may be concurrent with events from before ${new Date(windowBegan).toISOString()} too: they were no longer held.`
    : 'It may be concurrent with older events too: they were no longer held.';
}

/** Whether an event stands in a conflict record. */
export function inConflict(conflict, { process, counter }) {
  return (
    (conflict.event.process === process && conflict.event.counter === counter) ||
    conflict.runs.some(
      ({ process: of, firstCounter, lastCounter, counters = [] }) =>
        of === process &&
        (counters.length > 0 ? counters.includes(counter) : firstCounter <= counter && counter <= lastCounter),
    )
  );
}

/** The list, and the form that filters it. */
export class ConflictsList {
  #app;
  #conflicts = [];
  #older = 0;
  #filter = null;
  #refusal = null;

  constructor(app) {
    this.#app = app;
    this.list = html('ol', { class: 'records' });
    this.element = html('div', {}, this.#form(), this.list);
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
      { class: 'filter', 'aria-label': 'Filter of conflicts', onsubmit: (submit) => submit.preventDefault() },
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
      await this.reload();
    }
    this.render();
  }

  /** Asks for the newest again. */
  async reload() {
    try {
      const { conflicts, older } = await this.#app.source.conflicts({ limit: LISTED, ...this.#app.state.filter });
      this.#conflicts = conflicts;
      this.#older = older;
      this.#refusal = null;
    } catch (refusal) {
      this.#refusal = refusal.message;
    }
  }

  /** The record with this id among those that are listed. */
  find(id) {
    return this.#conflicts.find((conflict) => conflict.id === id);
  }

  /** The record that is listed after the one with this id; the first, where that is not listed. */
  after(id) {
    return this.#conflicts[this.#conflicts.findIndex((conflict) => conflict.id === id) + 1];
  }

  /** Takes records as they are committed. */
  take(fresh) {
    const { process, key, text, status } = this.#app.state.filter;
    const through = fresh.filter(
      (conflict) =>
        text === '' &&
        (status === '' || conflict.status === status) &&
        (key === '' || conflict.key === key) &&
        (process === '' || [conflict.event, ...conflict.runs].some((one) => one.process === process)),
    );
    const most = Math.max(LISTED, this.#conflicts.length);
    const known = new Set(this.#conflicts.map(({ seq }) => seq));
    this.#conflicts.unshift(...through.filter(({ seq }) => !known.has(seq)).reverse());
    this.#older += Math.max(0, this.#conflicts.length - most);
    this.#conflicts.length = Math.min(this.#conflicts.length, most);
  }

  async #more() {
    const { conflicts, older } = await this.#app.source.conflicts({
      limit: LISTED,
      before: this.#conflicts.at(-1).seq,
      ...this.#app.state.filter,
    });
    this.#conflicts.push(...conflicts);
    this.#older = older;
    this.render();
  }

  render() {
    const filtered = Object.values(this.#app.state.filter).some((value) => value !== '');
    const { conflict: chosen } = this.#app.asked;
    const outside = chosen !== null && !filtered && !this.find(chosen.id) ? [chosen] : []; // a link may lead to an old one
    const items = [...outside, ...this.#conflicts].map((conflict) => this.#item(conflict));
    this.list.replaceChildren(
      ...(items.length > 0
        ? items
        : [
            html(
              'li',
              {},
              nothing(
                this.#refusal ??
                  (filtered
                    ? 'No conflict passes this filter.'
                    : 'No two events are concurrent: each knew of the ones before it.'),
              ),
            ),
          ]),
    );
    const more = moreButton(this.#older, () => this.#more());
    if (more) {
      this.list.append(html('li', {}, more));
    }
  }

  #item(conflict) {
    const dot = writtenDot(conflict.event.process, conflict.event.counter);
    const chosen = conflict.id === this.#app.state.conflict;
    const resolved = conflict.status === 'RESOLVED';
    return html(
      'li',
      { class: chosen ? 'record chosen' : 'record' },
      html(
        'button',
        { type: 'button', class: 'row', 'aria-expanded': String(chosen), onclick: () => this.#app.actions.light(conflict) },
        resolved ? shape('event') : shape('concurrent'),
        html('strong', {}, foreign(dot, 60)),
        html(
          'span',
          { class: 'with' },
          resolved ? ' resolves ' : ' ∥ ',
          foreign(resolved ? conflict.resolves.join(', ') : writtenRuns(conflict), 120),
        ),
        html(
          'span',
          { class: 'aside' },
          resolved ? 'resolved' : counted(conflict.pairs, 'pair'),
          conflict.key !== null && [' · key ', foreign(conflict.key, 40)],
          !conflict.complete && ' · incomplete',
        ),
      ),
      chosen && this.#proof(conflict),
    );
  }

  /** Why it is a conflict: a sentence for each run. */
  #proof(conflict) {
    const app = this.#app;
    return html(
      'div',
      { class: 'proof' },
      conflict.runs.slice(0, 50).map((run) =>
        html(
          'p',
          {},
          dotLink(app, writtenDot(run.process, run.lastCounter)),
          run.length > 1 && html('span', { class: 'aside' }, ` and ${grouped(run.length - 1)} before it`),
          html('br'),
          foreign(runSentence(conflict.event, run), 400),
        ),
      ),
      conflict.runs.length > 50 && html('p', {}, `… and ${grouped(conflict.runs.length - 50)} more runs`),
      conflict.siblings?.length > 0 && html('p', {}, 'Siblings of the key after it: ', dotLinks(app, conflict.siblings)),
      conflict.resolves?.length > 0 && html('p', {}, 'It had seen, and so resolves, ', dotLinks(app, conflict.resolves)),
      !conflict.complete && html('p', {}, missing(conflict)),
    );
  }
}
