#!/usr/bin/env bash
# socket.io 4.8.4 (over engine.io 6.6.13 and ws 8.23.0), Node 20: `perMessageDeflate: { threshold: 1024 }` compresses a packet of a hundred bytes too, as ws
# applies the threshold only where context takeover is off for the server.
# Expected: not compressed in each line. The output seen is in `expected` below.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-fund --no-audit socket.io@4.8.4 engine.io@6.6.13 ws@8.23.0

cat >run.mjs <<'JS'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { connect } from 'node:net'
import { Server } from 'socket.io'

/** Tells whether the first packet of a connection, of about a hundred bytes, has the bit that marks it as compressed. */
const isCompressed = async perMessageDeflate => {
  const http = createServer()
  const io = new Server(http, { perMessageDeflate })
  http.listen(0, '127.0.0.1')
  await once(http, 'listening')
  const client = connect(http.address().port, '127.0.0.1')
  client.write(
    'GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n' +
      'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Extensions: permessage-deflate\r\n\r\n',
  )
  let received = Buffer.alloc(0)
  let start = -1
  while (start < 4 || received.length < start + 1) {
    received = Buffer.concat([received, (await once(client, 'data'))[0]])
    start = received.indexOf('\r\n\r\n') + 4
  }
  client.destroy()
  await io.close()
  return (received[start] & 0x40) !== 0 ? 'compressed' : 'not compressed'
}
console.log(`threshold: ${await isCompressed({ threshold: 1024 })}`)
console.log(`threshold, no context takeover: ${await isCompressed({ threshold: 1024, serverNoContextTakeover: true })}`)
JS

expected='threshold: compressed
threshold, no context takeover: not compressed'
seen=$(node run.mjs)
echo "$seen"
[ "$seen" = "$expected" ] || { echo "This has changed; expected:"; echo "$expected"; exit 1; }
