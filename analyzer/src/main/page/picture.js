// The diagram as a picture that stands alone.

import { svg } from './element.js';

/** An SVG file of a drawing with the names of its lanes, in the colours that it has on the page. */
export function picture(drawing, lanes) {
  const copy = drawing.cloneNode(true);
  inlineStyles(drawing, copy);
  const { color } = getComputedStyle(document.body);
  copy.append(...lanes.map(({ name, y }) => svg('text', { x: 4, y, fill: color }, name)));
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  copy.setAttribute('font-family', 'system-ui, sans-serif');
  copy.setAttribute('font-size', '11');
  return new XMLSerializer().serializeToString(copy);
}

/** Writes what the style sheet says of the original into attributes of the copy. */
function inlineStyles(original, copy) {
  const names = ['fill', 'stroke', 'stroke-width', 'stroke-dasharray', 'opacity', 'text-anchor'];
  const originals = original.querySelectorAll('*');
  const copies = copy.querySelectorAll('*');
  originals.forEach((element, index) => {
    const style = getComputedStyle(element);
    names.forEach((name) => copies[index].setAttribute(name, style.getPropertyValue(name)));
    ['id', 'role', 'aria-label', 'aria-selected', 'class'].forEach((name) => copies[index].removeAttribute(name));
  });
}
