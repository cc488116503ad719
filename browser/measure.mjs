// Measures the page at an address while events arrive: node measure.mjs ADDRESS HISTORY SECONDS. One line of JSON.
import { launch, program } from './browser.mjs';
import { until } from './systems.mjs';

const [address, history, seconds] = [process.argv[2], Number(process.argv[3]), Number(process.argv[4])];
if (!program) {
  console.error('A browser is measured: chromium=absent; set CHROMIUM, or install it (Debian: apt install chromium)');
  process.exit(3);
}

const summary = () => fetch(new URL('summary', address)).then((answer) => answer.json());
await until(async () => (await summary().catch(() => null))?.events.held >= history, 120000);

const browser = await launch();
const page = await browser.newPage({ viewport: { width: 1440, height: 860 } });
await page.addInitScript(() => {
  window.frames95 = [];
  let last = performance.now();
  const frame = () => {
    const now = performance.now();
    window.frames95.push(now - last);
    last = now;
    if (window.drawnMs === undefined && document.querySelector('.dot')) {
      window.drawnMs = now;
    }
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
});
await page.goto(address);
await page.waitForFunction(() => window.drawnMs !== undefined);
const firstPaintMs = await page.evaluate(() => performance.getEntriesByName('first-contentful-paint')[0].startTime);
const drawnMs = await page.evaluate(() => window.drawnMs);

const session = await page.context().newCDPSession(page);
await session.send('Performance.enable');
const size = async () => {
  await session.send('HeapProfiler.collectGarbage');
  const { metrics } = await session.send('Performance.getMetrics');
  const of = (name) => metrics.find((metric) => metric.name === name).value;
  return { heapMib: round(of('JSHeapUsedSize') / 2 ** 20), nodes: of('Nodes') };
};

await page.waitForTimeout(5000);
const seenBefore = (await summary()).events.seen;
const sizes = [await size()];
await page.evaluate(() => (window.frames95 = []));
const started = performance.now();
await page.waitForTimeout(seconds * 1000);
const frames = (await page.evaluate(() => window.frames95)).sort((a, b) => a - b);
const arrived = (await summary()).events.seen - seenBefore;
const took = (performance.now() - started) / 1000;
sizes.push(await size());
await page.waitForTimeout(seconds * 1000);
sizes.push(await size());
await browser.close();

const at = (percent) => round(frames[Math.floor((frames.length * percent) / 100)]);
console.log(
  JSON.stringify({
    history,
    arrivedPerSecond: Math.round(arrived / took),
    firstPaintMs: Math.round(firstPaintMs),
    diagramDrawnMs: Math.round(drawnMs),
    frames: frames.length,
    frameMs: { p50: at(50), p95: at(95), p99: at(99), greatest: round(frames.at(-1)) },
    underFiftyPercent: round((100 * frames.filter((ms) => ms < 50).length) / frames.length),
    heapMib: sizes.map(({ heapMib }) => heapMib),
    domNodes: sizes.map(({ nodes }) => nodes),
  }),
);

function round(value) {
  return Math.round(value * 10) / 10;
}
process.exit(0);
