// The keys that are open, and what became of one.

import { html } from './element.js';
import { writtenDot } from './order.js';
import { dotLink, dotLinks, foreign, nothing, shape } from './parts.js';
import { counted } from './printable.js';

/** The open keys with their siblings; of the chosen key also its conflicts, and what resolved them. */
export class KeysList {
  #app;

  constructor(app) {
    this.#app = app;
    this.element = html('div', {});
  }

  async show({ key }) {
    const { source } = this.#app;
    try {
      const [{ keys, total }, chosen] = await Promise.all([
        source.keys({ limit: 100 }),
        key === null ? null : source.key(key).catch((refusal) => ({ refusal: refusal.message })),
      ]);
      this.element.replaceChildren(...this.#content(keys, total, key, chosen).filter(Boolean));
    } catch (refusal) {
      this.element.replaceChildren(nothing(refusal.message));
    }
  }

  #content(keys, total, key, chosen) {
    return [
      chosen && this.#chosen(key, chosen),
      html('h3', {}, total === 0 ? 'No key is open' : `${counted(total, 'open key')}`),
      total > 0 && html('p', { class: 'hint' }, 'Each has several siblings: newest messages of which none knew another. The next message that knew them all resolves it.'),
      total === 0 &&
        nothing(
          this.#app.source.live
            ? 'A key is open while it has more than one sibling: messages that did not know of each other. An analyzer with --scope key watches them.'
            : 'Log files have no keys.',
        ),
      html(
        'ol',
        { class: 'records' },
        keys.map(({ key: open, siblings }) =>
          html(
            'li',
            { class: open === key ? 'record chosen' : 'record' },
            html(
              'button',
              { type: 'button', class: 'row', onclick: () => this.#app.change({ key: open }) },
              shape('concurrent'),
              html('strong', {}, foreign(open, 60)),
              html('span', { class: 'aside' }, counted(siblings.length, 'sibling')),
            ),
            html('p', {}, dotLinks(this.#app, siblings)),
          ),
        ),
      ),
    ];
  }

  #chosen(key, { refusal, open, siblings, resolvedBy, conflicts }) {
    if (refusal) {
      return nothing(refusal);
    }
    return html(
      'section',
      { class: 'proof', 'aria-label': 'The chosen key' },
      html('h3', {}, 'Key ', foreign(key, 80)),
      html(
        'p',
        {},
        open
          ? ['Open: ', dotLinks(this.#app, siblings), ' did not know of each other.']
          : resolvedBy
            ? ['Resolved by ', dotLink(this.#app, resolvedBy), ', which had seen all siblings.']
            : 'Not open.',
      ),
      html(
        'ol',
        { class: 'records' },
        conflicts.map((conflict) =>
          html(
            'li',
            { class: 'found' },
            dotLink(this.#app, writtenDot(conflict.event.process, conflict.event.counter)),
            conflict.status === 'RESOLVED' ? ' resolved ' : ` conflicts with ${counted(conflict.pairs, 'earlier event')}`,
            conflict.resolves.length > 0 && [' resolved ', dotLinks(this.#app, conflict.resolves)],
          ),
        ),
      ),
    );
  }
}
