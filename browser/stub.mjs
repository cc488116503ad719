// Serves the page with the query API over events that are made here: a history of any length and a stream at any rate,
// without a broker. The page's own sources answer the questions.
import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { LocalSource } from '../analyzer/src/main/page/local-source.js';

const PAGE = new URL('../analyzer/src/main/page/', import.meta.url);
const TYPES = { html: 'text/html; charset=utf-8', css: 'text/css', js: 'text/javascript', svg: 'image/svg+xml' };
export const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; " +
  "form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'";
const LISTS = new Set(['process', 'field']);

/** Serves an execution; returns its address, what sends to all streams, and what stops it. */
export async function serve(execution) {
  const source = new LocalSource(execution);
  const streams = new Set();
  const answers = {
    events: (parameters) => source.events(parameters),
    conflicts: (parameters) => source.conflicts(parameters),
    overview: (parameters) => source.overview(parameters),
    nodes: () => source.nodes(),
    relation: ({ a, b }) => source.relation(a, b),
    keys: () => source.keys(),
    processes: () => source.processes(),
    anomalies: () => source.anomalies(),
    'dead-letters': () => source.deadLetters(),
    summary: () => source.summary(),
  };
  const server = createServer(async (request, response) => {
    const url = new URL(request.url, 'http://localhost');
    const [, first, second, third] = url.pathname.split('/').map(decodeURIComponent);
    try {
      if (first === 'stream') {
        response.writeHead(200, { 'Content-Type': 'text/event-stream' });
        response.flushHeaders();
        streams.add(response);
        request.on('close', () => streams.delete(response));
      } else if (first === '' || first === 'page') {
        const name = second ?? 'index.html';
        const text = await readFile(new URL(name, PAGE));
        response.writeHead(200, { 'Content-Type': TYPES[name.split('.').at(-1)], 'Content-Security-Policy': POLICY });
        response.end(text);
      } else {
        const answer =
          second === undefined
            ? answers[first](asParameters(url.searchParams))
            : first === 'keys' ? source.key(second) : third === undefined ? source.event(second) : third === 'record' ? source.record(second) : source.part(second, third);
        const body = JSON.stringify(await answer);
        response.writeHead(200, { 'Content-Type': 'application/json' });
        response.end(body);
      }
    } catch (failure) {
      response.writeHead(failure.status ?? 404, { 'Content-Type': 'application/problem+json' });
      response.end(JSON.stringify({ title: 'Refused', detail: failure.message }));
    }
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    source,
    address: `http://127.0.0.1:${server.address().port}/`,
    /** Breaks all streams off, as a network does. */
    breakStreams: () => streams.forEach((stream) => stream.destroy()),
    send: (kind, id, data) => streams.forEach((stream) => stream.write(`event: ${kind}\n${id === null ? '' : `id: ${id}\n`}data: ${JSON.stringify(data)}\n\n`)),
    stop: () => {
      streams.forEach((stream) => stream.end());
      server.closeAllConnections();
      server.close();
    },
  };
}

/** The servers of a test file: each serves events, and all are stopped at its end. */
export function stubs() {
  const servers = [];
  return {
    async served(events, anomalies = []) {
      const server = await serve({ name: 'test', events: events.map((event) => ({ text: event.payload, ...event })), anomalies });
      servers.push(server);
      return server;
    },
    stop: () => servers.forEach((server) => server.stop()),
  };
}

function asParameters(search) {
  const parameters = {};
  for (const name of new Set(search.keys())) {
    const values = search.getAll(name);
    parameters[name] = LISTS.has(name) ? values : /^\d+$/.test(values[0]) ? Number(values[0]) : values[0];
  }
  return parameters;
}
