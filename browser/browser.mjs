// A browser without a window, and what every test asks of a page.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';

const PLACES = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** The browser's program, or undefined where there is none. */
export const program = PLACES.find((place) => place && existsSync(place));

/** Starts the browser. */
export function launch() {
  return chromium.launch({ executablePath: program, args: ['--no-sandbox', '--disable-dev-shm-usage'] });
}

/** Opens an address. What the page does that it must not do is collected in page.faults. */
export async function open(browser, address, { colorScheme = 'light', phone = false, wait = true } = {}) {
  const page = await browser.newPage({
    viewport: phone ? { width: 390, height: 844 } : { width: 1440, height: 860 },
    hasTouch: phone,
    colorScheme,
    acceptDownloads: true,
  });
  page.setDefaultTimeout(180_000); // a busy machine is ten times slower
  page.faults = [];
  page.on('pageerror', (error) => page.faults.push(`failure: ${error.message}`));
  page.on('console', (message) => ['error', 'warning'].includes(message.type()) && page.faults.push(message.text()));
  page.on('dialog', (dialog) => {
    page.faults.push(`dialog: ${dialog.message()}`);
    dialog.dismiss();
  });
  page.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(new URL(address).origin) && !/^(file|data|blob):/.test(url)) {
      page.faults.push(`request to ${url}`);
    }
  });
  await page.goto(address);
  if (wait) {
    await page.waitForSelector('#stages:not([aria-busy]) .dot');
  }
  return page;
}

/** A number in the top line. */
export async function figure(page, name) {
  return Number((await page.textContent(`[data-figure="${name}"]`)).replaceAll(',', ''));
}

/** The dots that carry a class, by name. */
export function dotsWith(page, name) {
  return page.$$eval(`.stage:first-child .dot.${name}`, (dots) => dots.map((dot) => dot.dataset.dot).sort());
}

/** Clicks a dot, wherever in the diagram it stands. */
export async function clickDot(page, dot, modifiers = []) {
  const place = await page.evaluate((name) => {
    const group = [...document.querySelectorAll('.dot')].find((one) => one.dataset.dot === name);
    group.scrollIntoView({ inline: 'center', block: 'nearest' });
    const box = group.querySelector('path').getBoundingClientRect();
    return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  }, dot);
  for (const key of modifiers) {
    await page.keyboard.down(key);
  }
  await page.mouse.click(place.x, place.y);
  for (const key of modifiers) {
    await page.keyboard.up(key);
  }
}

/** Asks the query API. */
export async function ask(address, path) {
  const response = await fetch(new URL(path, address));
  assert.equal(response.status, 200, path);
  return response.json();
}

/** Closes a page that has done nothing that it must not do, but ask for what is not there, where that is meant. */
export async function close(page, { mayMiss = false } = {}) {
  assert.deepEqual(mayMiss ? page.faults.filter((fault) => !fault.includes('404')) : page.faults, []);
  await page.close();
}
