// The search language: words, "a phrase", name=value, process=…, key=…, topic=…, and dots.

import { parsedDot } from './order.js';

/**
 * What a search asks for. All parts must hold. Text and fields are compared without regard to capitals, unless it is exact;
 * dots and names of processes, keys and topics are what they are.
 *
 * @typedef {{dot: string|null, text: string, process: string[], key: string|null, topic: string|null, field: string[],
 *     exact: boolean|undefined}} Query
 */

const TERM = /(?:([^\s="]+)=)?(?:"([^"]*)"?|(\S+))/gu;

/** Reads a search. A search that is one dot and nothing else is a jump. @returns {Query} */
export function parsedQuery(search) {
  const query = { dot: null, text: '', process: [], key: null, topic: null, field: [] };
  const trimmed = search.trim();
  if (!/[\s=]/u.test(trimmed) && parsedDot(trimmed)) {
    query.dot = trimmed;
    return query;
  }
  const words = [];
  for (const [, name, phrase, word] of trimmed.matchAll(TERM)) {
    const value = phrase ?? word;
    if (name === undefined) {
      words.push(value);
    } else if (name === 'process') {
      query.process.push(value);
    } else if (name === 'key') {
      query.key = value;
    } else if (name === 'topic') {
      query.topic = value;
    } else {
      query.field.push(`${name.replace(/^field\./u, '')}=${value}`);
    }
  }
  query.text = words.join(' ');
  return query;
}

/** Whether a search asks for anything. */
export function asks(query) {
  return (
    query.dot !== null ||
    query.text !== '' ||
    query.key !== null ||
    query.topic !== null ||
    query.process.length + query.field.length > 0
  );
}

/** Whether an event is what a search asks for, as the analyzer decides it. */
export function matches(query, event) {
  const as = query.exact ? (text) => text : (text) => text?.toLowerCase();
  const text = as(query.text);
  return (
    (query.dot === null || event.dot === query.dot) &&
    (query.process.length === 0 || query.process.includes(event.process)) &&
    (query.key === null || event.key === query.key) &&
    (query.topic === null || (event.topic ?? event.fields?.topic) === query.topic) &&
    query.field.every((field) => hasField(event, field, as)) &&
    (text === '' || [event.payload, event.dot, event.key].some((part) => as(part)?.includes(text)))
  );
}

function hasField(event, field, as) {
  const at = field.indexOf('=');
  const name = field.slice(0, at);
  return [event.fields, jsonObject(event.payload)].some(
    (object) => object && Object.hasOwn(object, name) && as(asText(object[name])) === as(field.slice(at + 1)),
  );
}

function jsonObject(payload) {
  if (!payload?.trimStart().startsWith('{')) {
    return null;
  }
  try {
    return JSON.parse(payload);
  } catch {
    return null;
  }
}

function asText(value) {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
