// The dots of a diagram: one for each event, or for a stretch of events that are folded into one.

import { set, svg } from './element.js';
import { printable } from './printable.js';
import { SHAPES, WIDE_SHAPES } from './shapes.js';

const LABELLED_FROM = 100; // the least width of a column in which texts stand beside dots, in pixels
const LETTER_WIDTH = 6.8;

/** Draws dots; an element stays that of its event from one drawing to the next. */
export class Dots {
  #drawn = new Map();
  #scale;
  #prefix;

  /** @param {string} prefix of the ids of the elements, so that two diagrams can stand in one page */
  constructor(scale, prefix) {
    this.#scale = scale;
    this.#prefix = prefix;
    this.element = svg('g', { class: 'dots', role: 'presentation' });
  }

  /** The id of a node's element. */
  id(node) {
    return `${this.#prefix}-${node.event.seq}`;
  }

  /** Shows where the keyboard is: at a node, or null. */
  showCursor(node) {
    for (const { group } of this.#drawn.values()) {
      group.classList.toggle('cursor', node !== null && group.dataset.dot === node?.dot);
    }
  }

  /** @param {import('./diagram.js').Marks} marks */
  draw(nodes, marks, cursor) {
    const gone = new Set(this.#drawn.keys());
    for (const node of nodes) {
      gone.delete(node.dot);
      const drawn = this.#drawn.get(node.dot) ?? this.#fresh(node);
      this.#drawDot(drawn, node, marks, cursor);
    }
    for (const dot of gone) {
      this.#drawn.get(dot).group.remove();
      this.#drawn.delete(dot);
    }
  }

  #fresh(node) {
    const shape = svg('path');
    const above = svg('text', { 'aria-hidden': 'true' });
    const below = svg('text', { y: 21, 'aria-hidden': 'true' });
    const group = svg('g', { id: this.id(node), role: 'option', 'data-dot': node.dot }, shape, above, below);
    this.element.append(group);
    const drawn = { group, shape, above, below };
    this.#drawn.set(node.dot, drawn);
    return drawn;
  }

  #drawDot({ group, shape, above, below }, node, marks, cursor) {
    const { event, events } = node;
    const is = (test) => events.some(test);
    const chosen = is(({ dot }) => dot === marks.selected) ? 'selected' : is(({ dot }) => dot === marks.other) ? 'other' : '';
    const part = chosen === 'selected' ? null : marks.part(event);
    const conflicting = marks.selected === null && is((one) => one.conflicting);
    const classes = [
      'dot',
      part,
      chosen,
      conflicting && 'conflicting',
      is(marks.lit) && 'lit',
      is(marks.found) && 'found',
      is(marks.current) && 'current',
      is(marks.doubtful) && 'doubtful',
      is(marks.single) && 'single',
      events.length > 1 && 'stretch',
      cursor?.dot === node.dot && 'cursor',
    ].filter(Boolean);
    set(group, 'class', classes.join(' '));
    set(group, 'transform', `translate(${this.#scale.x(node)} ${this.#scale.y(node)})`);
    set(group, 'aria-selected', chosen === 'selected');
    set(group, 'aria-label', spoken(node, part ?? (conflicting && 'in a conflict'), marks));
    const stretch = events.length > 1;
    set(shape, 'd', (stretch ? WIDE_SHAPES : SHAPES)[chosen === 'selected' ? 'selected' : (part ?? (conflicting ? 'concurrent' : 'event'))]);
    set(above, 'y', stretch ? 4 : -13);
    write(above, stretch ? `${events.length}` : marks.lamport ? `${event.lamport}` : '');
    write(below, this.#scale.columnWidth >= LABELLED_FROM && events.length === 1 ? this.#label(event) : '');
  }

  #label(event) {
    return printable(event.payload ?? '', Math.floor((this.#scale.columnWidth - 12) / LETTER_WIDTH));
  }
}

function spoken({ event, events }, part, marks) {
  return [
    events.length > 1 ? `${events.length} events from ${printable(event.dot, 60)}` : printable(event.dot, 60),
    part && `, ${part}`,
    marks.lamport && `, Lamport ${event.lamport}`,
    `: ${printable(event.payload ?? '', 80)}`,
  ]
    .filter(Boolean)
    .join('');
}

function write(element, text) {
  if (element.textContent !== text) {
    element.textContent = text;
  }
}
