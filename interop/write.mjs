// Two services that publish stamped records, with the clock of stamp.mjs. In each round both publish about one seat before
// either has read what the other published; then both read it. So there is one concurrent pair in each round, and no other.
// One service writes the header as bytes, the other as base64, which a mirror may make of it.
//
//   node write.mjs [--bootstrap-server HOST:PORT] --topic TOPIC [--rounds N]
//
// The topic is created, and must not be there. Exit codes: 0 done; 2 usage; 3 cannot connect, or the topic is there.

import { parseArgs } from 'node:util'
import kafkajs from 'kafkajs'
import { HEADER, StampClock } from './stamp.mjs'

const SEATS = 3

const { bootstrapServer, topic, rounds } = readSettings()
const kafka = new kafkajs.Kafka({
  clientId: 'antichain-interop', brokers: bootstrapServer.split(','), logLevel: kafkajs.logLevel.NOTHING, retry: { retries: 5 },
})
const admin = kafka.admin()
const producer = kafka.producer({ createPartitioner: kafkajs.Partitioners.DefaultPartitioner })

try {
  await admin.connect()
  if (!await admin.createTopics({ topics: [{ topic, numPartitions: 2 }] })) throw new Error(`the topic is there: ${topic}`)
  await producer.connect()
  await publish()
  console.log(`topic=${topic} records=${2 * rounds} concurrentPairs=${rounds}`)
} catch (failure) {
  console.error(`A broker must answer, and the topic be new: bootstrap-server=${bootstrapServer}, failure=${failure.message}`)
  process.exitCode = 3
} finally {
  await producer.disconnect()
  await admin.disconnect()
}

async function publish() {
  const services = [
    { clock: new StampClock({ name: 'desk' }), written: stamp => stamp },
    { clock: new StampClock({ name: 'website', incarnation: 7 }), written: stamp => Buffer.from(stamp.toString('base64')) },
  ]
  for (let round = 0; round < rounds; round += 1) {
    const key = `seat-${round % SEATS}`
    const sent = services.map(({ clock, written }) => {
      const headers = clock.stamp({ trace: `${round}` })
      return { ...headers, [HEADER]: written(headers[HEADER]) }
    })
    for (const headers of sent) await producer.send({ topic, messages: [{ key, value: 'taken', headers }] })
    services.forEach(({ clock }) => sent.forEach(headers => clock.deliver(headers)))
  }
}

function readSettings() {
  try {
    const { values } = parseArgs({
      options: {
        'bootstrap-server': { type: 'string', default: process.env.ANTICHAIN_BOOTSTRAP_SERVER ?? 'localhost:9092' },
        topic: { type: 'string' },
        rounds: { type: 'string', default: '10' },
      },
    })
    if (!values.topic) throw new Error('--topic is missing')
    if (!/^[1-9][0-9]{0,5}$/.test(values.rounds)) throw new Error('--rounds must be a whole number from 1 to 999999')
    return { bootstrapServer: values['bootstrap-server'], topic: values.topic, rounds: Number(values.rounds) }
  } catch (failure) {
    console.error(failure.message)
    process.exit(2)
  }
}
