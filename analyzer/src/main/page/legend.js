// What the marks of the diagram mean, as far as there are any.

import { html } from './element.js';
import { shape, stretchShape, wayShape } from './parts.js';

/** What there is to explain now: names of marks, with blanks between. */
export function legendKey({ asked: { selected, conflict }, beside, stage, state }) {
  return [
    selected !== null ? 'asking' : beside !== null ? 'comparing' : 'looking',
    selected !== null && conflict !== null && 'lit',
    'way',
    stage.laidOut.edges.some(({ indirect }) => indirect) && 'indirect',
    state.fold && 'stretch',
    state.lamport && 'lamport',
    state.lamport && selected !== null && 'doubtful',
  ]
    .filter(Boolean)
    .join(' ');
}

/** Each mark that a key names, with what it means. */
export function legend({ actions }, key) {
  const entry = (drawn, text) => html('li', {}, drawn, html('span', {}, text));
  const number = (name) => html(name, {}, '7');
  const meanings = {
    asking: () => [
      entry(shape('selected'), 'selected'),
      entry(shape('past'), 'its past: it knew these'),
      entry(shape('concurrent'), 'concurrent: neither knew'),
      entry(shape('future'), 'its future: these knew it'),
    ],
    looking: () => [entry(shape('event'), 'a message; what it knew lies to its left'), entry(shape('concurrent'), 'in a conflict: click it to see with which')],
    comparing: () => [
      entry(shape('event'), 'event of both executions'),
      entry(shape('single'), 'of this one alone: the other has none of this process with this text'),
    ],
    lit: () => [entry(shape('lit'), 'in the conflict')],
    indirect: () => [entry(wayShape('indirect'), 'the same, through what is hidden')],
    stretch: () => [entry(stretchShape(3), 'so many in a row without communication')],
    lamport: () => [entry(number('strong'), 'at a dot: its Lamport timestamp')],
    doubtful: () => [entry(number('s'), 'misleading: it orders what is concurrent')],
    way: () => [entry(wayShape(''), 'the right one knew the left one')],
  };
  return html(
    'ul',
    {},
    key.split(' ').flatMap((name) => meanings[name]()),
    html('li', {}, html('button', { type: 'button', class: 'link', onclick: () => actions.explain() }, 'How to read this')),
  );
}
