// The rows of a diagram: a name that stays at the edge, and a line.

import { html, set, svg } from './element.js';
import { grouped, printable } from './printable.js';

/** Draws rows; those without events may be folded away, which is said below the last one. */
export class Lanes {
  #drawn = null;

  constructor() {
    this.names = html('ol', { class: 'lane-names', 'aria-hidden': 'true' });
    this.lines = svg('g', { class: 'lanes', 'aria-hidden': 'true' });
  }

  /** Names the rows of a layout. */
  name({ lanes, foldedLanes }) {
    const key = JSON.stringify([lanes, foldedLanes]);
    if (this.#drawn !== key) {
      this.#drawn = key;
      this.names.replaceChildren(
        ...lanes.map((process) => html('li', { title: printable(process) }, html('bdi', {}, printable(process, 60)))),
        ...(foldedLanes > 0 ? [html('li', { class: 'aside' }, `and ${grouped(foldedLanes)} rows without events here`)] : []),
      );
      this.lines.replaceChildren(...lanes.map(() => svg('line', { x1: 0 })));
    }
  }

  /** Draws the lines as wide as the drawing is. */
  draw(scale, width) {
    this.names.style.setProperty('--lane-height', `${scale.laneHeight}px`);
    [...this.lines.children].forEach((line, lane) => {
      set(line, 'x2', width);
      set(line, 'y1', scale.laneY(lane));
      set(line, 'y2', scale.laneY(lane));
    });
  }

  /** How wide the names are, in pixels. */
  get width() {
    return this.names.offsetWidth;
  }
}
