// The systems that the page is looked at with: the demo, a replayed log, and a long generated history, all on one broker.
import { spawn } from 'node:child_process';
import { createWriteStream, existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { once } from 'node:events';
import { random } from '../analyzer/src/test/page/executions.js';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const PORTS = Number(process.env.ANTICHAIN_PAGE_PORTS ?? 29000);
const BROKER = `localhost:${PORTS + 92}`;
const REGISTRY = `http://localhost:${PORTS + 81}`;
export const CHORD = fileURLToPath(new URL('../../shared/logs/chord.log', import.meta.url));
export const TWO_EXECUTIONS = fileURLToPath(new URL('../../shared/logs/facebook-multiple.log', import.meta.url));
export const CHORD_PARSER = '(?<host>\\S*) (?<clock>{.*})\\n(?<event>.*)';
export const hasLogs = existsSync(CHORD);

const running = new Set();
const folder = await mkdtemp(join(tmpdir(), 'antichain-page-'));

/** A file in a folder that is removed at the end. */
export function temporary(name) {
  return join(folder, name);
}

/** Runs a command of Antichain to its end and returns what it wrote to stdout. */
export async function antichain(...args) {
  const child = start(args);
  let out = '';
  let err = '';
  child.stdout.on('data', (chunk) => (out += chunk));
  child.stderr.on('data', (chunk) => (err += chunk));
  const [code] = await once(child, 'close');
  if (code !== 0) {
    throw new Error(`antichain ${args.join(' ')} ended with ${code}: ${err}${out}`);
  }
  return out;
}

function start(args) {
  const child = spawn(join(ROOT, 'antichain'), args, { stdio: ['ignore', 'pipe', 'pipe'] });
  running.add(child);
  child.on('close', () => running.delete(child));
  return child;
}

const cluster = ['--bootstrap-server', BROKER, '--schema-registry-url', REGISTRY];

/** A demo that stays up; returns the page's address. */
export async function demo(scenario) {
  const ports = ['--broker-port', PORTS + 92, '--registry-port', PORTS + 81, '--analyzer-port', PORTS + 80];
  const child = start(['demo', '--scenario', scenario, ...ports.map(String), '--first-node-port', String(PORTS + 888)]);
  let said = '';
  child.stdout.resume();
  child.stderr.on('data', (chunk) => (said += chunk));
  await until(() => {
    if (child.exitCode !== null) {
      throw new Error(`The demo did not come up: ${said}`);
    }
    return said.includes('Up until');
  }, 1_200_000); // it may have to be built first, on a busy machine
  return `http://localhost:${PORTS + 80}/`;
}

/** An analyzer of topics of their own, into which log files are replayed; returns the page's address. */
export async function replayed(prefix, portOffset, ...replay) {
  const topics = [...cluster, '--topic-prefix', prefix];
  await antichain('init', ...topics);
  const port = PORTS + portOffset;
  const analyzer = start(['analyzer', ...topics, '--port', String(port), '--state-dir', temporary(prefix)]);
  analyzer.stdout.resume();
  analyzer.stderr.pipe(createWriteStream(temporary(`${prefix}log`)));
  await antichain('replay', ...topics, ...replay);
  return `http://localhost:${port}/`;
}

/** What `verify` says of the topics with a prefix; it waits until the analyzer has read them. */
export async function verified(prefix = 'antichain.') {
  return JSON.parse(await antichain('verify', ...cluster, '--topic-prefix', prefix, '-o', 'json'));
}

/** All conflict records with their proofs, as `conflicts` prints them. */
export function printedConflicts() {
  return antichain('conflicts', ...cluster);
}

/** The sentence of `explain`. */
export async function explained(a, b, prefix = 'antichain.') {
  return (await antichain('explain', a, b, ...cluster, '--topic-prefix', prefix)).trim();
}

/** Asks one of the demo's nodes to pause, resume or sync; 0 is node-1. */
export function tellNode(node, what) {
  return fetch(`http://localhost:${PORTS + 888 + node}/${what}`, { method: 'POST' });
}

/** Publishes a message through one of the demo's nodes. */
export async function publish(node, body) {
  const address = `http://localhost:${PORTS + 888 + node}`;
  const response = await fetch(`${address}/messages`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (response.status !== 201) {
    throw new Error(`A node answered ${response.status}: ${await response.text()}`);
  }
  return response.json();
}

/** Events as ndjson of processes that mostly deliver what the others published last. */
export function* generated(count, processes = 8, seed = 1) {
  const next = random(seed);
  const clocks = Array.from({ length: processes }, () => ({}));
  for (let n = 0; n < count; n++) {
    const own = Math.floor(next() * processes);
    if (next() < 0.7) {
      const other = clocks[Math.floor(next() * processes)];
      Object.entries(other).forEach(([name, counter]) => (clocks[own][name] = Math.max(clocks[own][name] ?? 0, counter)));
    }
    const name = `p${own + 1}`;
    clocks[own][name] = (clocks[own][name] ?? 0) + 1;
    yield `${JSON.stringify({ process: name, clock: clocks[own], text: `step ${n}` })}\n`;
  }
}

/** Waits until something is so, at most so long. */
export async function until(condition, limitMs = 180_000) { // a busy machine is ten times slower
  const end = Date.now() + limitMs;
  while (!(await condition())) {
    if (Date.now() > end) {
      throw new Error(`Waited ${limitMs} ms for: ${condition}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** Stops what was started here. */
export async function stopAll() {
  const children = [...running];
  children.forEach((child) => child.kill('SIGTERM'));
  await Promise.all(children.map((child) => (child.exitCode === null ? once(child, 'close') : null)));
  await rm(folder, { recursive: true, force: true });
}
