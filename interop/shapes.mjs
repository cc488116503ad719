// What a decoded value must look like; each check returns its faults as text. An Avro long arrives as a number,
// exact because counters stop at 2^53 - 1.

const whole = value => Number.isSafeInteger(value) && value >= 0
const text = value => typeof value === 'string'
const clock = value => value !== null && typeof value === 'object' && Object.values(value).every(whole)

const faultsOf = (value, checks) =>
  Object.entries(checks).filter(([name, check]) => !check(value[name])).map(([name]) =>
    `${name} is of the wrong type or out of range: ${name}=${JSON.stringify(value[name])}`)

export function checkEvent(event, recordKey) {
  const faults = faultsOf(event, {
    process: text,
    counter: whole,
    clock: value => value === null || clock(value),
    lamport: whole,
    key: value => value === null || text(value),
    payload: text,
    publishedAt: whole,
    kind: value => ['MESSAGE', 'HEARTBEAT', 'LEAVE'].includes(value),
  })
  if (clock(event.clock) && (event.clock[event.process] ?? 0) !== event.counter) {
    faults.push(`own entry and counter are one number: ${JSON.stringify(event)}`)
  }
  if (event.kind === 'MESSAGE' && recordKey !== (event.key ?? event.process)) {
    faults.push(`the record key is the message's key, else its process: ${recordKey}`)
  }
  return faults
}

export function checkConflict(conflict, recordKey) {
  const faults = faultsOf(conflict, {
    id: text,
    scope: value => ['ALL', 'KEY'].includes(value),
    key: value => value === null || text(value),
    status: value => ['CONCURRENT', 'RESOLVED'].includes(value),
    event: eventRef,
    runs: value => Array.isArray(value) && value.every(run),
    pairs: whole,
    resolves: value => Array.isArray(value) && value.every(text),
    siblings: value => Array.isArray(value) && value.every(eventRef),
    complete: value => typeof value === 'boolean',
  })
  if (faults.length > 0) return faults
  const dot = `${conflict.event.process}:${conflict.event.counter}`
  if (conflict.id !== `${conflict.scope.toLowerCase()}/${dot}`) faults.push(`id is scope and dot: id=${conflict.id}`)
  if (recordKey !== (conflict.scope === 'ALL' ? dot : conflict.key)) {
    faults.push(`the record key is the dot, or in scope key the key: ${recordKey}`)
  }
  const length = conflict.runs.reduce((sum, { length }) => sum + length, 0)
  if (conflict.pairs !== length) faults.push(`pairs is the sum of the runs' lengths: pairs=${conflict.pairs}, sum=${length}`)
  for (const { process, witness } of conflict.runs) {
    if (witness >= conflict.event.counter) faults.push(`a witness is below the event's counter: run of ${process}, witness=${witness}`)
  }
  return faults
}

function eventRef(value) {
  return faultsOf(value, {
    process: text, counter: whole, partition: whole, offset: whole, clock, lamport: whole, publishedAt: whole,
  }).length === 0
}

function run(value) {
  return faultsOf(value, {
    process: text, partition: whole, firstCounter: whole, lastCounter: whole,
    firstOffset: whole, lastOffset: whole, length: whole, witness: whole,
  }).length === 0
}
