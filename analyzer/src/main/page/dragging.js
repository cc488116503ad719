// Scrolling by dragging with a mouse; fingers and pens scroll by themselves.

const LEAST = 5; // pixels: a click may shake

/** Lets an element be dragged within the one that scrolls it; returns what tells whether the last press was a drag. */
export function dragToScroll(board, scroller) {
  let dragged = false;
  let start = null;
  board.addEventListener('pointerdown', ({ pointerType, button, clientX, clientY }) => {
    dragged = false;
    if (pointerType === 'mouse' && button === 0) {
      start = { x: clientX, y: clientY, left: scroller.scrollLeft, top: scroller.scrollTop };
    }
  });
  window.addEventListener('pointermove', ({ clientX, clientY }) => {
    if (start !== null && (dragged || Math.hypot(clientX - start.x, clientY - start.y) > LEAST)) {
      dragged = true;
      scroller.scrollTo(start.left + start.x - clientX, start.top + start.y - clientY);
    }
  });
  window.addEventListener('pointerup', () => (start = null));
  return () => dragged;
}
