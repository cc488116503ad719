// The part of a diagram that is in sight, and how others are brought into it.

import { layout } from './layout.js';

/** What the scroller of a diagram shows of its layout. */
export class Sight {
  laidOut = layout([]);
  #scroller;
  #lanes;
  #scale;

  constructor(scroller, lanes, scale) {
    this.#scroller = scroller;
    this.#lanes = lanes;
    this.#scale = scale;
  }

  /** Brings a dot into view, at the middle where it was not. */
  reveal(dot, middle = true) {
    const node = this.laidOut.byDot.get(dot);
    if (!node) {
      return;
    }
    const { scrollLeft, clientWidth, scrollTop, clientHeight } = this.#scroller;
    const namesWidth = this.#lanes.width;
    const x = this.#scale.x(node) + namesWidth;
    if (x < scrollLeft + namesWidth + 40 || x > scrollLeft + clientWidth - 40) {
      this.#scroller.scrollLeft = middle ? x - (clientWidth + namesWidth) / 2 : x < scrollLeft + namesWidth + 40 ? x - namesWidth - 80 : x - clientWidth + 80;
    }
    const y = this.#scale.y(node);
    if (y < scrollTop + 20 || y > scrollTop + clientHeight - 30) {
      this.#scroller.scrollTop = y - clientHeight / 2;
    }
  }

  /** How much width there is for dots, in pixels. */
  get room() {
    return this.#scroller.clientWidth - this.#lanes.width;
  }

  #placed(dots) {
    return dots.map((dot) => this.laidOut.byDot.get(dot)).filter(Boolean);
  }

  /** The width of a column in which all these dots are in sight together; null where they cannot be. */
  widthFor(dots) {
    const columns = this.#placed(dots).map(({ column }) => column);
    return columns.length < dots.length ? null : this.#scale.widthFor(Math.max(...columns) - Math.min(...columns) + 1, this.room);
  }

  /** Brings the middle of these dots to the middle of what is in sight. */
  center(dots) {
    const nodes = this.#placed(dots);
    if (nodes.length > 0) {
      const middle = (all) => (Math.min(...all) + Math.max(...all)) / 2;
      this.#scroller.scrollLeft = middle(nodes.map((node) => this.#scale.x(node))) - this.room / 2;
      this.#scroller.scrollTop = middle(nodes.map((node) => this.#scale.y(node))) - this.#scroller.clientHeight / 2;
    }
  }

  /** Whether a dot stands to the left or to the right of what is in sight; null: neither. */
  sideOf(dot) {
    const node = this.laidOut.byDot.get(dot);
    const x = node && this.#scale.x(node) - this.#scroller.scrollLeft;
    return !node ? null : x < 0 ? 'left' : x > this.room ? 'right' : null;
  }

  /** Where the rows are, for what is drawn over them: where they begin, how high the sight is, and where each one is. */
  get rows() {
    const { scrollTop, clientHeight } = this.#scroller;
    const y = (process) => this.#scale.laneY(this.laidOut.lanes.indexOf(process)) - scrollTop;
    return { left: this.#lanes.width, height: clientHeight, y };
  }
}
