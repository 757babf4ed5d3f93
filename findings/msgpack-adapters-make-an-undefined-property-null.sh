#!/usr/bin/env bash
# @socket.io/redis-streams-adapter 0.3.1 (over @msgpack/msgpack 2.8.0), socket.io 4.8.4, Node 20, Redis 7: in an emit with bytes, a property that is
# undefined arrives as null at the clients of other nodes. At those of the same node, and without bytes, it does not arrive, as with one node.
# @socket.io/postgres-adapter 0.5.0 encodes what has bytes or 8,000 bytes of text in the same way.
# Expected: {"size":1} in each line. The output seen is in `expected` below. Needs `redis-server`.
set -euo pipefail
folder=$(mktemp -d)
trap 'kill "$redis" 2>/dev/null; rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-fund --no-audit socket.io@4.8.4 socket.io-client@4.8.4 @socket.io/redis-streams-adapter@0.3.1 @msgpack/msgpack@2.8.0 ioredis@6.0.0
redis-server --port 6397 --bind 127.0.0.1 --save '' --dir "$folder" >/dev/null &
redis=$!

cat >run.mjs <<'JS'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { createAdapter } from '@socket.io/redis-streams-adapter'
import { Redis } from 'ioredis'
import { Server } from 'socket.io'
import { io as connect } from 'socket.io-client'

const start = async () => {
  const redis = new Redis(6397, '127.0.0.1')
  redis.on('error', () => {})
  const http = createServer()
  const io = new Server(http, { adapter: createAdapter(redis) })
  http.listen(0, '127.0.0.1')
  await once(http, 'listening')
  const client = connect(`http://127.0.0.1:${http.address().port}`, { forceNew: true, transports: ['websocket'] })
  await new Promise(resolve => client.once('connect', resolve))
  return { io, client }
}
const nodes = { 'the same node': await start(), 'another node': await start() }
const [{ io }] = Object.values(nodes)
while ((await io.of('/').adapter.serverCount()) < 2) await new Promise(resolve => setTimeout(resolve, 20))
// The other node reads the stream from its end, once it is connected.
let isReading = false
nodes['another node'].client.once('ready', () => (isReading = true))
while (!isReading) {
  io.emit('ready')
  await new Promise(resolve => setTimeout(resolve, 100))
}

for (const [title, ...bytes] of [['without bytes'], ['with bytes', Buffer.of(1)]]) {
  const got = Object.entries(nodes).map(async ([name, { client }]) => {
    const file = await new Promise(resolve => client.once('file', resolve))
    return `${title}, ${name}: ${JSON.stringify(file)}`
  })
  io.emit('file', { size: 1, owner: undefined }, ...bytes)
  console.log((await Promise.all(got)).join('\n'))
}
process.exit()
JS

expected='without bytes, the same node: {"size":1}
without bytes, another node: {"size":1}
with bytes, the same node: {"size":1}
with bytes, another node: {"size":1,"owner":null}'
seen=$(node run.mjs)
echo "$seen"
[ "$seen" = "$expected" ] || { echo "This has changed; expected:"; echo "$expected"; exit 1; }
