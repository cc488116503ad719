// Elements of the page. Texts become text nodes and attributes, never markup.

const SVG = 'http://www.w3.org/2000/svg';

/**
 * An HTML element. An attribute that is true stands without a value, one that is null, undefined or false not at all; a
 * name that begins with "on" is an event and its listener. Children that are null or false are left out.
 */
export function html(name, attributes = {}, ...children) {
  return filled(document.createElement(name), attributes, children);
}

/** An SVG element; otherwise as {@link html}. */
export function svg(name, attributes = {}, ...children) {
  return filled(document.createElementNS(SVG, name), attributes, children);
}

function filled(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith('on')) {
      element.addEventListener(name.slice(2), value);
    } else if (value !== null && value !== undefined && value !== false) {
      element.setAttribute(name, value === true ? '' : value);
    }
  }
  element.append(...children.flat(2).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/** Gives an element other children; the focus stays on the button or field that says the same, or has the same name. */
export function refill(host, ...children) {
  const focused = host.contains(document.activeElement) ? nameOf(document.activeElement) : null;
  host.replaceChildren(...children);
  if (focused !== null) {
    [...host.querySelectorAll('button, input')].find((one) => nameOf(one) === focused)?.focus({ preventScroll: true });
  }
}

function nameOf(element) {
  return element.dataset.name ?? element.getAttribute('aria-label') ?? element.textContent;
}

/** Sets an attribute only where it differs: the browser then has nothing to do. */
export function set(element, name, value) {
  if (element.getAttribute(name) !== String(value)) {
    element.setAttribute(name, value);
  }
}

/** The element of the page with this id. */
export function byId(id) {
  return document.getElementById(id);
}
