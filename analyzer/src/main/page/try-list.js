// The nodes of a demo and the buttons that drive them: so a conflict is made, and the clocks are seen to travel.

import { html, refill } from './element.js';
import { entry } from './order.js';
import { foreign, nothing } from './parts.js';
import { grouped, printable } from './printable.js';

const KEY = 'seat-1'; // of what is published here
const PATIENCE_MS = 30_000; // with the analyzer
const STEP_MS = 1_500; // for which a step of making a conflict can be looked at

/** The nodes with what each knows, and what can be done with them. */
export class TryList {
  #app;
  #said = '';
  #busy = false;

  constructor(app) {
    this.#app = app;
    this.element = html('div', {});
  }

  async show() {
    try {
      const { nodes, scenarios } = await this.#app.source.nodes();
      refill(this.element, ...this.#content(nodes, scenarios));
    } catch (refusal) {
      this.element.replaceChildren(nothing(refusal.message));
    }
  }

  #content(nodes, scenarios) {
    const action = (label, attributes, act) =>
      html('button', { type: 'button', 'aria-disabled': this.#busy && 'true', onclick: () => this.#do(act), ...attributes }, label);
    return [
      html('h3', {}, 'Make a conflict'),
      html(
        'p',
        {},
        'Two nodes are paused, so that neither hears of the other. Each publishes a message, then both go on. Neither message knew the other: they are concurrent.',
      ),
      action('Make a conflict', { class: 'primary' }, () => this.#apart(nodes)),
      html('p', { class: 'hint', role: 'status' }, foreign(this.#said, 600)),
      html('h3', {}, 'What each node knows'),
      html('p', { class: 'hint' }, 'A row for each node: how many messages of each node it knows.'),
      knowledge(nodes),
      html(
        'ul',
        { class: 'nodes' },
        nodes.map(({ process, paused }, index) =>
          html(
            'li',
            {},
            html('strong', {}, foreign(process, 40)),
            action('Publish', { 'aria-label': `Publish from ${printable(process, 40)}` }, () => this.#publish(index)),
            action(paused ? 'Resume' : 'Pause', { 'data-name': `pause ${index}`, title: paused ? 'Let it hear of the others again' : 'Let it hear of nothing' }, () => this.#pause(index, process, paused)),
          ),
        ),
      ),
      html('h3', {}, 'Run a scenario'),
      html(
        'ul',
        { class: 'scenarios' },
        scenarios.map(({ name, sentence }) => html('li', {}, action(foreign(name, 40), {}, () => this.#run(name)), html('span', { class: 'hint' }, foreign(sentence, 300)))),
      ),
    ];
  }

  /** Does something with the nodes; meanwhile nothing else, and what is refused is said. */
  async #do(act) {
    if (this.#busy) {
      return;
    }
    this.#busy = true;
    this.#said = 'Working …';
    await this.show();
    try {
      this.#said = await act();
    } catch (refusal) {
      this.#said = refusal.message;
    }
    this.#busy = false;
    await this.show();
  }

  async #publish(node) {
    await this.#app.actions.followNow();
    const { dot } = await this.#app.source.tellNode(node, 'messages', { payload: 'hello', key: KEY });
    return `${dot} was published.`;
  }

  async #pause(node, process, paused) {
    await this.#app.source.tellNode(node, paused ? 'resume' : 'pause');
    return paused ? `${process} hears of the others again.` : `${process} hears of nothing until it is resumed; it can publish all the same.`;
  }

  async #run(name) {
    await this.#app.actions.followNow();
    const { sentence } = await this.#app.source.runScenario(name);
    return `The scenario ${name} has run. ${sentence}`;
  }

  async #apart(nodes) {
    const { source, live, actions } = this.#app;
    const both = (what, body) => Promise.all([0, 1].map((node) => source.tellNode(node, what, body?.(node))));
    const [one, other] = nodes.map(({ process }) => process);
    let published;
    await actions.followNow();
    await both('pause');
    try {
      await this.#step(`${one} and ${other} are paused: neither hears of the other.`);
      published = await both('messages', (node) => ({ payload: `seats: ${node + 2}`, key: KEY }));
      await this.#step('Each has published a message, which it alone knows.');
    } finally {
      await both('resume');
    }
    const dots = published.map(({ dot }) => dot);
    const conflict = await live.conflictOf(dots, PATIENCE_MS);
    if (conflict === null) {
      return `${dots.join(' and ')} were published; the analyzer has not told of their conflict yet.`;
    }
    await actions.light(conflict, { stay: true });
    return `${dots.join(' ∥ ')}: ${one} and ${other} did not know of each other's message. Now that they are resumed, each hears of the other's.`;
  }

  /** Says what has been done, and gives it time to be looked at, with what the nodes know then. */
  async #step(said) {
    this.#said = said;
    await this.show();
    await new Promise((resolve) => setTimeout(resolve, STEP_MS));
  }
}

/** What each node knows: a row for each, a column for each. */
function knowledge(nodes) {
  const processes = nodes.map(({ process }) => process);
  return html(
    'table',
    { class: 'clocks' },
    html('thead', {}, html('tr', {}, html('th', { scope: 'col' }, 'knows of'), processes.map((process) => html('th', { scope: 'col' }, foreign(process, 20))))),
    html(
      'tbody',
      {},
      nodes.map(({ process, clock }) =>
        html(
          'tr',
          {},
          html('th', { scope: 'row' }, foreign(process, 20)),
          processes.map((other) => html('td', other === process ? { class: 'own' } : {}, grouped(entry(clock, other)))),
        ),
      ),
    ),
  );
}
