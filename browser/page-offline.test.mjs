// The page in a real browser without Kafka: hostile strings, keyboard, accessibility, files, comparison.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after, before, test } from 'node:test';
import { randomExecution } from '../analyzer/src/test/page/executions.js';
import { clickDot, close, dotsWith, figure, launch, open, program } from './browser.mjs';
import { hostile } from './hostile.mjs';
import { stubs } from './stub.mjs';
import { CHORD, CHORD_PARSER, TWO_EXECUTIONS, antichain, hasLogs, stopAll, temporary, until } from './systems.mjs';

const skip = !program && 'no Chromium: set CHROMIUM, or install it (Debian: apt install chromium)';
const skipLogs = skip || (!hasLogs && 'no ../shared/logs beside the project');
const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const TWO_PARSER =
  '(?<ip>(\\d{1,3}\\.){3}\\d{1,3}) (?<date>(\\d{1,2}/){2}\\d{4} (\\d{2}:){2}\\d{2} (AM|PM)) (?<action>(INFO|GET|POST)) (?<event>.*)\\n(?<host>\\w*) (?<clock>.*)';

let browser;
const { served, stop } = stubs();

before(async () => {
  browser = skip ? undefined : await launch();
});

after(async () => {
  await browser?.close();
  stop();
  await stopAll();
});

async function fileOf(log, ...options) {
  const file = temporary(`${log.split('/').at(-1)}.html`);
  await antichain('analyze', log, ...options, '--export', 'html', '--export-file', file);
  return `file://${file}`;
}

test('500 hostile strings in every field: nothing runs, nothing leaves its place', { skip }, async () => {
  const strings = hostile(500);
  const names = strings.map((text, index) => `${text.slice(0, 250).toWellFormed()}${index}`); // as names are bounded
  const events = strings.map((text, index) => {
    const process = names[index - (index % 10)];
    const counter = (index % 10) + 1;
    return { dot: `${process}:${counter}`, process, counter, clock: Object.fromEntries([[process, counter]]), text, fields: { [text]: text } };
  });
  const { address, source } = await served(events, strings.map((text) => ({ kind: text, sentence: text })));
  const { conflicts } = await source.conflicts({ limit: 1 });
  for (const hash of ['', '#tab=health', '#zoom=160&lamport=1', '#fold=1', `#${new URLSearchParams({ search: strings[7], tab: 'search' })}`,
    `#${new URLSearchParams({ 'filter.text': strings[11], key: strings[13], tab: 'keys' })}`, `#${new URLSearchParams({ conflict: conflicts[0].id })}`]) {
    const page = await open(browser, address + hash);
    await page.waitForTimeout(150);
    await inPlace(page, hash);
    await close(page, { mayMiss: hash.includes('key=') });
  }
  const page = await open(browser, address);
  for (const event of events.filter((_, index) => index % 10 === 3)) {
    await page.fill('#search-text', '');
    await page.evaluate((select) => (location.hash = new URLSearchParams({ select, at: select, tab: 'event' })), event.dot);
    await page.waitForFunction((dot) => document.querySelector('.dot.selected')?.dataset.dot === dot, event.dot);
    await inPlace(page, event.dot);
  }
  assert.equal(await page.evaluate(() => window.hacked), undefined);
  await close(page);
});

/** Nothing is wider than the window, no script or foreign element has come in, and the panel is where it was. */
async function inPlace(page, where) {
  const found = await page.evaluate(() => ({
    hacked: window.hacked,
    wide: document.documentElement.scrollWidth > innerWidth,
    panel: Math.round(document.querySelector('aside').getBoundingClientRect().width),
    overflows: [...document.querySelectorAll('#panel, header, #tools')].filter((one) => one.scrollWidth > one.clientWidth + 1).map((one) => one.id),
    foreign: document.querySelectorAll('body script, img, iframe, object, embed, b, svg script, foreignObject, style').length,
    raw: /[\u202a-\u202e\u2066-\u2069\u0000-\u0008\u200b]/.test(document.body.innerText),
  }));
  assert.deepEqual(found, { hacked: undefined, wide: false, panel: 400, overflows: [], foreign: 0, raw: false }, where);
}

test('axe finds nothing serious, in any list, light or dark, on a desk or a phone', { skip }, async () => {
  const { address } = await served(randomExecution(3, 60, 4), [{ kind: 'GAP', sentence: 'a gap' }]);
  for (const colorScheme of ['light', 'dark']) {
    for (const phone of [false, true]) {
      for (const hash of ['', '#select=p1:3&other=p2:2&tab=event&lamport=1', '#tab=event', '#tab=search&search=says', '#tab=keys', '#tab=health', '#fold=1&select=p1:3']) {
        const page = await open(browser, address + hash, { colorScheme, phone });
        if (hash === '') {
          await page.click('#panel .conflict .row');
          await page.waitForSelector('.dot.lit');
          await page.click('summary');
        }
        await page.waitForTimeout(100);
        const violations = await axe(page);
        assert.deepEqual(violations, [], `${colorScheme}, phone ${phone}, ${hash}`);
        await close(page);
      }
    }
  }
});

async function axe(page) {
  // By the debugger's way in, which the page's policy does not concern.
  const session = await page.context().newCDPSession(page);
  await session.send('Runtime.evaluate', { expression: readFileSync(AXE, 'utf8') });
  const { violations } = await page.evaluate(() => window.axe.run({ resultTypes: ['violations'] }));
  return violations
    .filter(({ impact }) => ['serious', 'critical'].includes(impact))
    .map(({ id, nodes }) => `${id}: ${nodes.map((node) => `${node.html.slice(0, 120)} ${node.any[0]?.message ?? ''}`).slice(0, 3).join(' | ')}`);
}

test('everything is reached by keyboard: dots, comparison, lists, menus, history', { skip }, async () => {
  const { address } = await served(randomExecution(3, 900, 4));
  const page = await open(browser, address);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => document.activeElement.classList.contains('board'));
  const cursor = () => page.getAttribute('.board', 'aria-activedescendant');
  const first = await cursor();
  await page.keyboard.press('ArrowRight');
  assert.notEqual(await cursor(), first);
  await page.keyboard.press('Enter');
  await page.waitForSelector('.dot.selected');
  await page.waitForFunction(() => document.querySelector('#announcement').textContent.includes('in its past'));
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Shift+Enter');
  await page.waitForSelector('.dot.other');
  await page.waitForFunction(() => /concurrent|happened before/.test(document.querySelector('#announcement').textContent));
  await page.keyboard.press('Escape');
  await page.waitForFunction(() => !document.querySelector('.dot.selected'));
  await page.keyboard.press('c');
  await page.waitForSelector('.dot.lit');
  await page.keyboard.press('Home');
  await page.waitForFunction(() => document.querySelector('#tools .count').textContent === '‹ 0 earlier');
  await page.keyboard.press('PageDown');
  await page.waitForFunction(() => document.querySelector('#tools .count').textContent !== '‹ 0 earlier');
  await page.keyboard.press('p');
  await page.waitForSelector('#connection.on');
  await page.keyboard.press('/');
  await page.waitForFunction(() => document.activeElement.id === 'search-text');
  const reached = new Set();
  for (let i = 0; i < 40; i++) {
    await page.keyboard.press('Tab');
    reached.add(await page.evaluate(() => document.activeElement.textContent.trim().slice(0, 12) || document.activeElement.ariaLabel || document.activeElement.tagName));
  }
  for (const name of ['Pause', 'Collapse', 'Lamport', 'Processes', 'Export', 'Conflicts']) {
    assert.ok([...reached].some((one) => one.startsWith(name)), `${name} in ${[...reached].join(', ')}`);
  }
  await page.focus('#tab-conflicts');
  await page.keyboard.press('ArrowRight');
  await page.waitForFunction(() => document.activeElement.id === 'tab-event' && document.activeElement.ariaSelected === 'true');
  await close(page);
});

test('a log file as a page: its numbers are those of analyze, without a request', { skip: skipLogs }, async () => {
  const analysis = JSON.parse(await antichain('analyze', '-o', 'json', CHORD, '--parser', CHORD_PARSER));
  const page = await open(browser, await fileOf(CHORD, '--parser', CHORD_PARSER));
  assert.equal(await figure(page, 'events'), analysis.events);
  assert.equal(await figure(page, 'processes'), analysis.processes);
  assert.equal(await figure(page, 'concurrent pairs'), analysis.concurrentPairs);
  assert.equal(await figure(page, 'conflicts'), analysis.conflictRecords);
  await clickDot(page, 'kv-node-10:12');
  await page.waitForSelector('.dot.selected');
  await clickDot(page, 'kv-node-30:4');
  await page.waitForSelector('.relation');
  const explained = await antichain('explain', 'kv-node-10:12', 'kv-node-30:4', '--file', CHORD, '--parser', CHORD_PARSER);
  assert.equal(await page.textContent('.relation p:last-child'), explained.trim());
  await close(page);
});

test('two executions stand one below the other, and what only one of them has is marked', { skip: skipLogs }, async () => {
  const page = await open(browser, await fileOf(TWO_EXECUTIONS, '--parser', TWO_PARSER, '--delimiter', '^=== (?<trace>.*) ===$'));
  await page.click('summary:has-text("Executions")');
  await page.selectOption('label:has-text("Beside it") select', { index: 2 });
  await page.waitForSelector('.stage:nth-child(2) .dot');
  const counts = await page.$$eval('.stage', (stages) => stages.map((stage) => [stage.querySelectorAll('.dot').length, stage.querySelectorAll('.dot.single').length]));
  assert.deepEqual(counts.map(([all]) => all), [47, 41]);
  assert.equal(counts[0][0] - counts[0][1], counts[1][0] - counts[1][1]);
  assert.ok(counts[0][1] > 0);
  const common = await page.$eval('.stage:nth-child(2) .dot:not(.single)', (dot) => dot.dataset.dot);
  await page.click('h1');
  await page.evaluate((dot) => document.querySelector(`.stage:nth-child(2) .dot[data-dot="${dot}"]`).scrollIntoView({ inline: 'center' }), common);
  const box = await page.$eval(`.stage:nth-child(2) .dot[data-dot="${common}"] path`, (path) => path.getBoundingClientRect().toJSON());
  await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
  await page.waitForSelector('.stage:nth-child(1) .dot.selected');
  await page.waitForSelector(`.stage:nth-child(2) .dot.selected[data-dot="${common}"]`);
  await close(page);
});

test('health names each open transaction that holds the log, once and to its end', { skip }, async () => {
  const { address, source } = await served(randomExecution(7, 20, 3));
  const sentences = [0, 1].map((partition) => `An open transaction holds partition=${partition}${', x'.repeat(300)}; abort it at offset=7`);
  const summary = source.summary.bind(source);
  source.summary = async () => ({
    ...(await summary()),
    ready: false,
    unreadyBecause: sentences[0],
    openTransactions: sentences.map((sentence) => ({ sentence })),
  });
  const page = await open(browser, `${address}#tab=health`);
  const told = await page.textContent('.health section');
  for (const sentence of sentences) {
    assert.equal(told.split(sentence).length - 1, 1, told);
  }
  await close(page);
});

test('an analyzer that does not answer is told as a sentence', { skip }, async () => {
  const server = await served(randomExecution(3, 30, 3));
  const page = await open(browser, server.address);
  server.stop();
  await page.waitForSelector('text=Connection lost');
  await clickDot(page, 'p1:1');
  await page.waitForSelector('text=The analyzer does not answer');
  await page.close();
});

test('a stream that broke off comes back by itself, and the page says so', { skip }, async () => {
  const server = await served(randomExecution(3, 30, 3));
  const page = await open(browser, server.address);
  await page.waitForSelector('#connection.on');
  server.breakStreams();
  await page.waitForSelector('#connection.off');
  await page.waitForSelector('#connection.on');
  const event = { seq: 30, dot: 'p9:1', process: 'p9', counter: 1, clock: { p9: 1 }, lamport: 1, key: null, payload: 'after the break', depth: 1, covers: [] };
  server.send('event', 30, event);
  await page.waitForSelector('.dot[data-dot="p9:1"]');
  await page.close();
});

test('while the events are read that is said, and nothing else', { skip }, async () => {
  const { address, source } = await served([]);
  const events = source.events.bind(source);
  let letGo;
  source.events = (parameters) => new Promise((resolve) => (letGo = () => resolve(events(parameters))));
  const page = await open(browser, address, { wait: false });
  await page.waitForSelector('.nothing:has-text("Loading the events")');
  assert.ok(!/No two|Nothing has been/.test(await page.textContent('main')));
  await until(() => letGo !== undefined);
  letGo();
  await page.waitForSelector('text=Nothing has been published yet');
  await close(page);
});

test('an empty log says so', { skip }, async () => {
  const { address } = await served([]);
  const page = await open(browser, address, { wait: false });
  await page.waitForSelector('text=Nothing has been published yet');
  await page.waitForSelector('text=There is no event yet, and so no conflict.');
  await page.waitForSelector('text=How to read the diagram');
  assert.ok(!(await page.textContent('main')).includes('No two events are concurrent'));
  await until(async () => (await figure(page, 'events')) === 0);
  assert.deepEqual(await dotsWith(page, 'dot'), []);
  await close(page);
});
