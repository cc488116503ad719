// Makes the README's picture: node screenshot.mjs [FILE]. The demo runs the scenario `partition`, and its conflict is asked about.
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
const page = await open(browser, `${address}#select=node-4:2&other=node-2:4&tab=event`);
await page.setViewportSize({ width: 1200, height: 640 });
await page.waitForSelector('.relation');
await page.waitForTimeout(500);
await page.screenshot({ path: file });
await browser.close();
await stopAll();
process.exit(0);
