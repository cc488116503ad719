// Which pairs of events are concurrent: by the definition, and as the conflict records say.

/** A pair's name does not depend on the order of its events. */
const pairOf = (one, other) => (one < other ? `${one} ${other}` : `${other} ${one}`)

const entry = (clock, process) => clock[process] ?? 0

/** a happened before b iff b's clock counts a among its causes. */
const before = (a, b) => entry(b.clock, a.process) >= a.counter

/** All concurrent pairs among the events, which are given by dot; scope key: of one key. */
export function concurrentPairs(events, scope) {
  const pairs = new Set()
  const all = [...events]
  all.forEach(([dot, event], index) => {
    for (const [otherDot, other] of all.slice(0, index)) {
      const inScope = scope === 'all' || (event.key !== null && event.key === other.key)
      if (inScope && !before(event, other) && !before(other, event)) pairs.add(pairOf(dot, otherDot))
    }
  })
  return pairs
}

/** The pairs that the records name, and what is wrong with the records themselves. */
export function reportedPairs(events, conflicts) {
  const pairs = new Set()
  const faults = []
  for (const conflict of conflicts) {
    const dot = `${conflict.event.process}:${conflict.event.counter}`
    for (const run of conflict.runs) {
      const members = membersOf(run, conflict, events)
      if (members.length !== run.length) {
        faults.push(`${conflict.id}: run of ${run.process} holds ${members.length} events, length=${run.length}`)
      }
      const last = members.at(-1)
      if (last && entry(last.clock, conflict.event.process) !== run.witness) {
        faults.push(`${conflict.id}: witness=${run.witness} is not in the clock of ${run.process}:${run.lastCounter}`)
      }
      const first = { topic: run.topic ?? conflict.event.topic, partition: run.partition, offset: run.firstOffset }
      const end = {
        topic: run.lastTopic ?? first.topic, partition: run.lastPartition ?? run.partition, offset: run.lastOffset,
      }
      if (!stands(members[0], run.firstCounter, first) || !stands(last, run.lastCounter, end)) {
        faults.push(`${conflict.id}: the ends of the run of ${run.process} do not stand where it says`)
      }
      for (const member of members) {
        const pair = pairOf(dot, `${member.process}:${member.counter}`)
        if (pairs.has(pair)) faults.push(`${conflict.id}: reported twice: ${pair}`)
        pairs.add(pair)
      }
    }
  }
  return { pairs, faults }
}

/** The events of a run that there are; scope key: its counters are listed where they are not consecutive. */
function membersOf(run, conflict, events) {
  const counters = run.counters.length > 0
    ? run.counters
    : Array.from({ length: run.lastCounter - run.firstCounter + 1 }, (_, index) => run.firstCounter + index)
  return counters.map(counter => events.get(`${run.process}:${counter}`))
    .filter(event => event && (conflict.scope === 'ALL' || event.key === conflict.key))
}

function stands(event, counter, { topic, partition, offset }) {
  return event?.counter === counter && event.topic === topic && event.partition === partition && event.offset === offset
}
