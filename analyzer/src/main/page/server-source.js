// Answers the page's questions from the analyzer that served it.

import { Refusal } from './local-source.js';

/** Parameters as the query API takes them: absent and empty ones are left out, lists repeat their name. */
function asParameters(parameters) {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one !== undefined && one !== null && one !== '') {
        search.append(name, one);
      }
    }
  }
  return search.size > 0 ? `?${search}` : '';
}

const RECONNECT_MS = 3000;

const JSON_BODY = { 'Content-Type': 'application/json' };

const segment = encodeURIComponent;

/** The analyzer's query API. Every question may end in a {@link Refusal}, whose message is a sentence. */
export class ServerSource {
  live = true;
  name = null;
  skippedLines = 0;

  #ask(path, parameters = {}) {
    return this.#answer(`${path}${asParameters(parameters)}`, { headers: { Accept: 'application/json' } });
  }

  async #answer(path, request) {
    let response;
    try {
      response = await fetch(path, request);
    } catch {
      throw new Refusal(0, 'The analyzer does not answer. The page asks again as soon as it does.');
    }
    if (!response.ok) {
      const problem = await response.json().catch(() => ({}));
      throw new Refusal(response.status, problem.detail ?? problem.title ?? `The analyzer answered ${response.status}.`);
    }
    return response.json();
  }

  events(parameters) {
    return this.#ask('events', parameters);
  }

  overview(parameters) {
    return this.#ask('overview', parameters);
  }

  event(dot) {
    return this.#ask(`events/${segment(dot)}`);
  }

  record(dot) {
    return this.#ask(`events/${segment(dot)}/record`);
  }

  part(dot, part, parameters) {
    return this.#ask(`events/${segment(dot)}/${part}`, parameters);
  }

  relation(a, b) {
    return this.#ask('relation', { a, b });
  }

  conflicts(parameters) {
    return this.#ask('conflicts', parameters);
  }

  keys(parameters) {
    return this.#ask('keys', parameters);
  }

  key(key) {
    return this.#ask(`keys/${segment(key)}`);
  }

  nodes() {
    return this.#ask('nodes');
  }

  /** Has a node of a demo do something: messages, pause, resume. */
  tellNode(node, what, body = {}) {
    return this.#answer(`nodes/${node}/${what}`, { method: 'POST', headers: JSON_BODY, body: JSON.stringify(body) });
  }

  runScenario(name) {
    return this.#answer(`scenarios/${segment(name)}`, { method: 'POST', headers: JSON_BODY, body: '{}' });
  }

  processes() {
    return this.#ask('processes');
  }

  anomalies(parameters) {
    return this.#ask('anomalies', parameters);
  }

  deadLetters(parameters) {
    return this.#ask('dead-letters', parameters);
  }

  summary() {
    return this.#ask('summary');
  }

  /**
   * Tells a listener what happens, beginning after a seq, until the function that is returned is called. The browser
   * connects again by itself, and says what it had; where it has given up, as after a refusal, this does.
   *
   * @param {{event: Function, conflict: Function, summary: Function, lost: Function, connected: Function}} listener
   */
  follow(listener, after) {
    let last = after;
    let stream;
    let again;
    const connect = () => {
      stream = new EventSource(`stream${asParameters({ after: last })}`);
      for (const kind of ['event', 'conflict', 'summary', 'lost']) {
        stream.addEventListener(kind, (message) => {
          const told = JSON.parse(message.data);
          last = kind === 'event' ? told.seq : last;
          listener[kind](told);
        });
      }
      stream.addEventListener('open', () => listener.connected(true));
      stream.addEventListener('error', () => {
        listener.connected(false);
        if (stream.readyState === EventSource.CLOSED) {
          again = setTimeout(connect, RECONNECT_MS);
        }
      });
    };
    connect();
    return () => {
      clearTimeout(again);
      stream.close();
    };
  }
}
