// The space-time diagram as SVG: drawn from a layout and from what is to be marked in it.

import { Card } from './card.js';
import { dragToScroll } from './dragging.js';
import { html, set, svg } from './element.js';
import { neighbour } from './layout.js';
import { picture } from './picture.js';
import { printable } from './printable.js';
import { SHAPES, WIDE_SHAPES, way } from './shapes.js';
import { ZOOM } from './state.js';

const LANE_HEIGHT = { least: 46, most: 92 }; // in pixels, as the lanes fill what height there is
const MARGIN = 28;
const REACH = 22; // how far from a dot a click still means it, in pixels
const LABELLED_FROM = 100; // the least width of a column in which texts stand beside dots, in pixels
const LETTER_WIDTH = 6.8;
const WIDEST_FITTED = 92; // the greatest width of a column that is chosen by itself, in pixels

/**
 * What is marked in a diagram: all by dot.
 *
 * @typedef {object} Marks
 * @property {string|null} selected
 * @property {string|null} other
 * @property {(event: object) => 'past'|'future'|'concurrent'|null} part how an event relates to the selected one
 * @property {(event: object) => boolean} lit whether an event is in the conflict that was chosen
 * @property {(event: object) => boolean} found whether a search has found it
 * @property {(event: object) => boolean} doubtful whether timestamps order it against the selected one, though concurrent
 * @property {(event: object) => boolean} single whether the execution beside has no such event
 * @property {boolean} lamport whether timestamps are written beside the dots
 */

/** A diagram in an element of the page. Tells its listener what the user does with it. */
export class Diagram {
  #drawn = new Map();
  #laidOut = { lanes: [], nodes: [], edges: [], byDot: new Map(), columns: 0 };
  #columnWidth = 34;
  #laneHeight = LANE_HEIGHT.least;
  #cursor = null;
  #listener;
  #prefix;
  #following = false;
  #card;
  #wasDragged;

  /** @param {{choose: Function, hover: Function, edge: Function, away: Function, key: Function}} listener */
  constructor(host, listener, prefix = 'event') {
    this.#listener = listener;
    this.#prefix = prefix;
    this.names = html('ol', { class: 'lane-names', 'aria-hidden': 'true' });
    this.lanes = svg('g', { class: 'lanes', 'aria-hidden': 'true' });
    this.edges = svg('g', { class: 'edges', 'aria-hidden': 'true' });
    this.dots = svg('g', { class: 'dots', role: 'presentation' });
    this.svg = svg('svg', { role: 'presentation' }, this.lanes, this.edges, this.dots);
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
    this.scroller = html('div', { class: 'scroller' }, this.names, this.board);
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
    const later = this.#laidOut.nodes.filter((node) => this.#x(node) >= scrollLeft);
    return later.sort((a, b) => a.column - b.column)[0] ?? this.#laidOut.nodes[0] ?? null;
  }

  #moveCursor(node) {
    this.#cursor = node;
    for (const { group } of this.#drawn.values()) {
      group.classList.toggle('cursor', node !== null && group.dataset.dot === node?.dot);
    }
    if (node) {
      set(this.board, 'aria-activedescendant', this.#id(node));
      this.reveal(node.dot, false);
      this.#listener.hover(node.event);
    }
  }

  #id(node) {
    return `${this.#prefix}-${node.event.seq}`;
  }

  #x(node) {
    return MARGIN + node.column * this.#columnWidth;
  }

  #y(node) {
    return this.#laneY(node.lane);
  }

  #laneY(lane) {
    return (lane + 0.5) * this.#laneHeight;
  }

  /** Lanes as high as there is room for all of them, within bounds. */
  #fitLanes() {
    const room = (this.scroller.clientHeight - 26) / Math.max(1, this.#laidOut.lanes.length);
    this.#laneHeight = Math.max(LANE_HEIGHT.least, Math.min(LANE_HEIGHT.most, Math.floor(room)));
    this.names.style.setProperty('--lane-height', `${this.#laneHeight}px`);
  }

  /** Columns as wide as there is room for all of them, within bounds. */
  #fittedColumns() {
    const room = this.scroller.clientWidth - this.names.offsetWidth - 2 * MARGIN;
    return Math.max(ZOOM.usual, Math.min(WIDEST_FITTED, Math.floor(room / Math.max(1, this.#laidOut.columns - 1))));
  }

  #nodeAt({ clientX, clientY }) {
    const box = this.svg.getBoundingClientRect();
    let nearest = null;
    let least = REACH;
    for (const node of this.#laidOut.nodes) {
      const distance = Math.hypot(this.#x(node) - clientX + box.left, this.#y(node) - clientY + box.top);
      if (distance < least) {
        least = distance;
        nearest = node;
      }
    }
    return nearest;
  }

  #hover(node) {
    this.board.classList.toggle('pointing', node !== null);
    if (node === null) {
      this.#card.hide();
    } else {
      const box = this.svg.getBoundingClientRect();
      this.#card.show(node, this.#x(node) + box.left, this.#y(node) + box.top);
    }
  }

  /** Draws a layout. What was in view stays where it was, or the newest is, while the diagram follows. */
  draw(laidOut, { columnWidth, marks, following }) {
    const anchor = following ? null : this.#anchor();
    this.#laidOut = laidOut;
    this.#nameLanes();
    this.#columnWidth = columnWidth ?? this.#fittedColumns();
    this.#following = following;
    const width = 2 * MARGIN + Math.max(0, laidOut.columns - 1) * this.#columnWidth;
    this.#fitLanes();
    const height = laidOut.lanes.length * this.#laneHeight + 6;
    set(this.svg, 'width', Math.max(width, 1));
    set(this.svg, 'height', height);
    this.#drawLanes(width);
    this.#drawDots(marks);
    this.#drawEdges(marks);
    if (following) {
      this.scroller.scrollLeft = width + this.names.offsetWidth;
    } else if (anchor && laidOut.byDot.has(anchor.dot)) {
      this.scroller.scrollLeft = this.#x(laidOut.byDot.get(anchor.dot)) - anchor.offset;
    }
  }

  #anchor() {
    const { scrollLeft, clientWidth } = this.scroller;
    const middle = scrollLeft + clientWidth / 2;
    let nearest = null;
    for (const node of this.#laidOut.nodes) {
      if (!nearest || Math.abs(this.#x(node) - middle) < Math.abs(this.#x(nearest) - middle)) {
        nearest = node;
      }
    }
    return nearest && { dot: nearest.dot, offset: this.#x(nearest) - scrollLeft };
  }

  #nameLanes() {
    const key = this.#laidOut.lanes.join('\n');
    if (this.names.dataset.key !== key) {
      this.names.dataset.key = key;
      this.names.replaceChildren(
        ...this.#laidOut.lanes.map((process) =>
          html('li', { title: printable(process) }, html('bdi', {}, printable(process, 60))),
        ),
      );
      this.lanes.replaceChildren(...this.#laidOut.lanes.map(() => svg('line', { x1: 0 })));
    }
  }

  #drawLanes(width) {
    [...this.lanes.children].forEach((line, lane) => {
      set(line, 'x2', width);
      set(line, 'y1', this.#laneY(lane));
      set(line, 'y2', this.#laneY(lane));
    });
  }

  #drawDots(marks) {
    const gone = new Set(this.#drawn.keys());
    for (const node of this.#laidOut.nodes) {
      gone.delete(node.dot);
      const drawn = this.#drawn.get(node.dot) ?? this.#freshDot(node);
      this.#drawDot(drawn, node, marks);
    }
    for (const dot of gone) {
      this.#drawn.get(dot).group.remove();
      this.#drawn.delete(dot);
    }
  }

  #freshDot(node) {
    const shape = svg('path');
    const above = svg('text', { 'aria-hidden': 'true' });
    const below = svg('text', { y: 21, 'aria-hidden': 'true' });
    const group = svg('g', { id: this.#id(node), role: 'option', 'data-dot': node.dot }, shape, above, below);
    this.dots.append(group);
    const drawn = { group, shape, above, below };
    this.#drawn.set(node.dot, drawn);
    return drawn;
  }

  #drawDot({ group, shape, above, below }, node, marks) {
    const { event, events } = node;
    const is = (test) => events.some(test);
    const chosen = is(({ dot }) => dot === marks.selected) ? 'selected' : is(({ dot }) => dot === marks.other) ? 'other' : '';
    const part = chosen === 'selected' ? null : marks.part(event);
    const classes = [
      'dot',
      part,
      chosen,
      is(marks.lit) && 'lit',
      is(marks.found) && 'found',
      is(marks.doubtful) && 'doubtful',
      is(marks.single) && 'single',
      events.length > 1 && 'stretch',
      this.#cursor?.dot === node.dot && 'cursor',
    ].filter(Boolean);
    set(group, 'class', classes.join(' '));
    set(group, 'transform', `translate(${this.#x(node)} ${this.#y(node)})`);
    set(group, 'aria-selected', chosen === 'selected');
    set(group, 'aria-label', this.#spoken(node, part, marks));
    const stretch = events.length > 1;
    set(shape, 'd', (stretch ? WIDE_SHAPES : SHAPES)[chosen === 'selected' ? 'selected' : (part ?? 'event')]);
    set(above, 'y', stretch ? 4 : -13);
    write(above, events.length > 1 ? `${events.length}` : marks.lamport ? `${event.lamport}` : '');
    write(below, this.#columnWidth >= LABELLED_FROM && events.length === 1 ? this.#label(event) : '');
  }

  #label(event) {
    return printable(event.payload ?? '', Math.floor((this.#columnWidth - 12) / LETTER_WIDTH));
  }

  #spoken({ event, events }, part, marks) {
    return [
      events.length > 1 ? `${events.length} events from ${printable(event.dot, 60)}` : printable(event.dot, 60),
      part && `, ${part}`,
      marks.lamport && `, Lamport ${event.lamport}`,
      `: ${printable(event.payload ?? '', 80)}`,
    ]
      .filter(Boolean)
      .join('');
  }

  #drawEdges(marks) {
    const { edges } = this.#laidOut;
    while (this.edges.children.length > edges.length) {
      this.edges.lastChild.remove();
    }
    while (this.edges.children.length < edges.length) {
      this.edges.append(svg('path'));
    }
    const partOf = ({ event }) => (event.dot === marks.selected ? 'selected' : marks.part(event));
    edges.forEach(({ from, to }, index) => {
      const path = this.edges.children[index];
      const [x1, y1, x2, y2] = [this.#x(from), this.#y(from), this.#x(to), this.#y(to)];
      set(path, 'd', `M${x1} ${y1}${way(to.column - from.column, to.lane - from.lane, x2 - x1, y2 - y1)}`);
      const [first, last] = [partOf(from), partOf(to)];
      const inPast = first === 'past' && (last === 'past' || last === 'selected');
      const inFuture = last === 'future' && (first === 'future' || first === 'selected');
      set(path, 'class', inPast ? 'past' : inFuture ? 'future' : marks.selected ? 'faint' : '');
    });
  }

  /** Brings a dot into view, at the middle where it was not. */
  reveal(dot, middle = true) {
    const node = this.#laidOut.byDot.get(dot);
    if (!node) {
      return;
    }
    const { scrollLeft, clientWidth, scrollTop, clientHeight } = this.scroller;
    const namesWidth = this.names.offsetWidth;
    const x = this.#x(node) + namesWidth;
    if (x < scrollLeft + namesWidth + 40 || x > scrollLeft + clientWidth - 40) {
      this.scroller.scrollLeft = middle ? x - (clientWidth + namesWidth) / 2 : x < scrollLeft + namesWidth + 40 ? x - namesWidth - 80 : x - clientWidth + 80;
    }
    const y = this.#y(node);
    if (y < scrollTop + 20 || y > scrollTop + clientHeight - 30) {
      this.scroller.scrollTop = y - clientHeight / 2;
    }
  }

  /** The width of a column, in pixels. */
  get columnWidth() {
    return this.#columnWidth;
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
    return picture(this.svg, this.#laidOut.lanes.map((process, lane) => ({ name: printable(process, 60), y: this.#laneY(lane) - 10 })));
  }
}

function write(element, text) {
  if (element.textContent !== text) {
    element.textContent = text;
  }
}
