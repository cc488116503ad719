// What a search has found, newest first.

import { html } from './element.js';
import { dotLink, foreign, moreButton, nothing } from './parts.js';
import { counted } from './printable.js';
import { asks, parsedQuery } from './query.js';

/** The events that a search has found. */
export class SearchList {
  #app;
  #searched = null;
  #events = [];
  #older = 0;
  #refusal = null;

  constructor(app) {
    this.#app = app;
    this.element = html('div', {});
  }

  async show({ search }) {
    if (search !== this.#searched) {
      this.#searched = search;
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

  async #ask(before) {
    const query = parsedQuery(this.#searched);
    if (!asks(query)) {
      return;
    }
    const { dot, text, process, key, topic, field } = query;
    try {
      const page = await this.#app.source.events({ limit: 50, before, text: dot ?? text, process, key, topic, field });
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
            ['seats left', 'in text, dot or key'],
            ['"two  words"', 'exactly so'],
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
    const found = this.#events.length + this.#older;
    const said = found === 0 ? 'No event has all of this.' : `${counted(found, 'event')} found, newest first.`;
    this.element.replaceChildren(
      html('p', { class: 'hint', role: 'status' }, foreign(this.#refusal ?? said, 600)),
      html(
        'ol',
        { class: 'records' },
        this.#events.toReversed().map((event) =>
          html('li', { class: 'found' }, dotLink(this.#app, event.dot), ' ', foreign(event.payload, 160)),
        ),
      ),
    );
    const more = moreButton(this.#older, async () => {
      await this.#ask(this.#events[0].seq);
      this.#render(search);
    });
    if (more) {
      this.element.append(more);
    }
  }
}
