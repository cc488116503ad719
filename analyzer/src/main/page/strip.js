// The whole history as a strip: where there are events and conflicts, where the window is, and where a search has found.

import { byId, html, set, svg } from './element.js';
import { counted, grouped } from './printable.js';
import { parsedQuery } from './query.js';

const BARS = 240;
const TALL = 100; // of the drawing, in its own units

/** The strip. Its slider has no looks of its own: the drawing shows where it stands. */
export class Strip {
  #app;
  #overview = null;
  #asked = '';
  #dragged = false;

  constructor(app) {
    this.#app = app;
    this.bars = ['events', 'conflicting', 'found'].map((name) => svg('path', { class: name }));
    this.handle = svg('rect', { class: 'handle', y: 0, height: TALL });
    this.position = html('input', {
      type: 'range',
      min: 0,
      'aria-label': 'Place in the history',
      oninput: () => this.#moved(),
      onchange: () => this.#go(),
    });
    this.drawing = svg('svg', { preserveAspectRatio: 'none', 'aria-hidden': 'true' }, this.bars, this.handle);
    this.said = html('p', { class: 'unseen', id: 'strip-said' });
    set(this.position, 'aria-describedby', this.said.id);
    byId('strip').replaceChildren(this.drawing, this.position, this.said);
  }

  /** Asks for the overview, again where something may be new. */
  async ask({ search, exact }) {
    const { dot, ...query } = parsedQuery(search);
    const parameters = { limit: BARS, ...query, text: dot ?? query.text, case: exact ? 'exact' : undefined };
    const asked = JSON.stringify(parameters);
    this.#asked = asked;
    const overview = await this.#app.source.overview(parameters).catch(() => null); // what is asked beside it says why
    if (overview !== null && this.#asked === asked) {
      this.#overview = overview;
      this.#draw(overview);
    }
  }

  #draw({ first, next, span, events, conflicting, found }) {
    const most = Math.max(1, ...events);
    const bars = (counts, top) =>
      counts.map((count, part) => (count > 0 ? `M${part} ${TALL}v${-top(count)}h1V${TALL}Z` : '')).join('');
    set(this.drawing, 'viewBox', `0 0 ${Math.max(1, events.length)} ${TALL}`);
    const tall = (count) => Math.round((count / most) * TALL * 0.8);
    [bars(events, tall), bars(conflicting, (count) => Math.max(8, tall(count))), bars(found, () => TALL)].forEach((path, index) =>
      set(this.bars[index], 'd', path),
    );
    set(this.position, 'max', Math.max(0, next - first - 1));
    set(this.position, 'step', span);
    const total = (counts) => counts.reduce((sum, count) => sum + count, 0);
    this.said.textContent =
      `${counted(total(events), 'event')}, ${grouped(total(conflicting))} of them in a conflict` +
      (found.length > 0 ? `, ${grouped(total(found))} found by the search` : '');
    this.showWindow();
  }

  /** Shows which part of the history is in sight. */
  showWindow() {
    const inSight = this.#app.stage.seqsInSight;
    if (this.#overview !== null && inSight !== null && !this.#dragged) {
      const [from, to] = inSight.map((seq) => seq - this.#overview.first);
      const middle = Math.round((from + to) / 2);
      if (Math.abs(middle - Number(this.position.value)) >= this.#overview.span) {
        this.position.value = middle;
      }
      this.#place(from, to);
    }
  }

  #go() {
    this.#dragged = false;
    this.#app.actions.goToSeq((this.#overview?.first ?? 0) + Number(this.position.value));
  }

  #moved() {
    this.#dragged = true;
    const middle = Number(this.position.value);
    const half = (Number(this.handle.getAttribute('width')) * (this.#overview?.span ?? 1)) / 2;
    this.#place(middle - half, middle + half);
  }

  #place(from, to) {
    const { first, span, events } = this.#overview ?? { first: 0, span: 1, events: [] };
    const tenths = (value) => Math.round(value * 10) / 10; // a tenth of a part is not seen
    const width = tenths(Math.max(events.length / 100, (to - from + 1) / span));
    set(this.handle, 'x', tenths(Math.max(0, Math.min(events.length - width, from / span))));
    set(this.handle, 'width', width);
    set(this.position, 'aria-valuetext', `around event ${grouped(first + Number(this.position.value) + 1)}`);
  }
}
