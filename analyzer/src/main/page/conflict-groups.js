// Conflict records grouped so that they can be read: by pair of processes and key, neighbours merged.

/**
 * Two ranges of events, one of each of two processes, with concurrent pairs between them.
 *
 * @typedef {object} Group
 * @property {{process: string, first: number, last: number}} a the range of the process with the lesser name
 * @property {{process: string, first: number, last: number}} b that of the other
 * @property {string|null} key that all messages of it have; null in scope all
 * @property {number} pairs how many pairs of them are concurrent: at most as many as there are pairs
 * @property {object[]} records those that say so, newest first
 */

/**
 * The groups of conflict records. Each run of a record is in exactly one, so the pairs of all groups are those of all
 * records. Two runs are in one group where the ranges meet on both sides.
 *
 * @param {object[]} conflicts records with runs, newest first
 * @returns {Group[]} newest first
 */
export function groupsOf(conflicts) {
  const byPair = new Map();
  for (const conflict of conflicts) {
    for (const run of conflict.runs) {
      const group = groupOf(conflict, run);
      const pair = JSON.stringify([group.a.process, group.b.process, group.key]);
      byPair.get(pair)?.push(group) ?? byPair.set(pair, [group]);
    }
  }
  const newest = ({ records }) => records[0].seq;
  return [...byPair.values()]
    .flatMap(merged)
    .map((group) => ({ ...group, records: [...new Set(group.records)].sort((one, other) => other.seq - one.seq) }))
    .sort((one, other) => newest(other) - newest(one));
}

function groupOf(conflict, { process, firstCounter, lastCounter, length }) {
  const { event, key } = conflict;
  const own = { process: event.process, first: event.counter, last: event.counter };
  const run = { process, first: firstCounter, last: lastCounter };
  const [a, b] = own.process < run.process ? [own, run] : [run, own];
  return { a, b, key, pairs: length, records: [conflict] };
}

/** Groups of one pair, those that meet taken together. */
function merged(groups) {
  let done = [];
  for (const group of groups.toSorted((one, other) => one.a.first - other.a.first || one.b.first - other.b.first)) {
    let whole = group;
    let meeting;
    do {
      meeting = done.filter((other) => meet(whole.a, other.a) && meet(whole.b, other.b));
      done = done.filter((other) => !meeting.includes(other));
      whole = meeting.reduce(union, whole);
    } while (meeting.length > 0);
    done.push(whole);
  }
  return done;
}

function meet(one, other) {
  return one.first <= other.last + 1 && other.first <= one.last + 1;
}

function union(one, other) {
  const both = (side) => ({
    process: one[side].process,
    first: Math.min(one[side].first, other[side].first),
    last: Math.max(one[side].last, other[side].last),
  });
  const records = [...one.records, ...other.records];
  return { a: both('a'), b: both('b'), key: one.key, pairs: one.pairs + other.pairs, records };
}
