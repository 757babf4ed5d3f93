#!/usr/bin/env bash
# socket.io-msgpack-parser 3.0.2 (over notepack.io 2.2.0), Node 20: an invalid Date arrives as the valid Date 1970-01-01, though NaN
# and Infinity stay what they are. Socket.IO's default parser carries null for all three. Nothing tells the sender or the receiver.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-fund --no-audit socket.io-msgpack-parser@3.0.2 notepack.io@2.2.0 socket.io-parser@4.2.7

cat >run.mjs <<'JS'
import { inspect } from 'node:util'
import * as msgpack from 'socket.io-msgpack-parser'
import * as standard from 'socket.io-parser'

const carry = ({ Encoder, Decoder }, value) => {
  const decoder = new Decoder()
  let packet
  decoder.on('decoded', decoded => (packet = decoded))
  for (const chunk of new Encoder().encode({ type: 2, nsp: '/', data: ['at', value] })) decoder.add(chunk)
  return inspect(packet.data[1])
}

for (const value of [new Date(Number.NaN), Number.NaN, Number.POSITIVE_INFINITY])
  console.log(`${inspect(value)}: msgpack ${carry(msgpack, value)}, default ${carry(standard, value)}`)
JS

expected='Invalid Date: msgpack 1970-01-01T00:00:00.000Z, default null
NaN: msgpack NaN, default null
Infinity: msgpack Infinity, default null'
seen=$(node run.mjs)
echo "$seen"
[ "$seen" = "$expected" ] || { echo "This has changed; expected:"; echo "$expected"; exit 1; }
