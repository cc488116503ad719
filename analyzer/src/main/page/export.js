// The events of the page as files in other formats, as `antichain analyze --export` writes them.

import { causesFirst } from './order.js';

const MISLEADING = /^(\S* \{.*\}.*|=== .* ===)$/u;
const LABEL_LENGTH = 40;
const OWN_NAMES = new Set(['execution', 'process', 'host', 'counter', 'clock', 'text']);

/** Text that ShiViz's default expression reads: the event's text on one line, host and clock on the next. */
export function asShiviz(events) {
  return events
    .map((event) => {
      const text = event.payload.replace(/[\n\r\u0085\u2028\u2029]+/gu, ' ');
      return `${MISLEADING.test(text) ? '  ' : ''}${text}\n${event.process} ${JSON.stringify(event.clock)}\n`;
    })
    .join('');
}

/** One JSON object a line. */
export function asNdjson(events) {
  return events
    .map((event) => {
      const entries = [
        ['process', event.process],
        ['counter', event.counter],
        ['clock', event.clock],
        ['text', event.payload],
        ...(event.key === null || event.key === undefined ? [] : [['key', event.key]]),
        ...Object.entries(event.fields ?? {}).map(([name, value]) => [OWN_NAMES.has(name) ? `field.${name}` : name, value]),
      ];
      return `${JSON.stringify(Object.fromEntries(entries))}\n`;
    })
    .join('');
}

/** The Hasse diagram for Graphviz: a cluster for each process, an edge from each event to those that cover it. */
export function asGraphviz(events) {
  const byProcess = new Map(events.map((event) => [event.process, []]));
  events.forEach((event) => byProcess.get(event.process).push(event));
  const there = new Set(events.map((event) => event.dot));
  const lines = ['digraph "antichain" {', '  rankdir=LR;', '  node [shape=box, style=rounded];'];
  [...byProcess.entries()].forEach(([process, own], index) => {
    lines.push(`  subgraph cluster_${index} {`, `    label=${quoted(process)};`);
    own.forEach((event) => {
      const text = [...event.payload];
      const label = text.length > LABEL_LENGTH ? `${text.slice(0, LABEL_LENGTH).join('')}…` : event.payload;
      lines.push(`    ${quoted(event.dot)} [label=${quoted(`${event.dot}\n${label}`)}];`);
    });
    lines.push('  }');
  });
  for (const event of causesFirst(events)) {
    (event.covers ?? [])
      .filter((cause) => there.has(cause))
      .forEach((cause) => lines.push(`  ${quoted(cause)} -> ${quoted(event.dot)};`));
  }
  return `${lines.join('\n')}\n}\n`;
}

/** A string of DOT. In labels '\' begins an escape and '&' an entity; other control characters are dropped. */
function quoted(text) {
  const escapes = { '"': '\\"', '\\': '\\\\', '&': '&amp;', '\n': '\\n', '\t': ' ' };
  return `"${text.replace(/["\\&\n\t]|\p{Cc}/gu, (character) => escapes[character] ?? '')}"`;
}
