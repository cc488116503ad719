// What the page tells of the event that is asked about, and of its relation to a second one.

import { html } from './element.js';
import { entry } from './order.js';
import { introduction } from './introduction.js';
import { byNameAndNumber } from './layout.js';
import { dotLink, dotLinks, foreign, shape, time } from './parts.js';
import { counted, grouped, writtenRun } from './printable.js';
import { rawRecord } from './raw-record.js';

const MOST_ROWS = 200;

const PARTS = {
  past: ['past', 'it knew'],
  concurrent: ['concurrent', 'neither knew'],
  future: ['future', 'knew of it'],
};

/** The details, or how to read the diagram where no event is chosen. */
export class EventDetails {
  #app;
  #opened = null;

  constructor(app) {
    this.#app = app;
    this.element = html('div', { class: 'details' });
  }

  async show() {
    const { selected, other, relation } = this.#app.asked;
    if (this.#opened?.dot !== selected?.dot) {
      this.#opened = null;
    }
    this.element.replaceChildren(...(selected ? this.#details(selected, other, relation) : introduction(this.#app)));
  }

  #details(event, other, relation) {
    return [
      html(
        'h3',
        {},
        shape('selected'),
        foreign(event.dot, 80),
        html('button', { type: 'button', class: 'quiet', onclick: () => this.#app.actions.clear() }, 'Clear'),
      ),
      html('p', { class: 'payload' }, foreign(event.payload, 2000), event.payloadCut && ' (cut)'),
      this.#parts(event),
      relation
        ? this.#relation(event, other, relation)
        : html('p', { class: 'hint' }, 'Click a second dot to compare the two.'),
      this.#app.state.lamport && this.#lamport(event),
      clocks(event, other, relation),
      this.#facts(event),
      rawRecord(this.#app, event),
    ].filter(Boolean);
  }

  #parts(event) {
    return html(
      'div',
      { class: 'parts' },
      Object.entries(PARTS).map(([part, [name, meaning]]) =>
        html(
          'button',
          {
            type: 'button',
            class: `part ${part}`,
            'aria-expanded': String(this.#opened?.part === part),
            onclick: () => this.#open(event, part),
          },
          shape(part),
          html('strong', {}, grouped(event[part])),
          html('span', {}, name),
          html('small', {}, meaning),
        ),
      ),
      this.#opened && this.#runs(),
    );
  }

  async #open(event, part) {
    if (this.#opened?.part === part) {
      this.#opened = null;
    } else {
      await this.#app.attempt(async () => {
        const { runs, next } = await this.#app.source.part(event.dot, part, { limit: 200 });
        this.#opened = { dot: event.dot, part, runs, more: next !== undefined && next !== null };
      });
    }
    await this.show();
  }

  #runs() {
    const { runs, part, more } = this.#opened;
    return html(
      'ul',
      { class: 'runs', 'aria-label': PARTS[part][0] },
      runs.length === 0 && html('li', {}, 'No event.'),
      runs.map((run) =>
        html(
          'li',
          {},
          foreign(writtenRun(run), 80),
          html('span', { class: 'aside' }, run.length > 1 ? ` ${grouped(run.length)} events, ` : ' '),
          dotLink(this.#app, `${run.process}:${part === 'future' ? run.first : run.last}`),
        ),
      ),
      more && html('li', {}, '… and more'),
    );
  }

  #relation(event, other, { order, sentence }) {
    const words = {
      EQUAL: ['selected', 'the same event'],
      BEFORE: ['future', 'happened before'],
      AFTER: ['past', 'happened after'],
      CONCURRENT: ['concurrent', 'is concurrent with'],
    };
    const [part, verb] = words[order] ?? ['event', 'and'];
    return html(
      'div',
      { class: `relation ${part}`, role: 'status' },
      html('p', { class: 'verdict' }, foreign(event.dot, 60), ` ${verb} `, shape(part), dotLink(this.#app, other.dot)),
      html('p', {}, foreign(sentence, 600)),
    );
  }

  #lamport(event) {
    const { concurrent, doubtful } = this.#app.doubtsInSight();
    return html(
      'p',
      { class: 'lesson' },
      `Its Lamport timestamp is ${grouped(event.lamport)}. `,
      concurrent === 0
        ? 'No event in sight is concurrent with it.'
        : `Of the ${counted(concurrent, 'event')} in sight that ${concurrent === 1 ? 'is' : 'are'} concurrent with it, timestamps put ${grouped(doubtful)} before or after it (struck out). ` +
            'That proves nothing: only the vector clocks tell that neither knew the other.',
    );
  }

  #facts(event) {
    const facts = [
      ['Directly after', event.covers?.length > 0 ? dotLinks(this.#app, event.covers.slice(0, 20)) : 'nothing: it is a first event'],
      ['Directly before', event.coveredBy?.length > 0 ? dotLinks(this.#app, event.coveredBy.slice(0, 20)) : 'nothing yet'],
      ['Key', event.key !== null && event.key !== undefined && this.#key(event.key)],
      ['Causal depth', `${grouped(event.depth)}, the length of the longest path to it`],
      ['Lamport', grouped(event.lamport)],
      ['Place', event.topic && foreign(`${event.topic}-${event.partition}, offset ${event.offset}`, 120)],
      ['Published', event.publishedAt && time(event.publishedAt)],
      ...Object.entries(event.fields ?? {}).map(([name, value]) => [
        foreign(name, 40),
        foreign(typeof value === 'string' ? value : JSON.stringify(value), 200),
      ]),
    ];
    return html(
      'dl',
      { class: 'facts' },
      facts.filter(([, value]) => value).map(([name, value]) => [html('dt', {}, name), html('dd', {}, value)]),
    );
  }

  #key(key) {
    return html(
      'button',
      { type: 'button', class: 'link', onclick: () => this.#app.change({ tab: 'keys', key }) },
      foreign(key, 80),
    );
  }
}

/** The clocks of one event or two, side by side, with the entries marked that prove their relation. */
function clocks(event, other, relation) {
  const events = [event, other].filter((one) => one?.clock);
  if (events.length === 0) {
    return html('p', { class: 'hint' }, 'It has no vector clock, so it stands outside of the order.');
  }
  const isWitness = (dot, process) => relation?.witness.some((one) => one.dot === dot && one.process === process);
  const processes = [...new Set(events.flatMap(({ clock }) => Object.keys(clock)))].sort(byNameAndNumber);
  (relation?.witness ?? []).forEach(({ process }) => !processes.includes(process) && processes.unshift(process));
  const proving = (process) => events.some(({ dot }) => isWitness(dot, process));
  const rows = [...processes.filter(proving), ...processes.filter((process) => !proving(process))].slice(0, MOST_ROWS);
  return html(
    'table',
    { class: 'clocks' },
    html('caption', {}, events.length > 1 ? 'Vector clocks: how many events each knew of each process' : 'Vector clock: how many events it knew of each process'),
    html(
      'thead',
      {},
      html(
        'tr',
        {},
        html('th', { scope: 'col' }, 'process'),
        events.map(({ dot }) => html('th', { scope: 'col' }, foreign(dot, 30))),
      ),
    ),
    html(
      'tbody',
      {},
      rows.map((process) =>
        html(
          'tr',
          {},
          html('th', { scope: 'row' }, foreign(process, 40)),
          events.map(({ dot, clock }) =>
            html(
              'td',
              isWitness(dot, process) ? { class: 'witness' } : {},
              grouped(entry(clock, process)),
              isWitness(dot, process) && html('span', { class: 'proves' }, ' proves it'),
            ),
          ),
        ),
      ),
    ),
    processes.length > MOST_ROWS &&
      html('tfoot', {}, html('tr', {}, html('td', { colspan: events.length + 1 }, `and ${grouped(processes.length - MOST_ROWS)} more`))),
  );
}
