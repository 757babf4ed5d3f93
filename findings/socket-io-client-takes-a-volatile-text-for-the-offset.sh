#!/usr/bin/env bash
# socket.io 4.8.4, socket.io-client 4.8.4, Node 20: with connectionStateRecovery, the client takes the last argument of any event for the
# offset if it is a string. A `volatile` event has no offset, so that its text is sent as the offset at the next reconnection, and the session
# is not recovered. A volatile event without a string at its end does no harm.
# Expected: recovered true in each line. The output seen is in `expected` below.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-fund --no-audit socket.io@4.8.4 socket.io-client@4.8.4

cat >run.mjs <<'JS'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { Server } from 'socket.io'
import { io as connect } from 'socket.io-client'

const http = createServer()
const io = new Server(http, { connectionStateRecovery: {} })
http.listen(0, '127.0.0.1')
await once(http, 'listening')

const isRecovered = async emitVolatile => {
  const client = connect(`http://127.0.0.1:${http.address().port}`, { forceNew: true, reconnectionDelay: 50, transports: ['websocket'] })
  await new Promise(resolve => client.once('connect', resolve))
  const heard = name => new Promise(resolve => client.once(name, resolve))
  const [kept, passing] = [heard('kept'), heard('passing')]
  io.emit('kept', 1)
  await kept
  emitVolatile()
  await passing
  const back = new Promise(resolve => client.once('connect', resolve))
  client.io.engine.close()
  await back
  client.close()
  return client.recovered
}
console.log(`after a volatile number: recovered ${await isRecovered(() => io.volatile.emit('passing', 5))}`)
console.log(`after a volatile text: recovered ${await isRecovered(() => io.volatile.emit('passing', 'five'))}`)
io.close()
JS

expected='after a volatile number: recovered true
after a volatile text: recovered false'
seen=$(node run.mjs)
echo "$seen"
[ "$seen" = "$expected" ] || { echo "This has changed; expected:"; echo "$expected"; exit 1; }
