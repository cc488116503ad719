// What the marks of the diagram mean, as far as there are any.

import { html } from './element.js';
import { shape } from './parts.js';

/** The meaning of what is drawn: rows and dots at first, then the shapes. */
export function legend({ asked: { selected, conflict }, beside, state }) {
  const entry = (part, text) => html('li', {}, shape(part), html('span', {}, text));
  if (selected !== null) {
    return html(
      'ul',
      {},
      entry('selected', 'asked about'),
      entry('past', 'its past: it knew these'),
      entry('concurrent', 'concurrent: neither knew'),
      entry('future', 'its future: these knew it'),
      conflict !== null && entry('lit', 'in the conflict'),
      state.lamport && html('li', {}, html('span', {}, 'dashed: ordered by timestamps alone')),
    );
  }
  if (beside !== null) {
    return html(
      'ul',
      {},
      entry('event', 'event of both executions'),
      entry('single', 'of this one alone: the other has none of this process with this text'),
    );
  }
  return html(
    'p',
    {},
    'Each row is a process, each dot a message; a line between dots: the right one knew of the left. ',
    html('strong', {}, 'Click a dot'),
    ' to ask about it.',
  );
}
