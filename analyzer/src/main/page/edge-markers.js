// Markers at the edges of a diagram: how much of the chosen conflict lies outside of what is in sight.

import { html } from './element.js';
import { counted, grouped, printable } from './printable.js';

const MARKER_HEIGHT = 24; // in pixels
const WRITTEN = {
  left: (count) => `‹ ${count}`,
  right: (count) => `${count} ›`,
  above: (count) => `↑ ${count}`,
  below: (count) => `↓ ${count}`,
};

/** The markers over a diagram. */
export class EdgeMarkers {
  #go;
  #drawn = '';

  /** @param {(dot: string) => void} go leads to an event */
  constructor(go) {
    this.#go = go;
    this.element = html('div', { class: 'edge-markers' });
  }

  /**
   * Draws markers: at both ends of the rows that are in sight, and one each for all rows above and below.
   *
   * @param {{process: string, side: 'left'|'right'|'above'|'below', count: number, dot: string}[]} found
   * @param {{left: number, y: (process: string) => number}} rows where they begin, and how far down each one is
   */
  draw(found, { left, y }) {
    const beside = found
      .filter(({ side }) => side === 'left' || side === 'right')
      .map((one) => ({ ...one, whose: printable(one.process, 60), top: y(one.process) - MARKER_HEIGHT / 2 }));
    const all = [...beside, ...['above', 'below'].flatMap((side) => together(found, side))];
    const drawn = JSON.stringify([all, left]);
    if (drawn === this.#drawn) {
      return;
    }
    this.#drawn = drawn;
    this.element.replaceChildren(
      ...all.map(({ side, count, whose, dot, top }) => {
        const title = `${counted(count, 'event')} of ${whose} in the conflict, not in sight: go there`;
        const marker = html('button', { type: 'button', class: side, title, 'aria-label': title, onclick: () => this.#go(dot) }, WRITTEN[side](grouped(count)));
        marker.style.top = top === undefined ? '' : `${top}px`;
        marker.style.left = side === 'left' ? `${left}px` : '';
        return marker;
      }),
    );
  }
}

/** One marker for all rows above, or below; it leads to the first of them. */
function together(found, side) {
  const rows = found.filter((one) => one.side === side);
  const count = rows.reduce((sum, one) => sum + one.count, 0);
  const whose = rows.length === 1 ? printable(rows[0].process, 60) : `${counted(rows.length, 'process')} ${side}`;
  return rows.length === 0 ? [] : [{ side, count, whose, dot: rows[0].dot }];
}
