// Texts from outside made fit to be shown, and numbers and times for people.

const CONTROL = /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|[\ud800-\udfff](?<![\ud800-\udbff][\udc00-\udfff])(?![\udc00-\udfff])/g;
const LINE_BREAK = /\r\n|[\n\r\u2028\u2029]/g;

/**
 * The text with what cannot be seen, or would turn other text around, replaced by what can: control characters by their
 * pictures, the others by their code point. At most so many characters, an ellipsis at the end where more were there.
 */
export function printable(text, most = 200) {
  const cut = [...String(text).slice(0, 2 * most + 2)];
  const shown = cut.slice(0, most).join('').replace(LINE_BREAK, ' ⏎ ').replace(CONTROL, visible);
  return cut.length > most ? `${shown}…` : shown;
}

function visible(character) {
  const code = character.codePointAt(0);
  if (code === 0x09) {
    return ' ';
  }
  if (code < 0x20) {
    return String.fromCodePoint(0x2400 + code);
  }
  return code === 0x7f ? '␡' : `‹${code.toString(16).toUpperCase().padStart(4, '0')}›`;
}

/** A count with separated thousands: "15,896". */
export function grouped(count) {
  return Number(count).toLocaleString('en-US');
}

/** "1 event", "2 events", "0 processes". */
export function counted(count, noun) {
  return `${grouped(count)} ${noun}${count === 1 ? '' : noun.endsWith('s') ? 'es' : 's'}`;
}

/** A run as it is written: "node-2:3..5". */
export function writtenRun({ process, first, last }) {
  return first === last ? `${process}:${first}` : `${process}:${first}..${last}`;
}

/** A span of time for people: "4 s", "3 min", "2 h", "5 days". */
export function span(milliseconds) {
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  if (seconds < 120) {
    return `${seconds} s`;
  }
  const minutes = Math.round(seconds / 60);
  const hours = Math.round(minutes / 60);
  return minutes < 120 ? `${minutes} min` : hours < 48 ? `${hours} h` : `${grouped(Math.round(hours / 24))} days`;
}
