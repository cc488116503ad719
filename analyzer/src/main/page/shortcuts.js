// What keys do wherever the focus is, but in a field.

import { byId } from './element.js';

/** Listens for the keys of the page. */
export function listenToKeys(actions) {
  const byKey = {
    p: () => actions.toggleFollowing(),
    '+': () => actions.zoom(1.4),
    '=': () => actions.zoom(1.4),
    '-': () => actions.zoom(1 / 1.4),
    c: () => actions.nextConflict(),
    '/': () => byId('search-text').focus(),
    PageUp: () => actions.page('back'),
    PageDown: () => actions.page('forward'),
    Home: () => actions.toOldest(),
    End: () => actions.toNewest(),
  };
  document.addEventListener('keydown', (press) => {
    if (press.key === 'Escape') {
      actions.clear();
      return;
    }
    const typing = press.target.closest('input, select, textarea');
    const scrolling = press.key.length > 1 && press.target.closest('#panel');
    if (byKey[press.key] && !typing && !scrolling && !press.altKey && !press.ctrlKey && !press.metaKey) {
      press.preventDefault();
      byKey[press.key]();
    }
  });
}
