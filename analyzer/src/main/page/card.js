// What is told of the dot that the pointer is at.

import { html } from './element.js';
import { grouped, printable } from './printable.js';

const GAP = 16; // between dot and card, in pixels

/** A card within an element. */
export class Card {
  #host;

  constructor(host) {
    this.#host = host;
    this.element = html('div', { class: 'card', hidden: true, 'aria-hidden': 'true' });
    host.append(this.element);
  }

  hide() {
    this.element.hidden = true;
  }

  /** Tells of a node, beside a place in the window. */
  show({ event, events }, x, y) {
    const { element } = this;
    element.replaceChildren(
      html('strong', {}, html('bdi', {}, printable(event.dot, 60))),
      ...(events.length > 1 ? [` and ${grouped(events.length - 1)} more without communication`] : []),
      html('span', {}, html('bdi', {}, printable(event.payload ?? '', 140))),
    );
    element.hidden = false;
    const outer = this.#host.getBoundingClientRect();
    const left = Math.min(x - outer.left + GAP, outer.width - element.offsetWidth - GAP);
    const below = y - outer.top + GAP;
    const fits = below + element.offsetHeight <= outer.height;
    element.style.left = `${Math.max(0, left)}px`;
    element.style.top = `${fits ? below : below - 2 * GAP - element.offsetHeight}px`;
  }
}
