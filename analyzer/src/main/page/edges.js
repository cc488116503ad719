// The edges of a diagram: from each event to the next that knew of it; dashed where the way leads through hidden events.

import { set, svg } from './element.js';
import { way } from './shapes.js';

/**
 * Draws edges as the children of an element.
 *
 * @param {import('./diagram.js').Marks} marks
 */
export function drawEdges(element, edges, scale, marks) {
  while (element.children.length > edges.length) {
    element.lastChild.remove();
  }
  while (element.children.length < edges.length) {
    element.append(svg('path'));
  }
  edges.forEach(({ from, to, indirect }, index) => {
    const path = element.children[index];
    const [x1, y1, x2, y2] = [scale.x(from), scale.y(from), scale.x(to), scale.y(to)];
    set(path, 'd', `M${x1} ${y1}${way(to.column - from.column, to.lane - from.lane, x2 - x1, y2 - y1)}`);
    set(path, 'class', `${kind(from, to, marks)}${indirect ? ' indirect' : ''}`);
  });
}

/** Whether an edge leads through the past of the selected event, or its future. */
export function kind(from, to, marks) {
  const partOf = ({ event }) => (event.dot === marks.selected ? 'selected' : marks.part(event));
  const [first, last] = [partOf(from), partOf(to)];
  if (first === 'past' && (last === 'past' || last === 'selected')) {
    return 'past';
  }
  if (last === 'future' && (first === 'future' || first === 'selected')) {
    return 'future';
  }
  return marks.selected ? 'faint' : '';
}
