// One entry of the list of conflicts: a group of records, or a record, with what proves it.

import { missing, writtenRuns } from './conflict-record.js';
import { html } from './element.js';
import { runSentence, writtenDot } from './order.js';
import { dotLink, dotLinks, foreign, shape, time } from './parts.js';
import { counted, grouped, writtenRun } from './printable.js';

const MOST_RECORDS = 30; // listed of a group
const TEXT_LENGTH = 60;

/** A group: its two ranges, how many pairs, texts, key, topic and age; if it is open, its records too. */
export function groupItem(app, group, { open, chosen, topics, name, onopen }) {
  const [newest] = group.records;
  return html(
    'li',
    { class: open ? 'conflict open' : 'conflict' },
    html(
      'button',
      { type: 'button', class: 'row', 'data-name': name, 'aria-expanded': String(open), onclick: onopen },
      shape('concurrent'),
      html('span', { class: 'sides' }, foreign(writtenRun(group.a), 60), ' ∥ ', foreign(writtenRun(group.b), 60)),
      html('span', { class: 'pairs' }, counted(group.pairs, 'pair')),
      texts(newest, group),
      about(newest, topics),
    ),
    open && group.records.length > 1 && recordsOf(app, group.records, chosen),
    open && chosen !== null && group.records.some(({ id }) => id === chosen.id) && proof(app, chosen),
  );
}

/** A record that tells what its event resolved. */
export function resolvedItem(app, conflict, { chosen, topics }) {
  return html(
    'li',
    { class: chosen ? 'conflict open' : 'conflict' },
    html(
      'button',
      { type: 'button', class: 'row', 'aria-expanded': String(chosen), onclick: () => app.actions.light(conflict) },
      shape('event'),
      html('span', { class: 'sides' }, foreign(dotOf(conflict), 60), ' resolves ', foreign(conflict.resolves.join(', '), 120)),
      html('span', { class: 'pairs' }, 'resolved'),
      about(conflict, topics),
    ),
    chosen && proof(app, conflict),
  );
}

function dotOf({ event }) {
  return writtenDot(event.process, event.counter);
}

/** What the newest event of a group says, and what one says that is concurrent with it. */
function texts(conflict, { a, b }) {
  const other = [a, b].find(({ process }) => process !== conflict.event.process).process;
  const run = conflict.runs.find(({ process }) => process === other);
  const said = [dotOf(conflict), writtenDot(other, run.lastCounter)].map((dot) => conflict.texts?.[dot]).filter(Boolean);
  return (
    said.length > 0 &&
    html('span', { class: 'says' }, said.map((text, index) => [index > 0 && ' ∥ ', '“', foreign(text, TEXT_LENGTH), '”']))
  );
}

/** Key, topic, age, and whether it is all there is. */
function about({ key, event, at, complete }, topics) {
  const parts = [
    key !== null && ['key ', foreign(key, 40)],
    topics > 1 && event.topic && ['topic ', foreign(event.topic, 60)],
    at && time(at),
    !complete && 'incomplete',
  ].filter(Boolean);
  return parts.length > 0 && html('span', { class: 'aside' }, parts.map((part, index) => [index > 0 && ' · ', part]));
}

function recordsOf(app, all, chosen) {
  return html(
    'ol',
    { class: 'of-group' },
    all.slice(0, MOST_RECORDS).map((conflict) =>
      html(
        'li',
        {},
        html(
          'button',
          {
            type: 'button',
            class: 'link dot-link',
            'aria-pressed': String(chosen?.id === conflict.id),
            onclick: () => app.actions.light(conflict),
          },
          foreign(dotOf(conflict), 60),
          ' ∥ ',
          foreign(writtenRuns(conflict), 120),
        ),
      ),
    ),
    all.length > MOST_RECORDS && html('li', { class: 'aside' }, `and ${counted(all.length - MOST_RECORDS, 'older record')}`),
  );
}

/** Why it is a conflict: a sentence for each run. */
function proof(app, conflict) {
  return html(
    'div',
    { class: 'proof' },
    conflict.runs.slice(0, 50).map((run) =>
      html(
        'p',
        {},
        dotLink(app, writtenDot(run.process, run.lastCounter)),
        run.length > 1 && html('span', { class: 'aside' }, ` and ${grouped(run.length - 1)} before it`),
        html('br'),
        foreign(runSentence(conflict.event, run), 400),
      ),
    ),
    conflict.runs.length > 50 && html('p', {}, `… and ${grouped(conflict.runs.length - 50)} more runs`),
    conflict.siblings?.length > 0 && html('p', {}, 'Siblings of the key after it: ', dotLinks(app, conflict.siblings)),
    conflict.resolves?.length > 0 && html('p', {}, 'It had seen, and so resolves, ', dotLinks(app, conflict.resolves)),
    !conflict.complete && html('p', {}, missing(conflict)),
  );
}
