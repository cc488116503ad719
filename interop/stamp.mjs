// A stamping client's clock in JavaScript, written from docs/stamp-my-service.md alone: it stamps and merges.
//
//   const clock = new StampClock({ name: 'orders-js', incarnation: 7 })
//   clock.deliver(message.headers)                       // before a record is handled
//   await producer.send({ topic, messages: [{ value, headers: clock.stamp(headers) }] })

export const HEADER = 'antichain-stamp'

const FORMAT = 0x21
const MAX_ENTRIES = 1000
const MAX_NUMBER = 2 ** 53 - 1

/** The clock of one process. Counters are exact up to 2^53 - 1, as the format has them. */
export class StampClock {
  #own
  #entries = new Map()
  #lamport = 0

  constructor({ name, incarnation = 0 }) {
    this.#own = written(name, incarnation)
  }

  /** The headers with this process's next stamp: another call is another event. */
  stamp(headers = {}) {
    this.#entries.set(this.#own, (this.#entries.get(this.#own) ?? 0) + 1)
    this.#lamport += 1
    return { ...headers, [HEADER]: encode({ process: this.#own, lamport: this.#lamport, clock: this.#entries }) }
  }

  /** Takes over what a record's stamp knows; whether it had one. A stamp that cannot be read changes nothing. */
  deliver(headers = {}) {
    const value = [headers[HEADER]].flat().at(-1)
    if (value === undefined || value === null) return false
    const { clock, lamport } = decode(Buffer.from(value))
    for (const [process, counter] of clock) {
      this.#entries.set(process, Math.max(counter, this.#entries.get(process) ?? 0))
    }
    this.#lamport = Math.max(lamport, this.#lamport)
    return true
  }

  get clock() {
    return new Map(this.#entries)
  }
}

/** The bytes of a stamp: of the process's event with the number that the clock has for it. */
export function encode({ process, lamport, clock }) {
  const entries = [...clock].map(([id, counter]) => ({ ...parsed(id), counter, id })).sort(byProcess)
  const out = [FORMAT, 0, ...varint(lamport), ...varint(entries.findIndex(({ id }) => id === process)),
    ...varint(entries.length)]
  let before = Buffer.alloc(0)
  for (const { name, incarnation, counter } of entries) {
    const bytes = Buffer.from(name)
    let shared = 0
    while (shared < bytes.length && shared < before.length && bytes[shared] === before[shared]) shared += 1
    out.push(...varint(shared), ...varint(2 * (bytes.length - shared) + (incarnation > 0 ? 1 : 0)),
      ...bytes.subarray(shared), ...(incarnation > 0 ? varint(incarnation) : []), ...varint(counter))
    before = bytes
  }
  return Buffer.from(out)
}

/** What the bytes, or their base64 text, say; throws a sentence where they are no stamp. */
export function decode(value) {
  const bytes = value[0] === FORMAT ? value : Buffer.from(value.toString('latin1'), 'base64')
  let at = 0
  const byte = () => {
    if (at >= bytes.length) throw refused('it ends too early', at)
    return bytes[at++]
  }
  const number = () => {
    let result = 0
    for (let factor = 1; ; factor *= 128) {
      const part = byte()
      result += (part & 0x7f) * factor
      if (result > MAX_NUMBER) throw refused('a number is too great', at)
      if (part < 0x80) return result
    }
  }
  if (byte() !== FORMAT) throw refused('it begins with another byte', 0)
  number() // flags
  const lamport = number()
  const own = number()
  const size = number()
  if (size > MAX_ENTRIES || own >= size) throw refused('the event is of none of its processes', at)
  const clock = new Map()
  let before = Buffer.alloc(0)
  for (let i = 0; i < size; i++) {
    const shared = number()
    const length = number()
    const more = Math.floor(length / 2)
    if (shared > before.length || at + more > bytes.length) throw refused('a name ends too early', at)
    before = Buffer.concat([before.subarray(0, shared), bytes.subarray(at, at + more)])
    at += more
    clock.set(written(before.toString(), length % 2 === 1 ? number() : 0), number())
  }
  if (at < bytes.length || clock.size < size) throw refused('it goes on, or names a process twice', at)
  const process = [...clock.keys()][own]
  return { process, counter: clock.get(process), lamport, clock }
}

function varint(value) {
  const bytes = []
  let rest = value
  for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push((rest % 128) + 128)
  bytes.push(rest)
  return bytes
}

function written(name, incarnation) {
  return incarnation === 0 ? name : `${name}~${incarnation}`
}

function parsed(id) {
  const [name, incarnation = '0'] = id.split('~')
  return { name, incarnation: Number(incarnation) }
}

/** JavaScript compares strings by UTF-16 code units, as the format asks. */
function byProcess(a, b) {
  if (a.name !== b.name) return a.name < b.name ? -1 : 1
  return a.incarnation - b.incarnation
}

function refused(why, at) {
  return new Error(`A header is no stamp: ${why}, position=${at}; the sender is broken, or it is somebody else's`)
}
