// The part of a diagram that is in sight, and how others are brought into it.

import { layout } from './layout.js';

/**
 * What the scroller of a diagram shows of its layout. Where it stands is measured before a drawing and after a scroll, when
 * the browser knows it: to ask in between would have it lay out the page for that alone, many times a second.
 */
export class Sight {
  laidOut = layout([]);
  #scroller;
  #lanes;
  #scale;
  #left = 0;
  #top = 0;
  #height = 0;
  #namesWidth = 0;
  /** How much width there is for dots, in pixels. */
  room = 0;

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

  /** Measures where the scroller stands, and how much room there is. */
  measure() {
    const { scrollLeft, scrollTop, clientWidth, clientHeight } = this.#scroller;
    this.#left = scrollLeft;
    this.#top = scrollTop;
    this.#height = clientHeight;
    this.#namesWidth = this.#lanes.width;
    this.room = clientWidth - this.#namesWidth;
  }

  /** Scrolls so that what is there begins at x, as far as there is so much. */
  scrollTo(x) {
    const most = this.#scale.width(this.laidOut.columns) - this.room;
    this.#left = Math.max(0, Math.min(x, most));
    this.#scroller.scrollLeft = this.#left;
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
      this.scrollTo(middle(nodes.map((node) => this.#scale.x(node))) - this.room / 2);
      this.#scroller.scrollTop = middle(nodes.map((node) => this.#scale.y(node))) - this.#scroller.clientHeight / 2;
    }
  }

  /** Whether a dot stands to the left or to the right of what is in sight; null: neither. */
  sideOf(dot) {
    const node = this.laidOut.byDot.get(dot);
    const x = node && this.#scale.x(node) - this.#left;
    return !node ? null : x < 0 ? 'left' : x > this.room ? 'right' : null;
  }

  /** Whether the row of a process is above or below what is in sight, as is a row that is folded away; null: in sight. */
  rowSide(process) {
    const lane = this.laidOut.lanes.indexOf(process);
    const y = this.#scale.laneY(lane) - this.#top;
    return lane < 0 || y > this.#height ? 'below' : y < 0 ? 'above' : null;
  }

  /** Where the rows are, for what is drawn over them: where they begin, and how far down each one is. */
  get rows() {
    return { left: this.#namesWidth, y: (process) => this.#scale.laneY(this.laidOut.lanes.indexOf(process)) - this.#top };
  }
}
