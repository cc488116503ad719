// The top line: what is looked at, whether it is live, and its numbers.

import { byId, html } from './element.js';
import { counted, grouped, printable } from './printable.js';

const RATE_MS = 5000; // over which events are counted

const SINGULAR = {
  events: 'event',
  processes: 'process',
  'concurrent pairs': 'concurrent pair',
  conflicts: 'conflict',
  anomalies: 'anomaly',
  'events per second': 'event per second',
};

/** Name, connection and figures. */
export class TopLine {
  #app;
  #connected = true;
  #summary = null;
  #rate = { since: performance.now(), events: 0, shown: 0 };

  constructor(app) {
    this.#app = app;
    const { name } = app.source;
    byId('subject').textContent = name === null ? '' : printable(name, 80);
    document.title = name === null ? 'Antichain' : `${printable(name, 60)} – Antichain`;
  }

  /** Counts an event for the rate. */
  count() {
    this.#rate.events++;
  }

  set connected(connected) {
    this.#connected = connected;
    this.show();
  }

  set summary(summary) {
    this.#summary = summary;
    this.show();
  }

  show() {
    this.#showConnection();
    if (this.#summary !== null) {
      this.#showFigures(this.#summary);
    }
  }

  #showConnection() {
    const { source, following } = this.#app;
    const element = byId('connection');
    if (!source.live) {
      element.textContent = '';
      return;
    }
    const said = following ? 'Live' : 'Paused';
    element.className = !this.#connected ? 'off' : following ? 'on' : 'held';
    element.textContent = this.#connected ? said : 'Connection lost, trying again …';
  }

  get #eventsPerSecond() {
    const { since, events } = this.#rate;
    const tookMs = performance.now() - since;
    if (tookMs > RATE_MS) {
      this.#rate = { since: performance.now(), events: 0, shown: Math.round((events * 1000) / tookMs) };
    }
    return this.#rate.shown;
  }

  #showFigures({ events, conflicts, processes, anomalies }) {
    const doubts = Object.values(anomalies).reduce((sum, count) => sum + count, 0);
    const figures = [
      ['events', events.held],
      ['processes', processes],
      ['concurrent pairs', conflicts.pairs],
      ['conflicts', conflicts.held],
      ...(doubts > 0 ? [['anomalies', doubts]] : []),
      ...(this.#app.source.live ? [['events per second', this.#eventsPerSecond]] : []),
    ];
    byId('figures').replaceChildren(
      ...figures.map(([name, count]) =>
        html(
          'div',
          {},
          html('dt', {}, count === 1 ? SINGULAR[name] : name),
          html('dd', { 'data-figure': name }, grouped(count)),
        ),
      ),
    );
  }
}
