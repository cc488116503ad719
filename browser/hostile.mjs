// Strings that want to be more than text: markup, scripts, direction and control characters, giant words.
import { random } from '../analyzer/src/test/page/executions.js';

const PIECES = [
  '<script>window.hacked = 1</script>',
  '<img src=x onerror="window.hacked = 1">',
  '"><svg onload=window.hacked=1>',
  "';window.hacked=1;//",
  '<iframe srcdoc="<script>parent.hacked=1</script>">',
  '</title></style></textarea><b>bold',
  'javascript:window.hacked=1',
  '{{constructor.constructor("window.hacked=1")()}}',
  '${window.hacked=1}',
  '&lt;b&gt; &#x3c; &amp;',
  '\u202Eright to left\u202C',
  '\u2066isolated \u2067twice',
  '\u0000\u0001\u0007\u001b[31m\u007f\u0085',
  '\u200b\u200d\ufeff\u00ad',
  'line\nbreak\r\nand\u2028more\u2029',
  '\ud800 lone \udfff',
  'W'.repeat(3000),
  'e\u0301\u0323\u0300'.repeat(200),
  '🙂👩‍👩‍👧‍👦'.repeat(100),
  'مرحبا بالعالم',
  '漢字'.repeat(500),
  '../../etc/passwd%00',
  '" onfocus="window.hacked=1" autofocus="',
  '__proto__',
  'constructor',
  '<![CDATA[x]]><!--',
  '<foreignObject><body onload=window.hacked=1>',
  '<style>*{display:none}</style>',
  '<base href=//example.org><meta http-equiv=refresh content=0>',
  '\t\t  \u00a0 spaces \u3000',
];

/** So many different strings; the first are the pieces, the others are put together from them. */
export function hostile(count, seed = 1) {
  const next = random(seed);
  const piece = () => PIECES[Math.floor(next() * PIECES.length)];
  const strings = new Set(PIECES);
  while (strings.size < count) {
    strings.add(`${piece()}${strings.size % 3 === 0 ? ' ' : ''}${piece()}${strings.size}`);
  }
  return [...strings];
}
