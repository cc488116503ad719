// Where a diagram's lanes, columns and dots stand, in pixels.

import { ZOOM } from './state.js';

const LANE_HEIGHT = { least: 46, most: 240 }; // as the lanes fill what height there is
const MARGIN = 28;
const REACH = 22; // how far from a dot a click still means it
const WIDEST_FITTED = 220; // the greatest width of a column that is chosen by itself

/** From lanes and columns to pixels, and from pixels to the node that is meant. */
export class Scale {
  columnWidth = 34;
  laneHeight = LANE_HEIGHT.least;

  x({ column }) {
    return MARGIN + column * this.columnWidth;
  }

  y({ lane }) {
    return this.laneY(lane);
  }

  laneY(lane) {
    return (lane + 0.5) * this.laneHeight;
  }

  /** The width of a column in which so many of them have room; null where even the narrowest have not. */
  widthFor(columns, room) {
    const width = Math.floor((room - 4 * MARGIN) / Math.max(1, columns - 1));
    return width < ZOOM.least ? null : Math.min(this.columnWidth, width);
  }

  /** The width of so many columns. */
  width(columns) {
    return 2 * MARGIN + Math.max(0, columns - 1) * this.columnWidth;
  }

  /** Lanes as high as there is room for all of them, within bounds. */
  fitLanes(lanes, room) {
    const height = Math.floor((room - 26) / Math.max(1, lanes));
    this.laneHeight = Math.max(LANE_HEIGHT.least, Math.min(LANE_HEIGHT.most, height));
  }

  /** Columns of a width that was chosen, or else as wide as there is room for all of them, within bounds. */
  fitColumns(columns, room, chosen) {
    const width = Math.floor((room - 2 * MARGIN) / Math.max(1, columns - 1));
    this.columnWidth = chosen ?? Math.max(ZOOM.usual, Math.min(WIDEST_FITTED, width));
  }

  /** The node that a place means: the nearest of those within reach of it, or null. */
  meant(nodes, x, y) {
    const distance = (node) => Math.hypot(this.x(node) - x, this.y(node) - y);
    const nearest = least(nodes, distance);
    return nearest && distance(nearest) < REACH ? nearest : null;
  }

  /** The node nearest to a place along the width, or null where there is none. */
  nearest(nodes, x) {
    return least(nodes, (node) => Math.abs(this.x(node) - x));
  }
}

function least(nodes, measure) {
  let found = null;
  for (const node of nodes) {
    if (found === null || measure(node) < measure(found)) {
      found = node;
    }
  }
  return found;
}
