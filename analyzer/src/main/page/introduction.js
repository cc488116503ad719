// What stands beside the diagram until something is asked.

import { html } from './element.js';
import { shape } from './parts.js';

/** How to read the diagram. */
export function introduction(app) {
  return [
    html('h3', {}, 'How to read the diagram'),
    html(
      'p',
      {},
      'Each horizontal line is a process, each dot a message that it published. A line from one dot to another, further right, says that the second knew the first; a dashed one, that it did so through messages that are hidden. Whatever a path to the right leads to, along rows and lines, knew the dot that it starts from. Two dots that no such path connects are concurrent: neither could have known the other. This is written a ∥ b, and such messages are marked ',
      shape('concurrent'),
      '.',
    ),
    html('p', {}, html('button', { type: 'button', onclick: () => app.tour.begin() }, 'Take the tour')),
    html('h3', {}, 'Ask it'),
    html(
      'ul',
      {},
      html('li', {}, 'Click a dot: its ', shape('past'), ' past, its ', shape('future'), ' future and what is ', shape('concurrent'), ' concurrent with it.'),
      html('li', {}, 'Click a second dot: how the two relate, and the clock entries that prove it.'),
      html('li', {}, 'Choose a conflict from the list: its message and all that it is concurrent with light up in the diagram, and a sentence says why. What lies outside has a count at the edge.'),
      html('li', {}, html('strong', {}, 'Lamport'), ' writes timestamps at the dots. They order concurrent messages too, which proves nothing; click a dot to see which.'),
      html('li', {}, 'The strip above the diagram is the whole history: drag along it; its lower bars are messages in a conflict.'),
    ),
    html('h3', {}, 'By keyboard'),
    html(
      'dl',
      { class: 'keys' },
      [
        ['← → ↑ ↓', 'from dot to dot'],
        ['Enter', 'select it; with Shift, compare'],
        ['Esc', 'clear'],
        ['Page ↑ ↓, Home, End', 'through the history'],
        ['P', 'pause, or follow'],
        ['+ −', 'zoom'],
        ['C', 'next conflict'],
        ['/', 'search'],
      ].map(([key, meaning]) => [html('dt', {}, html('kbd', {}, key)), html('dd', {}, meaning)]),
    ),
  ];
}
