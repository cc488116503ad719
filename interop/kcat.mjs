// Reads topics with kcat, a client in C on librdkafka, and hands its records out as KafkaJS does.

import { spawn } from 'node:child_process'
import { text } from 'node:stream/consumers'

/** The committed records of a topic, from its beginning to its end. */
export async function readTopic(bootstrapServer, topic) {
  // -J alone shows a header whole: a format with %h ends it at the first zero byte.
  const kcat = spawn('kcat', ['-C', '-b', bootstrapServer, '-t', topic, '-o', 'beginning', '-e', '-q', '-J'],
    { stdio: ['ignore', 'pipe', 'pipe'] })
  const ended = new Promise((resolve, reject) => kcat.on('error', reject).on('close', resolve))
  // kcat writes bytes that are no UTF-8 as they are; in this encoding each is one character.
  kcat.stdout.setEncoding('latin1')
  const [lines, notes, exitCode] = await Promise.all([text(kcat.stdout), text(kcat.stderr), ended])
  if (exitCode !== 0) throw new Error(`kcat ended with exit code ${exitCode}: ${notes.trim()}`)
  return lines.split('\n').filter(Boolean).map(line => record(JSON.parse(line)))
}

function record({ topic, partition, offset, headers = [], key, payload }) {
  const byName = {}
  for (let i = 0; i < headers.length; i += 2) {
    byName[headers[i]] = [...(byName[headers[i]] ?? []), bytes(headers[i + 1])]
  }
  return { topic, partition, message: { offset, key: bytes(key), value: bytes(payload), headers: byName } }
}

const bytes = written => (written === null ? null : Buffer.from(written, 'latin1'))
