// Reads Antichain's events and conflicts topics as a stranger would: with KafkaJS or kcat and a Confluent registry client,
// knowing the schemas only from the registry. Recomputes from the events' clocks which pairs are concurrent, and
// compares them with the pairs that the conflict records name. With --topics the events are the records of these topics,
// by the stamps in their headers.
//
//   node read.mjs [--bootstrap-server HOST:PORT] [--schema-registry-url URL] [--topic-prefix PREFIX] [--topics A,B]
//                 [--client kafkajs|kcat] [--scope all|key] [--at-least N] [--within SECONDS]
//
// The first three also come from ANTICHAIN_BOOTSTRAP_SERVER, ANTICHAIN_SCHEMA_REGISTRY_URL and ANTICHAIN_TOPIC_PREFIX.
// Exit codes: 0 equal, and at least N conflict records; 1 a difference; 2 usage; 3 cannot connect.

import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import kafkajs from 'kafkajs'
import registries from '@kafkajs/confluent-schema-registry'
import { readTopic } from './kcat.mjs'
import { concurrentPairs, reportedPairs } from './pairs.mjs'
import { checkConflict, checkEvent } from './shapes.mjs'
import { decode, HEADER } from './stamp.mjs'

const settings = readSettings()
const eventsTopic = `${settings['topic-prefix']}events`
const conflictsTopic = `${settings['topic-prefix']}conflicts`
const topics = [...(settings.topics ? settings.topics.split(',') : [eventsTopic]), conflictsTopic]
const framed = topics.filter(topic => topic === eventsTopic || topic === conflictsTopic)
const registry = new registries.SchemaRegistry({ host: settings['schema-registry-url'] })
const kafka = new kafkajs.Kafka({
  clientId: 'antichain-interop',
  brokers: settings['bootstrap-server'].split(','),
  logLevel: kafkajs.logLevel.NOTHING,
  retry: { retries: 5 },
})

const events = new Map() // by dot
const conflicts = []
const counts = { messages: 0, heartbeats: 0, leaves: 0, unstamped: 0 }
const faults = []
const positions = new Map() // by topic and partition: the offset after the last one read

try {
  process.exitCode = await run()
} catch (failure) {
  console.error(`Broker and registry must answer: bootstrap-server=${settings['bootstrap-server']}, ` +
    `schema-registry-url=${settings['schema-registry-url']}, failure=${failure.message}; are both up?`)
  process.exitCode = 3
}

async function run() {
  return settings.client === 'kcat' ? runWithKcat() : runWithKafkaJs()
}

/** kcat ends at the end of a topic, so each look at the topics reads them anew. */
async function runWithKcat() {
  const schemaIds = new Map(await Promise.all(framed.map(latestSchemaId)))
  return compare(async () => {
    events.clear()
    conflicts.length = 0
    faults.length = 0
    Object.keys(counts).forEach(name => { counts[name] = 0 })
    for (const topic of topics) {
      for (const record of await readTopic(settings['bootstrap-server'], topic)) await read(record, schemaIds.get(topic))
    }
    return []
  })
}

async function runWithKafkaJs() {
  const groupId = `antichain-interop-${randomUUID()}`
  const admin = kafka.admin()
  const consumer = kafka.consumer({ groupId })
  await admin.connect()
  try {
    const ends = (await Promise.all(topics.map(topic => endOffsets(admin, topic)))).flat()
    const schemaIds = new Map(await Promise.all(framed.map(latestSchemaId)))
    await consumer.connect()
    await consumer.subscribe({ topics, fromBeginning: true })
    // KafkaJS announces a batch of nothing but transaction markers here too, so positions reach the end offsets.
    consumer.on(consumer.events.END_BATCH_PROCESS, ({ payload }) =>
      positions.set(`${payload.topic}/${payload.partition}`, BigInt(payload.lastOffset) + 1n))
    await consumer.run({ eachMessage: record => read(record, schemaIds.get(record.topic)) })
    return await compare(() => ends.filter(({ partition, end }) => (positions.get(partition) ?? 0n) < end))
  } finally {
    await consumer.disconnect()
    await admin.deleteGroups([groupId]).catch(() => {})
    await admin.disconnect()
  }
}

async function endOffsets(admin, topic) {
  const offsets = await admin.fetchTopicOffsets(topic)
  return offsets.filter(({ high, low }) => high !== low)
    .map(({ partition, high }) => ({ partition: `${topic}/${partition}`, end: BigInt(high) }))
}

async function latestSchemaId(topic) {
  return [topic, await registry.getLatestSchemaId(`${topic}-value`)]
}

async function read({ topic, partition, message }, latest) {
  const at = `${topic}/${partition}@${message.offset}`
  const place = { topic, partition, offset: Number(message.offset) }
  const key = message.key?.toString()
  if (!framed.includes(topic)) return readStamp(message.headers, { key: key ?? null, ...place }, at)
  if (message.value.readUInt8(0) !== 0 || message.value.readInt32BE(1) !== latest) {
    faults.push(`${at}: a value begins with 0 and the subject's schema id ${latest}`)
  }
  const value = await registry.decode(message.value).catch(failure => {
    faults.push(`${at}: cannot be decoded: ${failure.message}`)
  })
  if (value === undefined) return
  if (topic === eventsTopic) {
    faults.push(...checkEvent(value, key).map(fault => `${at}: ${fault}`))
    keep(value, place)
  } else {
    faults.push(...checkConflict(value, key).map(fault => `${at}: ${fault}`))
    conflicts.push(value)
  }
}

/** The last header of the name counts, and a record without one is in no order. */
function readStamp(headers, place, at) {
  const stamp = [headers?.[HEADER] ?? []].flat().at(-1)
  if (stamp === undefined) {
    counts.unstamped += 1
    return
  }
  try {
    const { process, counter, clock } = decode(stamp)
    keep({ kind: 'MESSAGE', process, counter, clock: Object.fromEntries(clock) }, place)
  } catch (failure) {
    faults.push(`${at}: ${failure.message}`)
  }
}

function keep(event, place) {
  if (event.kind === 'MESSAGE') {
    counts.messages += 1
    if (event.clock !== null) events.set(`${event.process}:${event.counter}`, { ...event, ...place })
  } else {
    counts[event.kind === 'LEAVE' ? 'leaves' : 'heartbeats'] += 1
  }
}

/** Compares again until nothing differs or the time is up, since the analyzer may still be at work. */
async function compare(unreadPartitions) {
  const deadline = Date.now() + settings.within * 1000
  for (;;) {
    const unread = await unreadPartitions()
    const result = unread.length === 0 ? difference() : undefined
    if (result?.equal) return report(result, 0)
    if (Date.now() > deadline) {
      if (result) return report(result, 1)
      console.log(`not read to the end within ${settings.within} s: ${unread.map(({ partition }) => partition).join(', ')}`)
      return 1
    }
    await sleep(500)
  }
}

function difference() {
  const inScope = conflicts.filter(({ scope }) => scope === settings.scope.toUpperCase())
  const expected = concurrentPairs(events, settings.scope)
  const reported = reportedPairs(events, inScope)
  const missing = [...expected].filter(pair => !reported.pairs.has(pair))
  const extra = [...reported.pairs].filter(pair => !expected.has(pair))
  const found = inScope.filter(({ status }) => status === 'CONCURRENT').length
  const all = [...faults, ...reported.faults,
    ...missing.map(pair => `missing: ${pair}`), ...extra.map(pair => `extra: ${pair}`)]
  if (found < settings['at-least']) all.push(`conflict records: ${found}, at least ${settings['at-least']} were expected`)
  return { equal: all.length === 0, all, found, expected, reported, missing, extra }
}

function report({ all, found, expected, reported, missing, extra }, exitCode) {
  all.slice(0, 20).forEach(fault => console.log(fault))
  if (all.length > 20) console.log(`and ${all.length - 20} more`)
  console.log(`messages=${counts.messages} heartbeats=${counts.heartbeats} leaves=${counts.leaves} unstamped=${counts.unstamped} ` +
    `conflictRecords=${found} concurrentPairs=${expected.size} reportedPairs=${reported.pairs.size} ` +
    `missing=${missing.length} extra=${extra.length} faults=${all.length - missing.length - extra.length}`)
  return exitCode
}

function readSettings() {
  const text = (name, fallback) => ({
    type: 'string',
    default: process.env[`ANTICHAIN_${name.toUpperCase().replaceAll('-', '_')}`] ?? fallback,
  })
  try {
    const { values } = parseArgs({
      options: {
        'bootstrap-server': text('bootstrap-server', 'localhost:9092'),
        'schema-registry-url': text('schema-registry-url', 'http://localhost:8081'),
        'topic-prefix': text('topic-prefix', 'antichain.'),
        topics: text('topics', ''),
        client: { type: 'string', default: 'kafkajs' },
        scope: text('scope', 'all'),
        'at-least': { type: 'string', default: '0' },
        within: { type: 'string', default: '60' },
      },
    })
    for (const name of ['at-least', 'within']) {
      values[name] = Number(values[name])
      if (!Number.isSafeInteger(values[name]) || values[name] < 0) throw new Error(`--${name} must be a whole number`)
    }
    if (!['all', 'key'].includes(values.scope)) throw new Error('--scope must be all or key')
    if (!['kafkajs', 'kcat'].includes(values.client)) throw new Error('--client must be kafkajs or kcat')
    return values
  } catch (failure) {
    console.error(failure.message)
    process.exit(2)
  }
}
