// What the page shows at a glance: conflicts marked, both sides of one in sight, hits of a search, what has come meanwhile.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { causalOrder } from '../analyzer/src/main/page/order.js';
import { chain, randomExecution } from '../analyzer/src/test/page/executions.js';
import { clickDot, close, dotsWith, figure, launch, open, program } from './browser.mjs';
import { stubs } from './stub.mjs';
import { until } from './systems.mjs';

const skip = !program && 'no Chromium: set CHROMIUM, or install it (Debian: apt install chromium)';
const LONG = farConflict();

let browser;
const { served, stop } = stubs();

before(async () => {
  browser = skip ? undefined : await launch();
});

after(async () => {
  await browser?.close();
  stop();
});

/** A process that nobody hears of, and 900 events of two others that hear of each other. */
function farConflict() {
  const pairs = [['alone', { alone: 1 }]];
  const clock = {};
  for (let n = 1; n <= 900; n++) {
    const name = n % 2 === 0 ? 'even' : 'odd';
    clock[name] = (clock[name] ?? 0) + 1;
    pairs.push([name, { ...clock }]);
  }
  return chain(pairs);
}

/** What of the diagram is in sight, by dot. */
function inSight(page) {
  return page.$$eval('.dot', (dots) => {
    const { left, right, top, bottom } = document.querySelector('.board').parentElement.getBoundingClientRect();
    const names = document.querySelector('.lane-names').offsetWidth;
    return dots
      .filter((dot) => {
        const box = dot.querySelector('path').getBoundingClientRect();
        const y = (box.top + box.bottom) / 2;
        return box.left >= left + names - 12 && box.right <= right + 12 && y >= top && y <= bottom;
      })
      .map((dot) => dot.dataset.dot);
  });
}

test('what is in a conflict is marked from the start, and the strip counts it', { skip }, async () => {
  const events = randomExecution(4, 150, 4, 0.8);
  const { address } = await served(events);
  const page = await open(browser, address);
  const conflicting = events.filter((one) => events.some((other) => causalOrder(one, other) === 'CONCURRENT')).map(({ dot }) => dot);
  assert.deepEqual(await dotsWith(page, 'conflicting'), conflicting.sort());
  await page.waitForFunction((said) => document.querySelector('#strip-said').textContent === said, `150 events, ${conflicting.length} of them in a conflict`);
  const pairs = await page.$$eval('#panel .pairs', (all) => all.map((one) => Number.parseInt(one.textContent.replaceAll(',', ''), 10)));
  assert.equal(pairs.reduce((sum, one) => sum + one, 0), await figure(page, 'concurrent pairs'));
  await close(page);
});

test('a process that is hidden leaves dashed ways, which the legend explains', { skip }, async () => {
  const { address } = await served(chain([['a', { a: 1 }], ['b', { a: 1, b: 1 }], ['c', { a: 1, b: 1, c: 1 }]]));
  const page = await open(browser, `${address}#hide=b`);
  assert.equal((await page.$$('.board .edges path.indirect')).length, 1);
  await page.waitForSelector('#legend :text("through what is hidden")');
  await page.evaluate(() => (location.hash = ''));
  await page.waitForFunction(() => document.querySelectorAll('.dot').length === 3);
  assert.equal((await page.$$('.board .edges path.indirect')).length, 0);
  await close(page);
});

test('choosing a conflict brings both its sides into sight, however far they are apart', { skip }, async () => {
  const { address } = await served(LONG);
  const page = await open(browser, address);
  await page.click('#panel .conflict .row');
  await page.waitForSelector('.note:has-text("between are folded")');
  const lit = await dotsWith(page, 'lit');
  assert.ok(lit.includes('alone:1') && lit.length >= 2, lit.join(' '));
  const seen = await inSight(page);
  assert.ok(seen.includes('alone:1') && seen.includes(await page.$eval('.dot.selected', (dot) => dot.dataset.dot)), seen.join(' '));
  await page.reload();
  await page.waitForSelector('.note:has-text("between are folded")');
  await close(page);
});

/** How many events of the chosen conflict the markers count, and how many of those that are lit are not in sight. */
async function markedAndUnseen(page) {
  const marked = await page.$$eval('.edge-markers button', (all) => all.map((one) => Number.parseInt(one.textContent.replace(/\D/g, ''), 10)));
  const lit = await dotsWith(page, 'lit');
  const seen = new Set(await inSight(page));
  return [marked.reduce((sum, one) => sum + one, 0), lit.filter((dot) => !seen.has(dot)).length];
}

/** Waits until the markers count what is not in sight. */
async function markersAreRight(page) {
  await until(async () => {
    const [marked, unseen] = await markedAndUnseen(page);
    return marked === unseen && marked > 0;
  });
}

test('what of a conflict is not in sight has a marker at its row, which leads there', { skip }, async () => {
  const { address } = await served([...randomExecution(6, 120, 3, 0.3)]);
  const page = await open(browser, `${address}#zoom=160`);
  await page.click('#panel button:has-text("Largest")');
  await page.click('#panel .conflict .row');
  await page.waitForSelector('.dot.lit');
  await page.evaluate(() => document.querySelector('.scroller').scrollTo(0, 0));
  await page.click('#tools [aria-label="Zoom in"]');
  await page.waitForSelector('.edge-markers button');
  await markersAreRight(page);
  const title = await page.getAttribute('.edge-markers button', 'title');
  await page.click('.edge-markers button');
  await page.waitForFunction((before) => document.querySelector('.edge-markers button')?.title !== before, title);
  await close(page);
});

test('rows above and below what is in sight have a marker each, which leads there', { skip }, async () => {
  const { address } = await served([...randomExecution(50, 200, 50, 0.2)]);
  const page = await open(browser, address);
  await page.click('#panel button:has-text("Largest")');
  await page.click('#panel .conflict .row');
  await page.waitForSelector('.dot.lit');
  for (const [top, side] of [[0, 'below'], [100_000, 'above']]) {
    await page.evaluate((y) => document.querySelector('.scroller').scrollTo(0, y), top);
    await page.waitForSelector(`.edge-markers .${side}`);
    await markersAreRight(page);
    const scrolled = await page.$eval('.scroller', (scroller) => scroller.scrollTop);
    await page.click(`.edge-markers .${side}`);
    await page.waitForFunction((before) => document.querySelector('.scroller').scrollTop !== before, scrolled);
    await markersAreRight(page);
  }
  await close(page);
});

test('a search goes to what it finds: the newest first, then one after another; capitals only if asked', { skip }, async () => {
  const { address } = await served(randomExecution(3, 900, 4));
  const page = await open(browser, address);
  await page.fill('#search-text', 'P1 SAYS 1');
  await page.press('#search-text', 'Enter');
  await page.waitForSelector('.dot.current');
  const found = randomExecution(3, 900, 4).filter(({ payload }) => payload.includes('p1 says 1'));
  await page.waitForSelector(`#panel :text("1 of ${found.length}")`);
  for (const [button, place] of [['Next hit', 2], ['Next hit', 3], ['Previous hit', 2]]) {
    const before = await page.$eval('.dot.current', (dot) => dot.dataset.dot);
    await page.click(`[aria-label="${button}"]`);
    await page.waitForSelector(`#panel :text("${place} of ${found.length}")`);
    await page.waitForFunction((old) => ![old, undefined].includes(document.querySelector('.dot.current')?.dataset.dot), before);
    const current = await page.$eval('.dot.current', (dot) => dot.dataset.dot);
    assert.ok((await inSight(page)).includes(current), current);
  }
  await page.check('#panel input[type=checkbox]');
  await page.waitForSelector('text=No event has all of this');
  await close(page);
});

test('between live and paused nothing moves; what comes meanwhile is told, and leads back', { skip }, async () => {
  const server = await served(randomExecution(3, 60, 4));
  const page = await open(browser, server.address);
  await page.waitForSelector('#connection.on');
  const places = () =>
    page.$$eval('header > *, #figures > *, #tools button, #strip, #stages, #legend, aside', (all) =>
      all.map((one) => [one.id || one.textContent.slice(0, 9), ...['x', 'y', 'width', 'height'].map((side) => Math.round(one.getBoundingClientRect()[side]))]),
    );
  const withoutTexts = (all) => all.map(([, ...place]) => place);
  const live = await places();
  await page.keyboard.press('p');
  await page.waitForSelector('#connection.held');
  assert.deepEqual(withoutTexts(await places()), withoutTexts(live));
  for (const n of [1, 2]) {
    server.send('event', 59 + n, { seq: 59 + n, dot: `p9:${n}`, process: 'p9', counter: n, clock: { p9: n }, lamport: n, key: null, payload: 'meanwhile', depth: n, covers: [] });
  }
  await page.waitForSelector('.pill:has-text("2 new, follow")');
  assert.deepEqual(withoutTexts(await places()), withoutTexts(live));
  server.source.events = async () => ({ events: [], older: 0, newer: 0 });
  await page.click('.pill');
  await page.waitForSelector('#connection.on');
  await page.waitForSelector('.pill', { state: 'hidden' });
  await close(page);
});

test('a card goes when the picture moves', { skip }, async () => {
  const { address } = await served(randomExecution(3, 200, 4));
  const page = await open(browser, `${address}#at=p1:1`);
  const dot = (await inSight(page))[20];
  const box = await page.$eval(`.dot[data-dot="${dot}"] path`, (path) => path.getBoundingClientRect().toJSON());
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.waitForSelector('.card:not([hidden])');
  await page.evaluate(() => (document.querySelector('.scroller').scrollLeft += 300));
  await page.waitForFunction((old) => document.querySelector('.card').hidden || !document.querySelector('.card').textContent.startsWith(old), dot);
  await close(page);
});

test('the record of an event is a click away, its payload a line for each value', { skip }, async () => {
  const text = '{"seats":2,"of":{"row":"<b>7"}}';
  const { address } = await served([{ ...chain([['a', { a: 1 }]])[0], payload: text, file: 'a.log', line: 7, fields: { level: 'INFO' } }]);
  const page = await open(browser, `${address}#select=a:1&tab=event`);
  await page.click('button:has-text("Raw record")');
  await page.waitForSelector('.raw:has-text("a.log, line 7")');
  assert.equal((await page.textContent('.raw pre')).trim(), JSON.stringify(JSON.parse(text), null, 2));
  await close(page);
});

test('on a phone the answer comes into sight after a tap, and every target is as large as a finger', { skip }, async () => {
  const { address } = await served(randomExecution(3, 60, 4));
  const page = await open(browser, address, { phone: true });
  const small = () =>
    page.$$eval('button, summary, select, input:not([type=checkbox])', (all) =>
      all
        .filter((one) => one.checkVisibility() && !one.classList.contains('skip'))
        .map((one) => [one.textContent || one.ariaLabel || one.id, one.getBoundingClientRect()])
        .filter(([, { width, height }]) => width < 44 || height < 44)
        .map(([name, { width, height }]) => `${name}: ${width} × ${height}`),
    );
  assert.deepEqual(await small(), []);
  const [dot] = await inSight(page);
  const box = await page.$eval(`.dot[data-dot="${dot}"] path`, (path) => path.getBoundingClientRect().toJSON());
  await page.touchscreen.tap(box.x + box.width / 2, box.y + box.height / 2);
  await page.waitForSelector('.dot.selected');
  await until(() => page.$eval('.part', (part) => part.getBoundingClientRect().bottom <= innerHeight && part.getBoundingClientRect().top >= 0));
  assert.deepEqual(await small(), []);
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
  await close(page);
});

test('a link to two events shows both, wherever they are', { skip }, async () => {
  const events = randomExecution(8, 120, 3);
  const { address } = await served(events);
  const [one, other] = [events[0].dot, events[70].dot];
  const page = await open(browser, `${address}#at=${events[119].dot}&select=${one}&other=${other}&tab=event`);
  await page.waitForSelector('.relation');
  await until(async () => {
    const seen = await inSight(page);
    return seen.includes(one) && seen.includes(other);
  });
  await close(page);
});

test('what lies before and after what is in sight is counted, also of what the page holds', { skip }, async () => {
  const { address } = await served(randomExecution(9, 900, 3));
  const page = await open(browser, address);
  for (const key of ['End', 'PageUp', 'Home', 'PageDown']) {
    await page.keyboard.press(key);
    await until(async () => {
      const [earlier, later] = await page.$$eval('#tools .count', (all) => all.map((one) => Number(one.textContent.replace(/\D/g, ''))));
      return earlier + (await inSight(page)).length + later === 900 && (key !== 'Home' || earlier === 0) && (key !== 'End' || later === 0);
    });
  }
  await close(page);
});

test('a group says how many of how many pairs are concurrent, and quotes its ranges in their order', { skip }, async () => {
  const events = randomExecution(10, 40, 3, 0.4);
  const texts = new Map(events.map((event) => [event.dot, event.payload]));
  const { address } = await served(events);
  const page = await open(browser, address);
  const groups = await page.$$eval('#panel .conflict .row', (all) => all.map((row) => ['.sides', '.pairs', '.says'].map((part) => row.querySelector(part).textContent)));
  assert.ok(groups.length > 0);
  for (const [sides, pairs, says] of groups) {
    const ranges = sides.split(' ∥ ').map((side) => {
      const [, process, first, last = first] = /^(.*):(\d+)(?:\.\.(\d+))?$/.exec(side);
      return events.filter((event) => event.process === process && Number(first) <= event.counter && event.counter <= Number(last));
    });
    const concurrent = ranges[0].flatMap((a) => ranges[1].filter((b) => causalOrder(a, b) === 'CONCURRENT')).length;
    const all = ranges[0].length * ranges[1].length;
    assert.equal(pairs, `${concurrent === all ? '' : `${concurrent} of `}${all} pair${all === 1 ? '' : 's'}`, sides);
    const quoted = says.split(' ∥ ').map((text) => text.replace(/^“|”$/g, ''));
    quoted.forEach((text, side) => assert.ok(ranges[side].some(({ dot }) => texts.get(dot) === text), `${sides}: ${says}`));
  }
  await close(page);
});

test('a hit of a process that was hidden is shown, and the menu says what is hidden', { skip }, async () => {
  const { address } = await served(randomExecution(11, 60, 3));
  const page = await open(browser, `${address}#hide=p2`);
  await page.waitForSelector('#tools summary:has-text("1 hidden")');
  await page.fill('#search-text', 'process=p2');
  await page.press('#search-text', 'Enter');
  await page.waitForSelector('.dot.current[data-dot^="p2:"]');
  assert.ok((await inSight(page)).some((dot) => dot.startsWith('p2:')));
  await close(page);
});

test('the tour goes along a conflict to its end, by keyboard alone', { skip }, async () => {
  const { address } = await served(randomExecution(3, 60, 4));
  const page = await open(browser, `${address}#tab=event`);
  await page.focus('button:has-text("Take the tour")');
  await page.keyboard.press('Enter');
  for (let step = 1; step <= 5; step++) {
    await page.waitForSelector(`#tour strong:has-text("${step} of 5")`);
    await page.waitForFunction(() => ['Next', 'Done'].includes(document.activeElement.textContent));
    await page.keyboard.press('Enter');
  }
  await page.waitForFunction(() => document.querySelector('#tour').childElementCount === 0);
  await page.waitForSelector('.dot.lit');
  await page.waitForSelector('#panel .conflict.open');
  await close(page);
});
