// Draws what `benchmarks/run rates` measured: node benchmarks/draw.mjs <rates.json >docs/rates.svg. Both axes are logarithmic.
import { readFileSync } from 'node:fs';

const rates = JSON.parse(readFileSync(0, 'utf8'));

const SERIES = [
  { name: 'antichain', label: 'Antichain’s engine', color: '#0b6e4f', dash: '' },
  { name: 'everyTwo', label: 'every two compared, Antichain’s clocks', color: '#8a5a00', dash: '7 4' },
  { name: 'everyTwoPekko', label: 'every two compared, Pekko’s clocks', color: '#a4243b', dash: '2 4' },
];
const WIDTH = 420;
const HEIGHT = 260;
const LEFT = 84;
const TOP = 44;
const GAP = 100;

const number = (value) => value.toLocaleString('en-US');
const decades = (values) => [
  Math.floor(Math.log10(Math.min(...values))),
  Math.ceil(Math.log10(Math.max(...values))),
];
const powers = ([from, to]) => Array.from({ length: to - from + 1 }, (_, i) => 10 ** (from + i));
const text = (x, y, content, more = '') => `<text x="${x}" y="${y}" ${more}>${content}</text>`;
const line = (x1, y1, x2, y2) => `<line x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}" class="grid"/>`;

/** The series of one measurement over its x values, with the y axis that all charts share. */
function chart(left, title, axis, ofSeries, yDecades) {
  const xs = [...new Set(Object.values(ofSeries).flatMap((points) => Object.keys(points).map(Number)))];
  const [xFrom, xTo] = [Math.log10(Math.min(...xs)), Math.log10(Math.max(...xs))];
  const x = (value) => (left + (WIDTH * (Math.log10(value) - xFrom)) / (xTo - xFrom)).toFixed(1);
  const y = (value) =>
    (TOP + HEIGHT - (HEIGHT * (Math.log10(value) - yDecades[0])) / (yDecades[1] - yDecades[0])).toFixed(1);
  const parts = [text(left, TOP - 16, title, 'class="title"')];
  for (const power of powers(yDecades)) {
    parts.push(line(left, y(power), left + WIDTH, y(power)));
    parts.push(text(left - 8, Number(y(power)) + 4, number(power), 'text-anchor="end"'));
  }
  for (const value of xs) {
    parts.push(line(x(value), TOP, x(value), TOP + HEIGHT));
    parts.push(text(x(value), TOP + HEIGHT + 18, number(value), 'text-anchor="middle"'));
  }
  parts.push(text(left + WIDTH / 2, TOP + HEIGHT + 40, axis, 'text-anchor="middle"'));
  for (const { name, color, dash } of SERIES) {
    const points = Object.entries(ofSeries[name]).map(([at, rate]) => [x(Number(at)), y(rate)]);
    const path = points.map((point) => point.join(',')).join(' ');
    parts.push(
      `<polyline points="${path}" fill="none" stroke="${color}" stroke-width="2" stroke-dasharray="${dash}"/>`,
      ...points.map(([cx, cy]) => `<circle cx="${cx}" cy="${cy}" r="3.5" fill="${color}"/>`),
    );
  }
  return parts.join('\n');
}

const all = [rates.byProcesses, rates.byHistory].flatMap((chart) => Object.values(chart).flatMap(Object.values));
const yDecades = decades(all);
const second = LEFT + WIDTH + GAP;
const width = second + WIDTH + 44;
const height = TOP + HEIGHT + 92;
const keyWidth = (width - LEFT) / SERIES.length;
const key = SERIES.map(
  ({ label, color, dash }, i) =>
    `<line x1="${LEFT + i * keyWidth}" y1="${height - 20}" x2="${LEFT + i * keyWidth + 32}" y2="${height - 20}" ` +
    `stroke="${color}" stroke-width="2" stroke-dasharray="${dash}"/>` +
    text(LEFT + i * keyWidth + 40, height - 16, label),
).join('\n');

console.log(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img"
  aria-label="Events a second, by processes and by length of the history">
<style>
  text { font: 12px system-ui, sans-serif; fill: #222; }
  .title { font-weight: 600; font-size: 14px; }
  .grid { stroke: #ddd; }
</style>
<rect width="${width}" height="${height}" fill="#fff"/>
${chart(LEFT, `Events a second, history of ${number(rates.history)} events`, 'processes', rates.byProcesses, yDecades)}
${chart(second, `Events a second, ${number(rates.processes)} processes`, 'events in the history', rates.byHistory, yDecades)}
${key}
</svg>`);
