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
      html('span', { class: 'pairs' }, pairsOf(group)),
      texts(newest, group),
      about(newest, topics),
    ),
    open && group.records.length > 1 && recordsOf(app, group, chosen),
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

/** How many pairs of the two ranges are concurrent; of how many, where that is not all. With a key, others lie between. */
function pairsOf({ a, b, key, pairs }) {
  const all = (a.last - a.first + 1) * (b.last - b.first + 1);
  return key === null && pairs < all ? `${grouped(pairs)} of ${counted(all, 'pair')}` : counted(pairs, 'pair');
}

/** The run of a record that stands in a group: that of the process that its event is not of. */
function runIn({ event, runs }, { a, b }) {
  const other = [a, b].find(({ process }) => process !== event.process).process;
  return runs.find(({ process }) => process === other);
}

/** What the newest event of a group says, and what one says that is concurrent with it, in the order of the group's ranges. */
function texts(conflict, group) {
  const run = runIn(conflict, group);
  const dots = [dotOf(conflict), writtenDot(run.process, run.lastCounter)];
  const ordered = group.a.process === conflict.event.process ? dots : dots.reverse();
  const said = ordered.map((dot) => conflict.texts?.[dot]).filter(Boolean);
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

function recordsOf(app, group, chosen) {
  const all = group.records;
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
          foreign(writtenRuns([runIn(conflict, group)]), 120),
        ),
        others(conflict, group),
      ),
    ),
    all.length > MOST_RECORDS && html('li', { class: 'aside' }, `and ${counted(all.length - MOST_RECORDS, 'older record')}`),
  );
}

/** With how many events of further processes the event of a record is concurrent too. */
function others(conflict, group) {
  const count = conflict.pairs - runIn(conflict, group).length;
  return count > 0 && html('span', { class: 'aside' }, ` and ${counted(count, 'event')} of others`);
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
