#!/usr/bin/env bash
# socket.io 4.8.4, socket.io-adapter 2.5.8, Node 20: a handler that emits to all clients and then calls its ack sends the ack first, where the
# adapter extends `ClusterAdapter`: that awaits what publishes the packet before it sends the packet to the node's own clients. So do
# @socket.io/cluster-adapter 0.3.0, which is shown here, @socket.io/redis-streams-adapter 0.3.1, @socket.io/postgres-adapter 0.5.0 and the sharded
# adapter of @socket.io/redis-adapter 8.3.0. The adapter in memory keeps the order.
# Expected: the output, then the ack, in each line. The output seen is in `expected` below.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-fund --no-audit socket.io@4.8.4 socket.io-adapter@2.5.8 socket.io-client@4.8.4 @socket.io/cluster-adapter@0.3.0

cat >run.mjs <<'JS'
import cluster from 'node:cluster'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { createAdapter, setupPrimary } from '@socket.io/cluster-adapter'
import { Server } from 'socket.io'
import { io as connect } from 'socket.io-client'

const orderOf = async options => {
  const http = createServer()
  const io = new Server(http, options)
  io.on('connection', socket => {
    socket.on('say', ack => {
      io.emit('said')
      ack()
    })
  })
  http.listen({ port: 0, host: '127.0.0.1', exclusive: true })
  await once(http, 'listening')
  const client = connect(`http://127.0.0.1:${http.address().port}`, { forceNew: true, transports: ['websocket'] })
  await new Promise(resolve => client.once('connect', resolve))
  const order = []
  const both = Promise.all([
    new Promise(resolve => client.once('said', () => resolve(order.push('the output')))),
    new Promise(resolve => client.emit('say', () => resolve(order.push('the ack')))),
  ])
  await both
  client.close()
  await io.close()
  return order.join(', then ')
}

if (cluster.isPrimary) {
  setupPrimary()
  console.log(`memory: ${await orderOf({})}`)
  const worker = cluster.fork()
  worker.on('message', message => typeof message === 'string' && console.log(message))
  await once(worker, 'exit')
} else {
  process.send(`cluster: ${await orderOf({ adapter: createAdapter() })}`, () => process.exit())
}
JS

expected='memory: the output, then the ack
cluster: the ack, then the output'
seen=$(node run.mjs)
echo "$seen"
[ "$seen" = "$expected" ] || { echo "This has changed; expected:"; echo "$expected"; exit 1; }
