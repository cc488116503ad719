// The space-time diagram as SVG: drawn from a layout and from what is to be marked in it.

import { Card } from './card.js';
import { Dots } from './dots.js';
import { dragToScroll } from './dragging.js';
import { drawEdges } from './edges.js';
import { html, set, svg } from './element.js';
import { Lanes } from './lanes.js';
import { layout, neighbour } from './layout.js';
import { picture } from './picture.js';
import { printable } from './printable.js';
import { Scale } from './scale.js';
import { Sight } from './sight.js';

/**
 * What is marked in a diagram: all by dot.
 *
 * @typedef {object} Marks
 * @property {string|null} selected
 * @property {string|null} other
 * @property {(event: object) => 'past'|'future'|'concurrent'|null} part how an event relates to the selected one
 * @property {(event: object) => boolean} lit whether an event is in the conflict that was chosen
 * @property {(event: object) => boolean} found whether a search has found it
 * @property {(event: object) => boolean} current whether it is the one of those found that is looked at
 * @property {(event: object) => boolean} doubtful whether timestamps order it against the selected one, though concurrent
 * @property {(event: object) => boolean} single whether the execution beside has no such event
 * @property {boolean} lamport whether timestamps are written beside the dots
 */

/** A diagram in an element of the page. Tells its listener what the user does with it. */
export class Diagram {
  #scale = new Scale();
  #laidOut = layout([]);
  #lanes = new Lanes();
  #cursor = null;
  #listener;
  #dots;
  #following = false;
  #card;
  #hovered = null;
  #wasDragged;

  /** @param {{choose: Function, hover: Function, edge: Function, away: Function, moved: Function}} listener */
  constructor(host, listener, prefix = 'event') {
    this.#listener = listener;
    this.#dots = new Dots(this.#scale, prefix);
    this.edges = svg('g', { class: 'edges', 'aria-hidden': 'true' });
    this.svg = svg('svg', { role: 'presentation' }, this.#lanes.lines, this.edges, this.#dots.element);
    this.board = html(
      'div',
      {
        class: 'board',
        tabindex: '0',
        role: 'listbox',
        'aria-label': 'Events. Arrow keys go along a process and between processes, Enter asks about an event, Shift Enter compares',
      },
      this.svg,
    );
    this.scroller = html('div', { class: 'scroller' }, this.#lanes.names, this.board);
    this.sight = new Sight(this.scroller, this.#lanes, this.#scale);
    host.append(this.scroller);
    this.#card = new Card(host);
    this.#listen();
  }

  #listen() {
    this.board.addEventListener('click', (click) => {
      if (!this.#wasDragged()) {
        const node = this.#nodeAt(click);
        this.#moveCursor(node ?? this.#cursor);
        this.#listener.choose(node?.dot ?? null, click.shiftKey);
      }
    });
    this.board.addEventListener('pointermove', (move) => this.#hover(this.#nodeAt(move)));
    this.board.addEventListener('pointerleave', () => this.#hover(null));
    this.board.addEventListener('keydown', (press) => this.#press(press));
    this.board.addEventListener('focus', () => {
      // A click focuses too, and must find the dots where they were.
      if (this.board.matches(':focus-visible')) {
        this.#moveCursor(this.#cursorNode() ?? this.#firstInView());
      }
    });
    this.scroller.addEventListener('scroll', () => this.#scrolled(), { passive: true });
    this.scroller.addEventListener('wheel', (wheel) => this.#wheel(wheel), { passive: false });
    this.#wasDragged = dragToScroll(this.board, this.scroller);
  }

  #wheel(wheel) {
    if (wheel.ctrlKey) {
      wheel.preventDefault();
      this.#listener.zoom(Math.exp(-wheel.deltaY / 300));
    } else if (wheel.deltaX === 0 && this.scroller.scrollHeight <= this.scroller.clientHeight) {
      const left = this.scroller.scrollLeft;
      this.scroller.scrollLeft += wheel.deltaY;
      if (this.scroller.scrollLeft !== left) {
        wheel.preventDefault();
      }
    }
  }

  /** Shows the same part of its width as another diagram. */
  scrollLike({ scroller }) {
    if (scroller !== this.scroller) {
      const part = scroller.scrollLeft / Math.max(1, scroller.scrollWidth - scroller.clientWidth);
      const left = Math.round(part * (this.scroller.scrollWidth - this.scroller.clientWidth));
      if (Math.abs(left - this.scroller.scrollLeft) > 2) {
        this.scroller.scrollLeft = left;
      }
    }
  }

  #scrolled() {
    this.sight.measure();
    this.#leaveWhatMoved();
    this.#listener.moved();
    if (this.scroller.matches(':hover, :focus-within')) {
      this.#listener.scrolled(this);
    }
    const { scrollLeft, scrollWidth, clientWidth } = this.scroller;
    const right = scrollWidth - clientWidth - scrollLeft;
    if (this.#following && right > 60) {
      this.#listener.away();
    } else if (scrollLeft < 60 && scrollWidth > clientWidth) {
      this.#listener.edge('back');
    } else if (right < 60) {
      this.#listener.edge('forward');
    }
  }

  #press(press) {
    const direction = { ArrowLeft: 'left', ArrowRight: 'right', ArrowUp: 'up', ArrowDown: 'down' }[press.key];
    const node = this.#cursorNode() ?? this.#firstInView();
    if (press.altKey || press.ctrlKey || press.metaKey || !node) {
      return;
    }
    if (direction) {
      this.#moveCursor(neighbour(this.#laidOut, node, direction));
    } else if (press.key === 'Enter' || press.key === ' ') {
      this.#listener.choose(node.dot, press.shiftKey);
    } else {
      return;
    }
    press.preventDefault();
    press.stopPropagation();
  }

  #cursorNode() {
    return this.#cursor ? this.#laidOut.byDot.get(this.#cursor.dot) : undefined;
  }

  #firstInView() {
    const { scrollLeft } = this.scroller;
    const later = this.#laidOut.nodes.filter((node) => this.#scale.x(node) >= scrollLeft);
    return later.sort((a, b) => a.column - b.column)[0] ?? this.#laidOut.nodes[0] ?? null;
  }

  #moveCursor(node) {
    this.#cursor = node;
    this.#dots.showCursor(node);
    if (node) {
      set(this.board, 'aria-activedescendant', this.#dots.id(node));
      this.sight.reveal(node.dot, false);
      this.#listener.hover(node.event);
    }
  }

  #nodeAt({ clientX, clientY }) {
    const box = this.svg.getBoundingClientRect();
    return this.#scale.meant(this.#laidOut.nodes, clientX - box.left, clientY - box.top);
  }

  #hover(node) {
    this.board.classList.toggle('pointing', node !== null);
    this.#hovered = node && { dot: node.dot, ...this.#placeOf(node) };
    if (node === null) {
      this.#card.hide();
    } else {
      this.#card.show(node, this.#hovered.x, this.#hovered.y);
    }
  }

  /** Where a node stands in the browser's window. */
  #placeOf(node) {
    const { left, top } = this.svg.getBoundingClientRect();
    return { x: this.#scale.x(node) + left, y: this.#scale.y(node) + top };
  }

  /** The card goes when what it tells of is not where it was. */
  #leaveWhatMoved() {
    if (this.#hovered !== null) {
      const node = this.#laidOut.byDot.get(this.#hovered.dot);
      const place = node && this.#placeOf(node);
      if (!place || Math.hypot(place.x - this.#hovered.x, place.y - this.#hovered.y) > 1) {
        this.#hover(null);
      }
    }
  }

  /** Draws a layout. What was in view stays where it was, or the newest is, while the diagram follows. */
  draw(laidOut, { columnWidth, marks, following }) {
    const anchor = following ? null : this.#anchor();
    this.#laidOut = this.sight.laidOut = laidOut;
    this.#lanes.name(laidOut);
    this.sight.measure();
    this.#scale.fitColumns(laidOut.columns, this.sight.room, columnWidth);
    this.#scale.fitLanes(laidOut.lanes.length, this.scroller.clientHeight);
    this.#following = following;
    const width = this.#scale.width(laidOut.columns);
    const height = laidOut.lanes.length * this.#scale.laneHeight + 6;
    set(this.svg, 'width', Math.max(width, 1));
    set(this.svg, 'height', height);
    this.#lanes.draw(this.#scale, width);
    this.#dots.draw(laidOut.nodes, marks, this.#cursor);
    drawEdges(this.edges, laidOut.edges, this.#scale, marks);
    if (following) {
      this.sight.scrollTo(width);
    } else if (anchor && laidOut.byDot.has(anchor.dot)) {
      this.sight.scrollTo(this.#scale.x(laidOut.byDot.get(anchor.dot)) - anchor.offset);
    }
    this.#leaveWhatMoved();
  }

  #anchor() {
    const { scrollLeft, clientWidth } = this.scroller;
    const nearest = this.#scale.nearest(this.#laidOut.nodes, scrollLeft + clientWidth / 2);
    return nearest && { dot: nearest.dot, offset: this.#scale.x(nearest) - scrollLeft };
  }

  /** The width of a column, in pixels. */
  get columnWidth() {
    return this.#scale.columnWidth;
  }

  /** Goes to the beginning, for a file that is read from there. */
  toBeginning() {
    this.scroller.scrollLeft = 0;
  }

  /** The event in the middle of what is seen, or null. */
  middle() {
    const anchor = this.#anchor();
    return anchor && this.#laidOut.byDot.get(anchor.dot).event;
  }

  /** The diagram as a file of its own. */
  asFile() {
    return picture(this.svg, this.#laidOut.lanes.map((process, lane) => ({ name: printable(process, 60), y: this.#scale.laneY(lane) - 10 })));
  }
}
