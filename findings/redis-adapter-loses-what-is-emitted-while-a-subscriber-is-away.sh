#!/usr/bin/env bash
# @socket.io/redis-adapter 8.3.0 with ioredis 6.0.0, socket.io 4.8.4, Node 20, Redis 7: what is emitted while the subscriber of another node is not
# connected never reaches the clients of that node, and nobody is told. Redis does not keep what it publishes.
# @socket.io/redis-streams-adapter 0.3.1 reads it later. The output seen is in `expected` below. Needs `redis-server`.
set -euo pipefail
folder=$(mktemp -d)
trap 'kill "$redis" 2>/dev/null; rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-fund --no-audit socket.io@4.8.4 socket.io-client@4.8.4 @socket.io/redis-adapter@8.3.0 @socket.io/redis-streams-adapter@0.3.1 ioredis@6.0.0
redis-server --port 6398 --bind 127.0.0.1 --save '' --dir "$folder" >/dev/null &
redis=$!

cat >run.mjs <<'JS'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { createAdapter as classic } from '@socket.io/redis-adapter'
import { createAdapter as streams } from '@socket.io/redis-streams-adapter'
import { Redis } from 'ioredis'
import { Server } from 'socket.io'
import { io as connect } from 'socket.io-client'

const redis = () => new Redis(6398, '127.0.0.1').on('error', () => {})

const start = async adapter => {
  const http = createServer()
  const io = new Server(http, { adapter })
  http.listen(0, '127.0.0.1')
  await once(http, 'listening')
  const client = connect(`http://127.0.0.1:${http.address().port}`, { forceNew: true, transports: ['websocket'] })
  await new Promise(resolve => client.once('connect', resolve))
  return { io, client }
}

/** Emits before, during and after a loss of the connections over which the nodes subscribe or read. */
const heardOver = async (adapterOf, disconnect) => {
  const [{ io }, { client }] = [await start(adapterOf()), await start(adapterOf())]
  const heard = []
  client.on('said', text => heard.includes(text) || heard.push(text))
  const untilHeard = async text => {
    while (!heard.includes(text)) {
      io.emit('said', text)
      await new Promise(resolve => setTimeout(resolve, 100))
    }
  }
  await untilHeard('before')
  await disconnect()
  io.emit('said', 'meanwhile')
  await untilHeard('after')
  return heard.join(', ')
}
const admin = redis()
console.log(`classic: ${await heardOver(() => classic(redis(), redis()), () => admin.client('KILL', 'TYPE', 'pubsub'))}`)
const killReaders = async () => {
  const clients = String(await admin.client('LIST')).split('\n')
  for (const line of clients.filter(text => text.includes('cmd=xread'))) await admin.client('KILL', 'ID', /id=(\d+)/.exec(line)[1])
}
console.log(`streams: ${await heardOver(() => streams(redis()), killReaders)}`)
process.exit()
JS

expected='classic: before, after
streams: before, meanwhile, after'
seen=$(node run.mjs)
echo "$seen"
[ "$seen" = "$expected" ] || { echo "This has changed; expected:"; echo "$expected"; exit 1; }
