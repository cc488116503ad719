// What a search has found, newest first, one after another in the diagram.

import { html, refill } from './element.js';
import { foreign, moreButton, nothing } from './parts.js';
import { counted, grouped } from './printable.js';
import { asks, parsedQuery } from './query.js';

/** The events that a search has found. */
export class SearchList {
  #app;
  #searched = null;
  #events = [];
  #older = 0;
  #refusal = null;
  #exact = false;

  constructor(app) {
    this.#app = app;
    this.element = html('div', {});
  }

  async show({ search, exact }) {
    if (search !== this.#searched || exact !== this.#exact) {
      this.#searched = search;
      this.#exact = exact;
      this.#events = [];
      this.#older = 0;
      await this.#ask();
    }
    this.#render(search);
  }

  /** Asks again for what is searched. */
  forget() {
    this.#searched = null;
  }

  /** Goes to the newest that was found. */
  async toFirst() {
    const newest = this.#events.at(-1);
    if (newest) {
      await this.#app.actions.go(newest.dot);
    }
  }

  /** Goes to the one before or after the one that is looked at, in the order of the list. */
  async #step(by) {
    const at = this.#place + by;
    if (at >= this.#events.length && this.#older > 0) {
      await this.#ask(this.#events[0].seq);
    }
    const event = this.#events.at(-1 - at);
    if (at >= 0 && event) {
      await this.#app.actions.go(event.dot);
    }
  }

  /** The place in the list of the one that is looked at, from 0; -1 where none is. */
  get #place() {
    const index = this.#events.findIndex(({ dot }) => dot === this.#app.state.at);
    return index < 0 ? -1 : this.#events.length - 1 - index;
  }

  async #ask(before) {
    const query = parsedQuery(this.#searched);
    if (!asks(query)) {
      return;
    }
    const { dot, text, process, key, topic, field } = query;
    try {
      const page = await this.#app.source.events({ limit: 50, before, text: dot ?? text, process, key, topic, field, case: this.#exact ? 'exact' : undefined });
      this.#events = [...page.events, ...this.#events];
      this.#older = page.older;
      this.#refusal = null;
    } catch (refusal) {
      this.#refusal = refusal.message;
    }
  }

  #render(search) {
    if (!asks(parsedQuery(search))) {
      this.element.replaceChildren(
        nothing('Search in the field at the top. All parts must hold:'),
        html(
          'dl',
          { class: 'facts' },
          [
            ['seats left', 'in text, dot or key, ignoring case'],
            ['"two  words"', 'with these spaces'],
            ['level=INFO', 'a field of the event, or of its JSON text'],
            ['process=node-1', 'events of a process'],
            ['key=seat-12', 'messages with a key'],
            ['topic=orders', 'what stands in a topic'],
            ['node-1:5', 'jumps to the event'],
          ].map(([example, meaning]) => [html('dt', {}, html('code', {}, example)), html('dd', {}, meaning)]),
        ),
      );
      return;
    }
    refill(
      this.element,
      html('p', { class: 'hint', role: 'status' }, foreign(this.#refusal ?? this.#said(), 600)),
      this.#walk(),
      html(
        'ol',
        { class: 'records' },
        this.#events.toReversed().map((event) => this.#item(event)),
      ),
      moreButton(this.#older, 'older', async () => {
        await this.#ask(this.#events[0].seq);
        this.#render(search);
      }) || '',
    );
  }

  #said() {
    const found = this.#events.length + this.#older;
    return `${found === 0 ? 'No event has all of this' : `${counted(found, 'event')} found, newest first`}. Text, dot and key were searched, ${
      this.#exact ? 'matching case' : 'ignoring case'
    }.`;
  }

  /** The buttons that lead from one to the next, and whether capitals count. */
  #walk() {
    const { state } = this.#app;
    const total = this.#events.length + this.#older;
    const at = this.#place;
    const step = (by, label, text) =>
      html('button', { type: 'button', 'aria-label': label, disabled: total === 0 || at + by < 0 || at + by >= total, onclick: () => this.#step(by) }, text);
    return html(
      'div',
      { class: 'walk' },
      step(-1, 'Previous hit', '‹'),
      html('span', { class: 'aside' }, at < 0 ? `– of ${grouped(total)}` : `${grouped(at + 1)} of ${grouped(total)}`),
      step(1, 'Next hit', '›'),
      html(
        'label',
        { class: 'check' },
        html('input', { type: 'checkbox', 'data-name': 'case', checked: state.exact, onchange: (change) => this.#app.change({ exact: change.target.checked }) }),
        'Match case',
      ),
    );
  }

  #item({ dot, payload }) {
    const current = dot === this.#app.state.at;
    return html(
      'li',
      { class: 'found' },
      html(
        'button',
        { type: 'button', class: 'row', 'aria-current': current && 'true', onclick: () => this.#app.actions.go(dot) },
        html('span', { class: 'dot-link' }, foreign(dot, 60)),
        ' ',
        foreign(payload, 160),
      ),
    );
  }
}
