// Markers at the edges of a diagram's rows: how much of the chosen conflict lies outside of what is in sight.

import { html } from './element.js';
import { counted, grouped, printable } from './printable.js';

const MARKER_HEIGHT = 24; // of a marker, in pixels

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
   * Draws markers; those of rows that are not in sight stand at the top or the bottom.
   *
   * @param {{process: string, side: 'left'|'right', count: number, dot: string}[]} found
   * @param {{left: number, height: number, y: (process: string) => number}} sight where the rows begin, and where they are
   */
  draw(found, { left, height, y }) {
    const placed = found.map((one) => ({ ...one, top: Math.min(Math.max(y(one.process), MARKER_HEIGHT / 2), height - MARKER_HEIGHT / 2) - MARKER_HEIGHT / 2 }));
    const drawn = JSON.stringify([placed, left]);
    if (drawn === this.#drawn) {
      return;
    }
    this.#drawn = drawn;
    this.element.replaceChildren(
      ...placed.map(({ process, side, count, dot, top }) => {
        const title = `${counted(count, 'event')} of ${printable(process, 60)} in the conflict, not in sight: go there`;
        const text = side === 'left' ? `‹ ${grouped(count)}` : `${grouped(count)} ›`;
        const marker = html('button', { type: 'button', class: side, title, 'aria-label': title, onclick: () => this.#go(dot) }, text);
        marker.style.top = `${top}px`;
        marker.style.left = side === 'left' ? `${left}px` : '';
        return marker;
      }),
    );
  }
}
