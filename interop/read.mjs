// Reads Antichain's events and conflicts topics as a stranger would: with KafkaJS and a Confluent registry client,
// knowing the schemas only from the registry. Recomputes from the events' clocks which pairs are concurrent, and
// compares them with the pairs that the conflict records name.
//
//   node read.mjs [--bootstrap-server HOST:PORT] [--schema-registry-url URL] [--topic-prefix PREFIX]
//                 [--scope all|key] [--at-least N] [--within SECONDS]
//
// The first three also come from ANTICHAIN_BOOTSTRAP_SERVER, ANTICHAIN_SCHEMA_REGISTRY_URL and ANTICHAIN_TOPIC_PREFIX.
// Exit codes: 0 equal, and at least N conflict records; 1 a difference; 2 usage; 3 cannot connect.

import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import kafkajs from 'kafkajs'
import registries from '@kafkajs/confluent-schema-registry'
import { concurrentPairs, reportedPairs } from './pairs.mjs'
import { checkConflict, checkEvent } from './shapes.mjs'

const settings = readSettings()
const topics = ['events', 'conflicts'].map(name => settings['topic-prefix'] + name)
const [eventsTopic, conflictsTopic] = topics
const registry = new registries.SchemaRegistry({ host: settings['schema-registry-url'] })
const kafka = new kafkajs.Kafka({
  clientId: 'antichain-interop',
  brokers: settings['bootstrap-server'].split(','),
  logLevel: kafkajs.logLevel.NOTHING,
  retry: { retries: 5 },
})

const events = new Map() // by dot
const conflicts = []
const counts = { messages: 0, heartbeats: 0, leaves: 0 }
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
  const groupId = `antichain-interop-${randomUUID()}`
  const admin = kafka.admin()
  const consumer = kafka.consumer({ groupId })
  await admin.connect()
  try {
    const ends = (await Promise.all(topics.map(topic => endOffsets(admin, topic)))).flat()
    const schemaIds = new Map(await Promise.all(topics.map(latestSchemaId)))
    await consumer.connect()
    await consumer.subscribe({ topics, fromBeginning: true })
    // KafkaJS announces a batch of nothing but transaction markers here too, so positions reach the end offsets.
    consumer.on(consumer.events.END_BATCH_PROCESS, ({ payload }) =>
      positions.set(`${payload.topic}/${payload.partition}`, BigInt(payload.lastOffset) + 1n))
    await consumer.run({ eachMessage: record => read(record, schemaIds.get(record.topic)) })
    return await compare(ends)
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
  if (message.value.readUInt8(0) !== 0 || message.value.readInt32BE(1) !== latest) {
    faults.push(`${at}: a value begins with 0 and the subject's schema id ${latest}`)
  }
  const value = await registry.decode(message.value).catch(failure => {
    faults.push(`${at}: cannot be decoded: ${failure.message}`)
  })
  if (value === undefined) return
  const place = { partition, offset: Number(message.offset) }
  const key = message.key?.toString()
  if (topic === eventsTopic) {
    faults.push(...checkEvent(value, key).map(fault => `${at}: ${fault}`))
    keep(value, place)
  } else {
    faults.push(...checkConflict(value, key).map(fault => `${at}: ${fault}`))
    conflicts.push(value)
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
async function compare(ends) {
  const deadline = Date.now() + settings.within * 1000
  for (;;) {
    const unread = ends.filter(({ partition, end }) => (positions.get(partition) ?? 0n) < end)
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
  console.log(`messages=${counts.messages} heartbeats=${counts.heartbeats} leaves=${counts.leaves} ` +
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
    return values
  } catch (failure) {
    console.error(failure.message)
    process.exit(2)
  }
}
