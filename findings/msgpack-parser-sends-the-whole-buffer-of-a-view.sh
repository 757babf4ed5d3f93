#!/usr/bin/env bash
# socket.io-msgpack-parser 3.0.2 (over notepack.io 2.2.0), Node 20: a typed array or DataView that covers a part of an ArrayBuffer
# arrives as the whole ArrayBuffer. Only a Buffer arrives as the part that it covers. Socket.IO's default parser sends the part
# for all of them. The receiver of `bytes.subarray(2, 4)` gets all of `bytes`.
# Expected: 2,3 in each line. The output seen is in `expected` below.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-fund --no-audit socket.io-msgpack-parser@3.0.2 notepack.io@2.2.0 socket.io-parser@4.2.7

cat >run.mjs <<'JS'
import * as msgpack from 'socket.io-msgpack-parser'
import * as standard from 'socket.io-parser'

const carry = ({ Encoder, Decoder }, value) => {
  const decoder = new Decoder()
  let packet
  decoder.on('decoded', decoded => (packet = decoded))
  for (const chunk of new Encoder().encode({ type: 2, nsp: '/', data: ['file', value] })) decoder.add(chunk)
  const [, came] = packet.data
  return ArrayBuffer.isView(came) ? [...new Uint8Array(came.buffer, came.byteOffset, came.byteLength)] : [...new Uint8Array(came)]
}

const { buffer } = Uint8Array.of(0, 1, 2, 3, 4, 5)
const views = {
  Uint8Array: new Uint8Array(buffer, 2, 2),
  DataView: new DataView(buffer, 2, 2),
  Buffer: Buffer.from(buffer, 2, 2),
}
for (const [name, view] of Object.entries(views)) console.log(`msgpack ${name}: ${carry(msgpack, view)}`)
console.log(`default Buffer: ${carry(standard, views.Buffer)}`)
JS

expected='msgpack Uint8Array: 0,1,2,3,4,5
msgpack DataView: 0,1,2,3,4,5
msgpack Buffer: 2,3
default Buffer: 2,3'
seen=$(node run.mjs)
echo "$seen"
[ "$seen" = "$expected" ] || { echo "This has changed; expected:"; echo "$expected"; exit 1; }
