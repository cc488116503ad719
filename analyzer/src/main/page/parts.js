// Small parts that several lists of the page are made of.

import { html, svg } from './element.js';
import { writtenDot } from './order.js';
import { grouped, printable, span } from './printable.js';
import { SHAPES, WIDE_SHAPES } from './shapes.js';

/** A text from outside, isolated from the text around it. */
export function foreign(text, most) {
  return html('bdi', {}, printable(text ?? '', most));
}

/** One of the diagram's shapes within a text. */
export function shape(part) {
  return svg(
    'svg',
    { class: `shape ${part}`, viewBox: '-11 -11 22 22', width: 14, height: 14, 'aria-hidden': 'true' },
    svg('path', { d: SHAPES[part] ?? SHAPES.event }),
  );
}

/** A stretch of so many events within a text. */
export function stretchShape(events) {
  return svg(
    'svg',
    { class: 'shape stretch', viewBox: '-18 -11 36 22', width: 26, height: 16, 'aria-hidden': 'true' },
    svg('path', { d: WIDE_SHAPES.event }),
    svg('text', { y: 4 }, `${events}`),
  );
}

/** A way between two events within a text. */
export function wayShape(kind) {
  return svg(
    'svg',
    { class: 'shape edges', viewBox: '0 0 26 14', width: 26, height: 14, 'aria-hidden': 'true' },
    svg('path', { class: kind, d: 'M1 2 25 12' }),
  );
}

/** A dot that leads to its event. */
export function dotLink(app, dot) {
  return html(
    'button',
    { type: 'button', class: 'link dot-link', onclick: (click) => (click.shiftKey ? app.actions.compare(dot) : app.actions.ask(dot)) },
    foreign(dot, 60),
  );
}

/** The dots of events as the records have them, as links with commas between. */
export function dotLinks(app, refs) {
  return refs.flatMap((ref, index) => [
    index > 0 && ', ',
    dotLink(app, typeof ref === 'string' ? ref : writtenDot(ref.process, ref.counter)),
  ]);
}

/** A button that fetches more of a list. */
export function moreButton(count, what, onclick) {
  return count > 0 && html('button', { type: 'button', class: 'more', onclick }, `${grouped(count)} ${what} …`);
}

const EXACT = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' });

/** A time as how long ago it was; exact, and as it was written, on hover. */
export function time(written) {
  const at = new Date(written);
  const exact = `${EXACT.format(at)} local time, ${written}`;
  return html('time', { datetime: written, title: printable(exact) }, `${span(Date.now() - at)} ago`);
}

/** A field of a form, with its label. */
export function labelled(label, control) {
  return html('label', {}, html('span', {}, label), control);
}

/** What stands where there is nothing to list. */
export function nothing(...sentences) {
  return html('p', { class: 'empty' }, ...sentences.map((sentence) => foreign(sentence, 600)));
}
