// What the page shows, written into the address, so that every state has a link.

/**
 * @typedef {object} State
 * @property {string|null} at the dot that the window stands around; null: now
 * @property {string|null} select the event that is asked about
 * @property {string|null} other the event that it is compared with
 * @property {string|null} conflict the conflict whose runs are lit, by id
 * @property {string|null} key the key that is looked at
 * @property {string} tab which list stands beside the diagram
 * @property {string} search the search as it was typed
 * @property {boolean} exact whether a search tells capitals from small letters
 * @property {{process: string, key: string, text: string, status: string}} filter of the list of conflicts
 * @property {'time'|'size'} sort what the list of conflicts is sorted by
 * @property {string[]} hide processes without a lane
 * @property {boolean} fold whether stretches without communication are folded
 * @property {boolean} lamport whether Lamport timestamps are shown
 * @property {number|null} zoom the width of a column in pixels; null: as there is room, but no less than usual
 * @property {string|null} execution the execution shown, where there are several
 * @property {string|null} beside the execution that stands beside it
 */

export const TABS = ['conflicts', 'event', 'search', 'keys', 'health', 'try'];
export const ZOOM = { least: 10, usual: 34, most: 200 };

/** What is shown on the first visit. @type {State} */
export const INITIAL = Object.freeze({
  at: null,
  select: null,
  other: null,
  conflict: null,
  key: null,
  tab: 'conflicts',
  search: '',
  exact: false,
  filter: Object.freeze({ process: '', key: '', text: '', status: '' }),
  sort: 'time',
  hide: Object.freeze([]),
  fold: false,
  lamport: false,
  zoom: null,
  execution: null,
  beside: null,
});

const FLAGS = ['exact', 'fold', 'lamport'];
const TEXTS = ['at', 'select', 'other', 'conflict', 'key', 'execution', 'beside'];

/** The state as the part of an address after '#'; what is as on the first visit is left out. */
export function written(state) {
  const parameters = new URLSearchParams();
  TEXTS.filter((name) => state[name] !== null).forEach((name) => parameters.set(name, state[name]));
  if (state.tab !== INITIAL.tab) {
    parameters.set('tab', state.tab);
  }
  if (state.search !== '') {
    parameters.set('search', state.search);
  }
  if (state.sort !== INITIAL.sort) {
    parameters.set('sort', state.sort);
  }
  Object.keys(INITIAL.filter)
    .filter((name) => state.filter[name] !== '')
    .forEach((name) => parameters.set(`filter.${name}`, state.filter[name]));
  state.hide.forEach((process) => parameters.append('hide', process));
  FLAGS.filter((name) => state[name]).forEach((name) => parameters.set(name, '1'));
  if (state.zoom !== INITIAL.zoom) {
    parameters.set('zoom', String(Math.round(state.zoom)));
  }
  return parameters.toString();
}

/** The state that an address tells; what it does not tell, or tells wrongly, is as on the first visit. @returns {State} */
export function parsed(hash) {
  const parameters = new URLSearchParams(hash.replace(/^#/, ''));
  const state = { ...INITIAL, filter: { ...INITIAL.filter }, hide: parameters.getAll('hide') };
  TEXTS.filter((name) => parameters.get(name)).forEach((name) => (state[name] = parameters.get(name)));
  if (TABS.includes(parameters.get('tab'))) {
    state.tab = parameters.get('tab');
  }
  state.search = parameters.get('search') ?? '';
  Object.keys(INITIAL.filter).forEach((name) => (state.filter[name] = parameters.get(`filter.${name}`) ?? ''));
  FLAGS.forEach((name) => (state[name] = parameters.get(name) === '1'));
  state.sort = parameters.get('sort') === 'size' ? 'size' : INITIAL.sort;
  const zoom = Number(parameters.get('zoom') ?? Number.NaN);
  state.zoom = Number.isFinite(zoom) ? Math.min(ZOOM.most, Math.max(ZOOM.least, zoom)) : INITIAL.zoom;
  return state;
}
