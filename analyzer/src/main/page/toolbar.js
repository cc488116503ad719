// The controls above the diagram.

import { asGraphviz, asNdjson, asShiviz } from './export.js';
import { html } from './element.js';
import { byNameAndNumber } from './layout.js';
import { foreign } from './parts.js';
import { grouped } from './printable.js';
import { ZOOM } from './state.js';

const MOST_EXPORTED = 200000;

/** Following, history, zoom, what is shown, and exports. */
export class Toolbar {
  #app;
  #processes = '';

  constructor(app, host) {
    this.#app = app;
    const button = (attributes, ...children) => html('button', { type: 'button', ...attributes }, ...children);
    const live = app.source.live;
    this.follow = button({ class: 'follow', onclick: () => app.actions.toggleFollowing() });
    this.oldest = button({ 'aria-label': 'Oldest', title: 'Oldest events (Home)', onclick: () => app.actions.toOldest() }, '⇤');
    this.back = button({ class: 'count', title: 'Earlier (Page Up)', onclick: () => app.actions.page('back') });
    this.forward = button({ class: 'count', title: 'Later (Page Down)', onclick: () => app.actions.page('forward') });
    this.newest = button({ 'aria-label': live ? 'Now' : 'Last', title: live ? 'Now (End)' : 'Last events (End)', onclick: () => app.actions.toNewest() }, '⇥');
    this.fold = button({ 'aria-pressed': 'false', title: 'Draw stretches without communication as one dot', onclick: () => app.change({ fold: !app.state.fold }) }, 'Collapse');
    this.lamport = button({ 'aria-pressed': 'false', title: 'Write Lamport timestamps beside the dots', onclick: () => app.change({ lamport: !app.state.lamport }) }, 'Lamport');
    this.list = html('div', { class: 'menu' });
    this.processes = menu('Processes', this.list);
    host.append(
      html('div', { class: 'group' }, live && this.follow, this.oldest, this.back, this.forward, this.newest),
      html(
        'div',
        { class: 'group' },
        button({ 'aria-label': 'Zoom out', title: 'Zoom out (−)', onclick: () => app.actions.zoom(1 / 1.4) }, '−'),
        button({ 'aria-label': 'Zoom in', title: 'Zoom in (+)', onclick: () => app.actions.zoom(1.4) }, '+'),
        this.fold,
        this.lamport,
        this.processes,
        menu('Export', this.#exports()),
        app.executions.length > 1 && menu('Executions', this.#executions()),
      ),
    );
  }

  #exports() {
    const formats = [
      ['ShiViz text', 'log', 'text/plain', asShiviz],
      ['ndjson', 'ndjson', 'application/x-ndjson', asNdjson],
      ['DOT for Graphviz', 'dot', 'text/vnd.graphviz', asGraphviz],
    ];
    const entry = (label, onclick) => html('button', { type: 'button', class: 'item', onclick }, label);
    return html(
      'div',
      { class: 'menu' },
      formats.map(([label, extension, type, format]) =>
        entry(label, async () => saved(`antichain.${extension}`, type, format(await this.#all()))),
      ),
      entry('SVG of the diagram', () => saved('antichain.svg', 'image/svg+xml', this.#app.stage.diagram.asFile())),
      html('small', {}, 'The whole history that is held; the SVG what is drawn.'),
    );
  }

  /** All events of the history, page by page. */
  async #all() {
    const all = [];
    while (all.length < MOST_EXPORTED) {
      const place = all.length === 0 ? { around: 0 } : { after: all.at(-1).seq };
      const { events, newer } = await this.#app.source.events({ limit: 1000, ...place });
      all.push(...events);
      this.#app.announce(`${grouped(all.length)} events read for the export`);
      if (newer === 0 || events.length === 0) {
        break;
      }
    }
    return all;
  }

  #executions() {
    const app = this.#app;
    const names = app.executions.map(({ name }) => name);
    const select = (label, name, none) =>
      html(
        'label',
        {},
        html('span', {}, label),
        html(
          'select',
          { onchange: (change) => app.change({ [name]: change.target.value || null, select: null, other: null, conflict: null, at: null }) },
          none && html('option', { value: '' }, none),
          names.map((one) => html('option', { value: one, selected: (app.state[name] ?? (none ? null : names[0])) === one }, one)),
        ),
      );
    return html('div', { class: 'menu' }, select('Shown', 'execution'), select('Beside it', 'beside', 'none'));
  }

  /** Shows how many events lie before and after those in sight. */
  showSight({ older, newer }) {
    this.back.replaceChildren(`‹ ${grouped(older)}`, html('span', {}, ' earlier'));
    this.back.disabled = this.oldest.disabled = older === 0;
    this.forward.replaceChildren(grouped(newer), html('span', {}, ' later'), ' ›');
    this.forward.disabled = newer === 0;
    this.newest.disabled = newer === 0;
  }

  /** Shows the state. */
  show(state, { processes, following }) {
    this.follow.textContent = following ? 'Pause' : 'Follow';
    this.follow.title = following ? 'Hold the diagram still (P)' : 'Go to now and follow (P)';
    this.fold.setAttribute('aria-pressed', state.fold);
    this.lamport.setAttribute('aria-pressed', state.lamport);
    this.#showProcesses(state, processes);
    [...this.zoomButtons()].forEach(([element, bound]) => (element.disabled = this.#app.stage.diagram.columnWidth === bound));
  }

  zoomButtons() {
    const [out, into] = this.fold.parentElement.querySelectorAll('button');
    return new Map([
      [out, ZOOM.least],
      [into, ZOOM.most],
    ]);
  }

  #showProcesses({ hide }, processes) {
    const key = JSON.stringify([hide, processes]);
    if (key === this.#processes) {
      return;
    }
    this.#processes = key;
    this.processes.querySelector('summary').textContent = hide.length === 0 ? 'Processes' : `Processes (${grouped(hide.length)} hidden)`;
    const app = this.#app;
    const focused = document.activeElement?.dataset?.process;
    this.list.replaceChildren(
      ...[...processes].sort(byNameAndNumber).map((process) =>
        html(
          'label',
          { class: 'check' },
          html('input', {
            type: 'checkbox',
            'data-process': process,
            checked: !hide.includes(process),
            onchange: (change) =>
              app.change({ hide: change.target.checked ? hide.filter((one) => one !== process) : [...hide, process] }),
          }),
          foreign(process, 60),
        ),
      ),
      html('button', { type: 'button', class: 'item', onclick: () => app.change({ hide: [] }) }, 'Show all'),
    );
    if (focused !== undefined) {
      [...this.list.querySelectorAll('input')].find((input) => input.dataset.process === focused)?.focus();
    }
  }
}

/** A button that opens a menu below it. */
function menu(label, content) {
  const details = html('details', { class: 'dropdown' }, html('summary', {}, label), content);
  details.addEventListener('keydown', (press) => {
    if (press.key === 'Escape' && details.open) {
      details.open = false;
      details.querySelector('summary').focus();
      press.stopPropagation();
    }
  });
  document.addEventListener('pointerdown', (down) => {
    if (!details.contains(down.target)) {
      details.open = false;
    }
  });
  return details;
}

/** Gives the user a file. */
function saved(name, type, text) {
  const url = URL.createObjectURL(new Blob([text], { type }));
  html('a', { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 10000);
}
