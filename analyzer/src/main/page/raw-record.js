// The record that an event was read from, as it stands in its topic or file.

import { html } from './element.js';
import { foreign, nothing } from './parts.js';

const MOST_TEXT = 20_000;

/** A button that shows the record of an event, and the record once it was asked for. */
export function rawRecord(app, event) {
  const shown = html('div', { class: 'raw', hidden: true });
  const button = html('button', { type: 'button', class: 'more', 'aria-expanded': 'false', onclick: toggle }, 'Raw record');
  async function toggle() {
    shown.hidden = !shown.hidden;
    button.setAttribute('aria-expanded', String(!shown.hidden));
    if (!shown.hidden && shown.childElementCount === 0) {
      try {
        shown.replaceChildren(...content(await app.source.record(event.dot)));
      } catch (refusal) {
        shown.replaceChildren(nothing(refusal.message));
      }
    }
  }
  return html('div', {}, button, shown);
}

function content({ file, line, topic, partition, offset, timestamp, key, headers = [], payload, payloadCut }) {
  const facts = [
    ['File', file && `${file}, line ${line}`],
    ['Topic', topic],
    ['Partition', topic && `${partition}`],
    ['Offset', topic && `${offset}`],
    ['Timestamp', timestamp],
    ['Key', key],
    ...headers.map(({ name, value }) => [name, value]),
  ];
  return [
    html(
      'dl',
      { class: 'facts' },
      facts
        .filter(([, value]) => value !== undefined && value !== null && value !== false)
        .map(([name, value]) => [html('dt', {}, foreign(name, 60)), html('dd', {}, foreign(value, 2000))]),
    ),
    html('pre', { tabindex: '0', 'aria-label': 'Payload' }, pretty(payload).split('\n').map((text) => [foreign(text, MOST_TEXT), '\n']), payloadCut && '… (cut)'),
  ];
}

/** JSON with a line for each value; other text as it is. */
function pretty(payload) {
  try {
    return JSON.stringify(JSON.parse(payload), null, 2);
  } catch {
    return payload;
  }
}
