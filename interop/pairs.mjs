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
      const last = events.get(`${run.process}:${run.lastCounter}`)
      if (last && entry(last.clock, conflict.event.process) !== run.witness) {
        faults.push(`${conflict.id}: witness=${run.witness} is not in the clock of ${run.process}:${run.lastCounter}`)
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

function membersOf(run, conflict, events) {
  const members = []
  for (let counter = run.firstCounter; counter <= run.lastCounter; counter += 1) {
    const event = events.get(`${run.process}:${counter}`)
    const inRun = event && event.partition === run.partition && event.offset >= run.firstOffset && event.offset <= run.lastOffset
    if (inRun && (conflict.scope === 'ALL' || event.key === conflict.key)) members.push(event)
  }
  return members
}
