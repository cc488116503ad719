// The lists beside the diagram, one of which is shown.

import { byId, html } from './element.js';
import { TABS } from './state.js';

const TITLES = { conflicts: 'Conflicts', event: 'Event', search: 'Search', keys: 'Keys', health: 'Health', try: 'Try it' };

/** The tabs, and the list of the one that is chosen. */
export class Tabs {
  #app;

  constructor(app) {
    this.#app = app;
    const tabs = byId('tabs');
    tabs.replaceChildren(
      ...TABS.map((tab) =>
        html(
          'button',
          { type: 'button', role: 'tab', id: `tab-${tab}`, 'aria-controls': 'panel', onclick: () => app.change({ tab }) },
          TITLES[tab],
        ),
      ),
    );
    byId('tab-try').hidden = true;
    tabs.addEventListener('keydown', (press) => this.#press(press));
  }

  /** Offers what can be done with nodes, where nodes are known. */
  async offerNodes() {
    byId('tab-try').hidden = (await this.#app.source.nodes()).nodes.length === 0;
  }

  #press(press) {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[press.key];
    if (step) {
      const shown = TABS.filter((one) => !byId(`tab-${one}`).hidden);
      const tab = shown.at((shown.indexOf(this.#app.state.tab) + step) % shown.length);
      this.#app.change({ tab });
      byId(`tab-${tab}`).focus();
      press.stopPropagation();
    }
  }

  /** Shows the list that the state names. */
  async show() {
    const { lists, state } = this.#app;
    for (const tab of TABS) {
      const button = byId(`tab-${tab}`);
      button.setAttribute('aria-selected', tab === state.tab);
      button.tabIndex = tab === state.tab ? 0 : -1;
    }
    const { element } = lists[state.tab];
    const panel = byId('panel');
    if (panel.firstElementChild !== element) {
      panel.replaceChildren(element);
      panel.setAttribute('aria-labelledby', `tab-${state.tab}`);
      panel.scrollTop = 0;
    }
    await lists[state.tab].show(state);
  }
}
