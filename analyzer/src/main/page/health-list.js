// Health at a glance: processes, lag, anomalies, dead letters.

import { html } from './element.js';
import { byNameAndNumber } from './layout.js';
import { foreign, nothing, time } from './parts.js';
import { counted, grouped } from './printable.js';

const SILENT_MS = 60_000; // behind the process that published last: so long, and a process is called silent

/** The state of the log's processes and of the analyzer. */
export class HealthList {
  #app;

  constructor(app) {
    this.#app = app;
    this.element = html('div', { class: 'health' });
  }

  async show() {
    const { source } = this.#app;
    try {
      const [{ processes }, anomalies, letters, summary] = await Promise.all([
        source.processes(),
        source.anomalies({ limit: 20 }),
        source.deadLetters({ limit: 20 }),
        source.summary(),
      ]);
      this.element.replaceChildren(
        ...[
          source.live && this.#analyzer(summary),
          this.#processes(processes),
          records('Anomalies', 'a record that cannot be true', anomalies.anomalies, anomalies.counts, 'kind'),
          source.live && records('Dead letters', 'a record that could not be decoded', letters.deadLetters, letters.counts, 'reason'),
          source.skippedLines > 0 && html('p', {}, `${counted(source.skippedLines, 'line')} of the file skipped.`),
        ].filter(Boolean),
      );
    } catch (refusal) {
      this.element.replaceChildren(nothing(refusal.message));
    }
  }

  #analyzer({ ready, unreadyBecause, lag, openTransactions, events, scope, sources }) {
    return html(
      'section',
      {},
      html('h3', {}, 'Analyzer'),
      html('p', {}, ready ? '✓ Ready' : ['✗ Not ready: ', foreign(unreadyBecause ?? 'no reason given', 2_000)]),
      openTransactions.map(({ sentence }) => sentence !== unreadyBecause && html('p', {}, foreign(sentence, 2_000))),
      html('p', {}, `Scope ${String(scope).toLowerCase()}, ${counted(lag, 'record')} behind the log.`),
      sources.map(({ sentence }) => sentence && html('p', {}, foreign(sentence, 500))),
      events.seen > events.held &&
        html(
          'p',
          {},
          `It holds the newest ${grouped(events.held)} of ${grouped(events.seen)} events; --reader-events ${events.limit} is its bound.`,
        ),
    );
  }

  #processes(processes) {
    const { live } = this.#app.source;
    const newest = Math.max(...processes.map(({ lastAt }) => (lastAt ? Date.parse(lastAt) : 0)));
    const titles = ['process', 'events', 'first', 'last', live && 'published'].filter(Boolean);
    return html(
      'section',
      {},
      html(
        'table',
        { class: 'clocks' },
        html('caption', {}, counted(processes.length, 'process')),
        html('thead', {}, html('tr', {}, titles.map((title) => html('th', { scope: 'col' }, title)))),
        html(
          'tbody',
          {},
          processes
            .toSorted((a, b) => byNameAndNumber(a.process, b.process))
            .slice(0, 200)
            .map(({ process, events, first, last, clock, lastAt }) =>
              html(
                'tr',
                { title: `clock ${JSON.stringify(clock).slice(0, 500)}` },
                html('th', { scope: 'row' }, foreign(process, 40)),
                [events, first, last].map((count) => html('td', {}, grouped(count))),
                live && html('td', {}, newest - Date.parse(lastAt) < SILENT_MS ? 'live' : ['silent, ', time(lastAt)]),
              ),
            ),
        ),
      ),
      readingNothing(processes),
    );
  }
}

/** Who knew of nobody, which makes many concurrent pairs; said only where there are others to know of. */
function readingNothing(processes) {
  const deaf = processes.filter(({ readsNothing }) => readsNothing).map(({ process }) => process);
  return (
    deaf.length > 0 &&
    processes.length > 1 &&
    html(
      'p',
      { class: 'hint' },
      `${counted(deaf.length, 'process')} read nothing: `,
      foreign(deaf.join(', '), 300),
      '. The last event of each knew of no other process, so it is concurrent with all that did not read it. Let each merge the clocks of what it reads.',
    )
  );
}

function records(title, meaning, found, counts, name) {
  const total = Object.values(counts).reduce((sum, count) => sum + count, 0);
  return html(
    'section',
    {},
    html('h3', {}, `${title}: ${total === 0 ? 'none' : grouped(total)}`),
    total > 0 && html('p', { class: 'hint' }, `Each is ${meaning}. The newest first:`),
    total > 0 &&
      html(
        'p',
        {},
        Object.entries(counts).map(([kind, count]) => html('span', { class: 'tag' }, foreign(kind, 40), ` ${grouped(count)}`)),
      ),
    html(
      'ol',
      { class: 'records' },
      found.map((record) =>
        html('li', { class: 'found' }, html('span', { class: 'tag' }, foreign(record[name], 40)), ' ', foreign(record.sentence ?? '', 400)),
      ),
    ),
  );
}
