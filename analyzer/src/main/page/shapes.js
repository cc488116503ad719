// The shapes of dots and edges.

/** The shapes: what they say does not depend on colour. */
export const SHAPES = {
  event: 'M-6 0a6 6 0 1 0 12 0a6 6 0 1 0-12 0Z',
  past: 'M-8 0 6-7.5V7.5Z',
  future: 'M8 0-6-7.5V7.5Z',
  concurrent: 'M0-8.5 8.5 0 0 8.5-8.5 0Z',
  selected: 'M-8 0a8 8 0 1 0 16 0a8 8 0 1 0-16 0Z',
};

/** The same shapes with room for the number of events that they stand for. */
export const WIDE_SHAPES = {
  event: 'M-7-8H7a8 8 0 0 1 0 16H-7a8 8 0 0 1 0-16Z',
  past: 'M-18 0-9-9H13V9H-9Z',
  future: 'M18 0 9-9H-13V9H9Z',
  concurrent: 'M-17 0-9-9H9L17 0 9 9H-9Z',
  selected: 'M-7-9H7a9 9 0 0 1 0 18H-7a9 9 0 0 1 0-18Z',
};

/** A straight line, or a curve where a straight one would go through the place of a dot in between. */
export function way(columns, lanes, x, y) {
  const common = (a, b) => (b === 0 ? a : common(b, a % b));
  return common(columns, Math.abs(lanes)) > 1 ? `c${x * 0.45} ${y * 0.1} ${x * 0.8} ${y * 0.6} ${x} ${y}` : `l${x} ${y}`;
}
