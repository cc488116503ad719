// The page in a real browser, on the demo, on a replayed log and on a long history.
import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { groupsOf } from '../analyzer/src/main/page/conflict-groups.js';
import { History, causalOrder } from '../analyzer/src/main/page/order.js';
import { ask, clickDot, close, dotsWith, figure, launch, open, program } from './browser.mjs';
import { CHORD, CHORD_PARSER, antichain, demo, explained, generated, hasLogs, printedConflicts, publish, replayed, stopAll, tellNode, temporary, until, verified } from './systems.mjs';

const LONG = Number(process.env.ANTICHAIN_PAGE_EVENTS ?? 100000);
const skip = !program && 'no Chromium: set CHROMIUM, or install it (Debian: apt install chromium)';
const skipLogs = skip || (!hasLogs && 'no ../shared/logs beside the project');

let browser;
let address;

before(async () => {
  if (!skip) {
    browser = await launch();
    address = await demo('between-syncs');
  }
});

after(async () => {
  await browser?.close();
  await stopAll();
});

/** All events of the history. */
async function history(of) {
  const events = [];
  for (let more = true; more; ) {
    const page = await ask(of, `events?limit=1000${events.length > 0 ? `&after=${events.at(-1).seq}` : '&around=0'}`);
    events.push(...page.events);
    more = page.newer > 0;
  }
  return events;
}

/** The dots of the events that the page must draw as a part of the order around one. */
function part(events, dot, order) {
  const event = events.find((one) => one.dot === dot);
  return events
    .filter((other) => other !== event && causalOrder(event, other) === order)
    .map((other) => other.dot)
    .sort();
}

test('the demo: what the page counts is what verify counts', { skip }, async () => {
  const { events, concurrentPairs, missing, extra } = await verified();
  const page = await open(browser, address);
  await until(async () => (await figure(page, 'concurrent pairs')) === concurrentPairs);
  assert.equal(await figure(page, 'events'), events);
  assert.equal(await figure(page, 'processes'), 4);
  assert.equal((await dotsWith(page, 'dot')).length, events);
  assert.equal(missing + extra, 0);
  await close(page);
});

test('a new message appears by itself; while paused it is counted and the diagram stands still', { skip }, async () => {
  const page = await open(browser, address);
  const { dot } = await publish(0, { payload: 'seen live' });
  await page.waitForSelector(`.dot[data-dot="${dot}"]`);
  await page.click('#tools .follow');
  await page.waitForSelector('#connection.held');
  const drawn = await dotsWith(page, 'dot');
  const later = await publish(1, { payload: 'not seen' });
  await page.waitForSelector('text=1 later ›');
  await page.waitForSelector('.pill:has-text("1 new, follow")');
  assert.deepEqual(await dotsWith(page, 'dot'), drawn);
  await page.click('.pill');
  await page.waitForSelector(`.dot[data-dot="${later.dot}"]`);
  await close(page);
});

test('a click asks: past, future and concurrent are told apart by class and shape, with true counts', { skip }, async () => {
  const events = await history(address);
  const page = await open(browser, address);
  const dot = 'node-2:3';
  await clickDot(page, dot);
  await page.waitForSelector('.dot.selected');
  assert.deepEqual(await dotsWith(page, 'past'), part(events, dot, 'AFTER'));
  assert.deepEqual(await dotsWith(page, 'future'), part(events, dot, 'BEFORE'));
  assert.deepEqual(await dotsWith(page, 'concurrent'), part(events, dot, 'CONCURRENT'));
  const shapes = await Promise.all(['past', 'future', 'concurrent', 'selected'].map((name) => page.getAttribute(`.dot.${name} path`, 'd')));
  assert.equal(new Set(shapes).size, 4);
  const told = await ask(address, `events/${dot}`);
  for (const name of ['past', 'concurrent', 'future']) {
    assert.equal(Number((await page.textContent(`.part.${name} strong`)).replaceAll(',', '')), told[name]);
    await page.click(`.part.${name}`);
    await page.waitForSelector(`.part.${name}[aria-expanded=true]`);
    const { runs } = await ask(address, `events/${dot}/${name}`);
    await until(async () => (await page.$$('.runs li')).length === Math.max(1, runs.length));
  }
  await close(page);
});

test('a second event gives the relation in the words of explain, with its witness in the clocks', { skip }, async () => {
  const events = await history(address);
  const page = await open(browser, address);
  for (const order of ['BEFORE', 'AFTER', 'CONCURRENT']) {
    const [a, b] = ['node-1:3', part(events, 'node-1:3', order).find((dot) => !dot.startsWith('node-1'))];
    await page.keyboard.press('Escape');
    await page.waitForFunction(() => !document.querySelector('.dot.selected'));
    await clickDot(page, a);
    await page.waitForSelector('.dot.selected');
    await clickDot(page, b, ['Shift']);
    await page.waitForSelector('.dot.other');
    const sentence = await explained(a, b);
    await until(async () => (await page.textContent('.relation p:last-child')) === sentence);
    const { witness } = await ask(address, `relation?a=${a}&b=${b}`);
    const marked = await page.$$eval('.witness', (cells) => cells.map((cell) => Number.parseInt(cell.textContent, 10)));
    assert.deepEqual(marked.sort(), witness.map(({ entry }) => entry).sort());
  }
  await close(page);
});

test('a conflict from the list lights its event and its runs, and says why', { skip }, async () => {
  const { conflicts } = await ask(address, 'conflicts');
  const page = await open(browser, address);
  await page.waitForSelector(`#panel h3:has-text("${conflicts.length} conflicts")`);
  const pairs = (await page.$$eval('#panel .conflict .pairs', (all) => all.map((one) => Number.parseInt(one.textContent, 10)))).reduce((sum, one) => sum + one, 0);
  assert.equal(pairs, (await verified()).concurrentPairs);
  const shown = await page.textContent('#panel .conflict:nth-child(2) .sides');
  const [{ records }] = groupsOf(conflicts).slice(1);
  const conflict = records[0];
  await page.click('#panel .conflict:nth-child(2) .row');
  await page.waitForSelector('.dot.lit');
  assert.ok([conflict.event, ...conflict.runs].some(({ process }) => shown.includes(process)));
  const counters = conflict.runs.flatMap(({ process, firstCounter, lastCounter }) =>
    Array.from({ length: lastCounter - firstCounter + 1 }, (_, index) => `${process}:${firstCounter + index}`),
  );
  assert.deepEqual(await dotsWith(page, 'lit'), [...counters, `${conflict.event.process}:${conflict.event.counter}`].sort());
  assert.equal((await page.$$('.proof p')).length, conflict.runs.length);
  const text = await printedConflicts();
  for (const proof of await page.$$eval('.proof p bdi:last-child', (all) => all.map((one) => one.textContent))) {
    assert.ok(text.includes(proof), proof);
  }
  await page.click('#panel button:has-text("Filter")');
  await page.fill('.filter label:nth-child(1) input', 'node-3');
  await page.press('.filter label:nth-child(1) input', 'Enter');
  const filtered = (await ask(address, 'conflicts?process=node-3')).conflicts;
  await page.waitForSelector(`#panel h3:has-text("${filtered.length} conflict")`);
  await page.selectOption('.filter select', 'RESOLVED');
  await page.waitForSelector('text=No conflict passes this filter.');
  await close(page);
});

test('a key shows its siblings, and what resolved them', { skip }, async () => {
  await tellNode(0, 'pause');
  await tellNode(1, 'pause');
  const [first, second] = [await publish(0, { payload: 'seats: 2', key: 'seat/12' }), await publish(1, { payload: 'seats: 3', key: 'seat/12' })];
  await tellNode(0, 'resume');
  await tellNode(1, 'resume');
  await tellNode(0, 'sync');
  const page = await open(browser, `${address}#tab=keys&key=seat%2F12`);
  await page.waitForSelector('section.proof .dot-link');
  const siblings = await page.$$eval('section.proof > p .dot-link', (all) => all.map((one) => one.textContent).sort());
  assert.deepEqual(siblings, [first.dot, second.dot].sort());
  const resolving = await publish(0, { payload: 'seats: 3', key: 'seat/12' });
  await until(async () => (await fetch(`${address}keys/seat%2F12`).then((answer) => answer.json())).open === false);
  await page.reload();
  await page.waitForSelector('text=Resolved by');
  assert.equal(await page.textContent('section.proof > p .dot-link'), resolving.dot);
  await close(page);
});

test('a search finds by text, field, key, process and dot', { skip }, async () => {
  const { dot } = await publish(2, { payload: '{"level": "WARN", "seats": 2}', key: 'only-one' });
  const page = await open(browser, address);
  await page.waitForSelector(`.dot[data-dot="${dot}"]`);
  for (const search of ['level=WARN', 'warn', 'seats=2 process=node-3', 'key=only-one', '"level": "WARN"'.replaceAll('"', ''), 'WARN', `WARN process=node-3 key=only-one`]) {
    await page.fill('#search-text', search);
    await page.press('#search-text', 'Enter');
    if (search.includes(': ')) {
      await page.waitForSelector('text=No event has all of this');
      continue;
    }
    await page.waitForFunction((wanted) => document.querySelector('#panel .found .dot-link')?.textContent === wanted, dot);
    assert.match(await page.textContent('#panel .hint'), /^1 event found, newest first\./);
    assert.deepEqual(await dotsWith(page, 'found'), [dot]);
    await page.waitForSelector(`.dot.current[data-dot="${dot}"]`);
    await page.fill('#search-text', 'nothing has this');
    await page.press('#search-text', 'Enter');
    await page.waitForSelector('text=No event has all of this');
  }
  await page.fill('#search-text', 'node-1:2');
  await page.press('#search-text', 'Enter');
  await page.waitForSelector('.dot.selected[data-dot="node-1:2"]');
  await page.fill('#search-text', 'node-1:99999');
  await page.press('#search-text', 'Enter');
  await page.waitForSelector('[role=alert]');
  await close(page, { mayMiss: true });
});

test('every state has a link that gives it back, and back goes back', { skip }, async () => {
  const page = await open(browser, address);
  await clickDot(page, 'node-2:3');
  await page.waitForSelector('.dot.selected');
  await clickDot(page, 'node-3:3');
  await page.waitForSelector('.dot.other');
  await page.click('text=Lamport');
  await page.click('summary:has-text("Processes")');
  await page.click('label.check:has-text("node-4")');
  await page.waitForFunction(() => !document.querySelector('.dot[data-dot^="node-4"]'));
  const shown = (one) => one.$$eval('.dot', (dots) => dots.map((dot) => [dot.dataset.dot, dot.getAttribute('class').replace(' cursor', '')]).sort());
  const link = page.url();
  const again = await open(browser, link);
  await again.waitForSelector('.dot.other');
  await until(async () => JSON.stringify(await shown(again)) === JSON.stringify(await shown(page)));
  assert.equal(await again.textContent('#panel .relation'), await page.textContent('#panel .relation'));
  await page.goBack();
  await page.waitForFunction(() => document.querySelector('.dot.selected') && !document.querySelector('.dot.other'));
  await close(page);
  await close(again);
});

test('collapsed stretches stand for all their events', { skip }, async () => {
  const events = await history(address);
  const page = await open(browser, `${address}#fold=1`);
  const counts = await page.$$eval('.dot', (dots) => dots.map((dot) => Number(dot.querySelector('text').textContent || 1)));
  assert.ok(counts.length < events.length);
  assert.equal(counts.reduce((sum, count) => sum + count, 0), events.length);
  await close(page);
});

test('Lamport timestamps stand beside the dots, and the pairs that they order falsely are marked', { skip }, async () => {
  const events = await history(address);
  const page = await open(browser, `${address}#lamport=1&select=node-2:3`);
  await page.waitForSelector('.dot.selected');
  const written = await page.$$eval('.dot', (dots) => dots.map((dot) => [dot.dataset.dot, dot.querySelector('text').textContent]));
  const lamports = new Map(events.map(({ dot, lamport }) => [dot, String(lamport)]));
  written.forEach(([dot, text]) => assert.equal(text, lamports.get(dot)));
  const wrong = part(events, 'node-2:3', 'CONCURRENT').filter((dot) => lamports.get(dot) !== lamports.get('node-2:3'));
  assert.ok(wrong.length > 0);
  assert.deepEqual(await dotsWith(page, 'doubtful'), wrong);
  await page.click('#tab-event');
  await page.waitForSelector(`text=timestamps put ${wrong.length} before or after it`);
  await close(page);
});

test('exports hold all events, and read back to the same pairs', { skip }, async () => {
  const { concurrentPairs, events } = await verified();
  const page = await open(browser, address);
  for (const [label, name] of [['ShiViz text', 'antichain.log'], ['ndjson', 'antichain.ndjson'], ['DOT for Graphviz', 'antichain.dot'], ['SVG of the diagram', 'antichain.svg']]) {
    await page.click('summary:has-text("Export")');
    const [download] = await Promise.all([page.waitForEvent('download'), page.click(`.item:has-text("${label}")`)]);
    assert.equal(download.suggestedFilename(), name);
    await download.saveAs(temporary(name));
    await page.click('h1');
  }
  for (const name of ['antichain.log', 'antichain.ndjson']) {
    const analysis = JSON.parse(await antichain('analyze', '-o', 'json', temporary(name)));
    assert.deepEqual([analysis.events, analysis.concurrentPairs, analysis.skippedLines], [events, concurrentPairs, 0]);
  }
  const dot = await readFile(temporary('antichain.dot'), 'utf8');
  const covers = (await history(address)).reduce((sum, event) => sum + event.covers.length, 0);
  assert.equal(dot.match(/ -> /g).length, covers);
  const drawing = await open(browser, `file://${temporary('antichain.svg')}`, { wait: false });
  assert.equal((await drawing.$$('g[transform] path')).length, events);
  await close(drawing);
  await close(page);
});

test('the raw record is that of the topic, with its headers', { skip }, async () => {
  const page = await open(browser, `${address}#select=node-2:3&tab=event`);
  const { topic, partition, offset } = await ask(address, 'events/node-2:3');
  await page.click('button:has-text("Raw record")');
  await page.waitForSelector('.raw dl');
  const told = await page.$$eval('.raw dd', (all) => all.map((one) => one.textContent));
  assert.deepEqual(told.slice(0, 3), [topic, `${partition}`, `${offset}`]);
  const { headers } = await ask(address, 'events/node-2:3/record');
  headers.forEach(({ value }) => assert.ok(told.includes(value), value));
  await close(page);
});

test('two clicks make a conflict, which the page lights; the clocks show who knew what; no other site can do it', { skip }, async () => {
  const before = (await verified()).concurrentPairs;
  const page = await open(browser, address);
  await page.click('#tab-try');
  await page.click('button:has-text("Make a conflict")');
  await page.waitForSelector('#panel [role=status]:has-text("did not know of each other")');
  await page.waitForSelector('.dot.lit');
  assert.ok((await verified()).concurrentPairs > before);
  const { nodes, scenarios } = await ask(address, 'nodes');
  const rows = await page.$$eval('#panel tbody tr', (all) => all.map((row) => [...row.querySelectorAll('td')].map((cell) => Number(cell.textContent))));
  assert.deepEqual(rows, nodes.map(({ clock }) => nodes.map(({ process }) => clock[process] ?? 0)));
  assert.deepEqual(scenarios.map(({ name }) => name), ['sync', 'async', 'between-syncs', 'partition']);
  for (const [name, said] of [['sync', / 0 pairs of them are concurrent\. As expected/], ['partition', / 18 pairs of them are concurrent\. As expected/]]) {
    const pairs = (await verified()).concurrentPairs;
    await page.click(`#panel .scenarios button:has-text("${name}")`);
    await page.waitForSelector(`#panel [role=status]:has-text("The scenario ${name} has run")`);
    assert.match(await page.textContent('#panel [role=status]'), said);
    assert.equal((await verified()).concurrentPairs, pairs + (name === 'sync' ? 0 : 18));
    await page.waitForSelector('#connection.on'); // it follows what it started
  }
  await close(page);
  const post = (headers) => fetch(new URL('nodes/0/pause', address), { method: 'POST', body: '{}', headers: { 'Content-Type': 'application/json', ...headers } });
  for (const headers of [{}, { Origin: 'http://example.org' }, { Origin: 'null' }, { Origin: 'http://localhost:1' }]) {
    assert.equal((await post(headers)).status, 403);
  }
  assert.equal((await post({ Origin: new URL(address).origin, 'Content-Type': 'text/plain' })).status, 415);
  assert.ok((await ask(address, 'nodes')).nodes.every(({ paused }) => !paused));
});

test('health shows processes, lag, anomalies and dead letters', { skip }, async () => {
  const { processes } = await ask(address, 'processes');
  const page = await open(browser, `${address}#tab=health`);
  await page.waitForSelector('.health tbody tr');
  const rows = await page.$$eval('.health tbody tr', (all) => all.map((row) => [...row.children].slice(0, 4).map((cell) => cell.textContent)));
  assert.deepEqual(rows, processes.map(({ process, events, first, last }) => [process, ...[events, first, last].map(String)]));
  await page.waitForSelector('text=0 records behind the log');
  await page.waitForSelector('text=Anomalies: none');
  await page.waitForSelector('text=Dead letters: none');
  await close(page);
});

test('a replayed log: the page counts what verify and the record of its pairs say', { skip: skipLogs }, async () => {
  const chord = await replayed('chord.', 70, CHORD, '--parser', CHORD_PARSER);
  const { events, concurrentPairs, missing, extra } = await verified('chord.');
  assert.deepEqual([events, concurrentPairs, missing, extra], [1235, 15896, 0, 0]);
  const page = await open(browser, chord);
  await until(async () => (await figure(page, 'concurrent pairs')) === 15896);
  assert.equal(await figure(page, 'events'), 1235);
  assert.equal(await figure(page, 'processes'), 8);
  const dot = 'kv-node-10:12';
  await page.fill('#search-text', dot);
  await page.press('#search-text', 'Enter');
  await page.waitForSelector(`.dot.selected[data-dot="${dot}"]`);
  const all = new History(await history(chord));
  assert.equal(Number(await page.textContent('.part.concurrent strong')), all.counts(all.find(dot)).concurrent);
  await close(page);
});

test(`${LONG} events: the page counts what verify counts, and every end is reached`, { skip }, async () => {
  await writeFile(temporary('long.ndjson'), [...generated(LONG)].join(''));
  const long = await replayed('long.', 60, temporary('long.ndjson'));
  const { events, concurrentPairs, missing, extra } = await verified('long.');
  assert.deepEqual([events, missing, extra], [LONG, 0, 0]);
  await until(async () => (await ask(long, 'summary')).conflicts.pairs === concurrentPairs);
  const page = await open(browser, long);
  assert.equal(await figure(page, 'events'), LONG);
  assert.equal(await figure(page, 'concurrent pairs'), concurrentPairs);
  assert.equal((await dotsWith(page, 'dot')).length, 400);
  await page.press('body', 'Home');
  await page.waitForFunction(() => document.querySelector('#tools .count').textContent === '‹ 0 earlier');
  await page.waitForSelector('.dot[data-dot="p1:1"]');
  assert.equal((await dotsWith(page, 'dot')).length, 400);
  const middle = (await ask(long, `events?limit=1&around=${LONG / 2}`)).events[0];
  await page.fill('#search-text', middle.dot);
  await page.press('#search-text', 'Enter');
  await page.waitForSelector(`.dot.selected[data-dot="${middle.dot}"]`);
  await page.click('[aria-label="Now"]');
  await page.waitForFunction(() => document.querySelectorAll('#tools .count')[1].textContent === '0 later ›');
  await close(page);
});
