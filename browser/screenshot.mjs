// Makes the README's picture: node screenshot.mjs [FILE]. The demo runs the scenario `partition`, and a conflict is chosen.
import { launch, open, program } from './browser.mjs';
import { demo, stopAll, verified } from './systems.mjs';

if (!program) {
  console.error('A picture is taken with a browser: chromium=absent; set CHROMIUM, or install it (Debian: apt install chromium)');
  process.exit(3);
}
const file = process.argv[2] ?? new URL('../docs/page.png', import.meta.url).pathname;
const address = await demo('partition');
await verified();
const browser = await launch();
const page = await open(browser, address);
await page.setViewportSize({ width: 1200, height: 640 });
await page.click('#panel .conflict:has-text("node-2") .row');
await page.waitForSelector('.proof');
await page.waitForTimeout(500);
await page.screenshot({ path: file });
await browser.close();
await stopAll();
process.exit(0);
