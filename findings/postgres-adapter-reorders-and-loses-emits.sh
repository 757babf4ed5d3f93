#!/usr/bin/env bash
# @socket.io/postgres-adapter 0.5.0 with pg 8.23.1, socket.io 4.8.4, Node 20, PostgreSQL 15:
# - An emit with bytes arrives at another node after an emit that was made later: it is written to a table first, and then notified, each over any
#   client of the pool.
# - An emit whose notification has exactly 8,000 bytes is lost: `payloadThreshold`, 8,000 by default, is compared with `>`, and PostgreSQL takes only
#   fewer than 8,000 bytes. With `payloadThreshold: 7999` it arrives.
# - The client that the adapter keeps from the pool has no `error` listener, neither of the pool nor of the adapter.
# - @socket.io/postgres-emitter 0.1.1 does not reach the adapter: its notifications don't name the namespace.
# Expected: first, second; 7999, 8000 and 8001 bytes; at least one listener; the emitter's text. The output seen is in `expected` below.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
folder=$(mktemp -d)
cd "$folder"
PGPORT=6399
. "$here/postgres.bash"
npm init -y >/dev/null
npm install --silent --no-fund --no-audit socket.io@4.8.4 socket.io-client@4.8.4 @socket.io/postgres-adapter@0.5.0 @socket.io/postgres-emitter@0.1.1 pg@8.23.1

cat >run.mjs <<'JS'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { createAdapter } from '@socket.io/postgres-adapter'
import { Emitter } from '@socket.io/postgres-emitter'
import pg from 'pg'
import { Server } from 'socket.io'
import { io as connect } from 'socket.io-client'

const acquired = new Set()
const start = async options => {
  const pool = new pg.Pool()
  pool.on('acquire', client => acquired.add(client))
  const sizes = []
  const query = pool.query.bind(pool)
  pool.query = (text, values) => {
    if (text.includes('pg_notify')) sizes.push(Buffer.byteLength(values[1]))
    return query(text, values)
  }
  const http = createServer()
  const io = new Server(http, { adapter: createAdapter(pool, { errorHandler() {}, ...options }) })
  http.listen(0, '127.0.0.1')
  await once(http, 'listening')
  const client = connect(`http://127.0.0.1:${http.address().port}`, { forceNew: true, transports: ['websocket'] })
  const heard = []
  client.on('said', text => heard.push(text))
  await new Promise(resolve => client.once('connect', resolve))
  return { io, pool, sizes, heard }
}
const until = async condition => {
  while (!condition()) await new Promise(resolve => setTimeout(resolve, 50))
}
/** Two nodes that hear each other, the first with several clients in its pool. */
const startBoth = async options => {
  const [one, other] = [await start(options), await start(options)]
  await Promise.all(Array.from({ length: 5 }, () => one.pool.query('SELECT 1')))
  while (!other.heard.includes('ready')) {
    one.io.emit('said', 'ready')
    await new Promise(resolve => setTimeout(resolve, 100))
  }
  await new Promise(resolve => setTimeout(resolve, 500))
  other.heard.length = 0
  return [one, other]
}

const [one, other] = await startBoth({})
one.io.emit('said', 'first', Buffer.of(1))
one.io.emit('said', 'second')
await until(() => other.heard.length === 2)
console.log(`order: ${other.heard.join(', ')}`)

const sizesOver = async ([from, to]) => {
  to.heard.length = from.sizes.length = 0
  from.io.emit('said', '')
  await until(() => to.heard.length === 1)
  const [empty] = from.sizes
  to.heard.length = 0
  for (const size of [7_999, 8_000, 8_001]) {
    from.io.emit('said', 'x'.repeat(size - empty))
    // Before the next, as the order is not kept.
    await new Promise(resolve => setTimeout(resolve, 500))
  }
  return to.heard.map(text => text.length + empty).join(', ')
}
console.log(`sizes: ${await sizesOver([one, other])}`)
console.log(`sizes with payloadThreshold 7999: ${await sizesOver(await startBoth({ payloadThreshold: 7_999 }))}`)
const listening = [...acquired].filter(client => client.listenerCount('notification') > 0)
console.log(`error listeners: ${listening.map(client => client.listenerCount('error')).join(', ')}`)

other.heard.length = 0
const emitter = new Emitter(new pg.Pool())
emitter.emit('said', 'by the emitter')
await new Promise(resolve => setTimeout(resolve, 1_000))
one.io.emit('said', 'by a node')
await until(() => other.heard.includes('by a node'))
console.log(`emitter: ${other.heard.join(', ')}`)
process.exit()
JS

expected='order: second, first
sizes: 7999, 8001
sizes with payloadThreshold 7999: 7999, 8000, 8001
error listeners: 0, 0, 0, 0
emitter: by a node'
seen=$(node run.mjs)
echo "$seen"
[ "$seen" = "$expected" ] || { echo "This has changed; expected:"; echo "$expected"; exit 1; }
