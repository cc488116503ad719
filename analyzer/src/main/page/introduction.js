// What stands beside the diagram until something is asked.

import { html } from './element.js';
import { shape } from './parts.js';

/** How to read the diagram. */
export function introduction() {
  return [
    html('h3', {}, 'How to read the diagram'),
    html(
      'p',
      {},
      'Each horizontal line is a process, each dot a message that it published. A line from one dot to another, further right, says that the second knew of the first. What you reach from a dot by going right, along rows and lines, knew of it. Two dots that no such way connects are concurrent: neither could have known of the other.',
    ),
    html('h3', {}, 'Ask it'),
    html(
      'ul',
      {},
      html('li', {}, 'Click a dot: its ', shape('past'), ' past, its ', shape('future'), ' future and what is ', shape('concurrent'), ' concurrent with it.'),
      html('li', {}, 'Click a second dot: how the two relate, and the clock entries that prove it.'),
      html('li', {}, 'Choose a conflict from the list: its events light up in the diagram.'),
    ),
    html('h3', {}, 'By keyboard'),
    html(
      'dl',
      { class: 'keys' },
      [
        ['← → ↑ ↓', 'from dot to dot'],
        ['Enter', 'ask about it; with Shift, compare'],
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
