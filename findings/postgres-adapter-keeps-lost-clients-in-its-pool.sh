#!/usr/bin/env bash
# @socket.io/postgres-adapter 0.5.0 with pg 8.23.1, socket.io 4.8.4, Node 20, PostgreSQL 15: the client with which the adapter listens is never released
# to the pool when its connection is lost, so that the pool counts it for ever. Each loss, such as a restart of PostgreSQL, takes one of the pool's `max`
# (10 by default) away; when all are taken, the adapter waits for a client without end.
# Expected: lost clients 0 in each line. The output seen is in `expected` below.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
folder=$(mktemp -d)
cd "$folder"
PGPORT=6400
. "$here/postgres.bash"
npm init -y >/dev/null
npm install --silent --no-fund --no-audit socket.io@4.8.4 @socket.io/postgres-adapter@0.5.0 pg@8.23.1

cat >run.mjs <<'JS'
import { createServer } from 'node:http'
import { createAdapter } from '@socket.io/postgres-adapter'
import pg from 'pg'
import { Server } from 'socket.io'

const pool = new pg.Pool({ application_name: 'node' })
pool.on('error', () => {}).on('connect', client => client.on('error', () => {}))
new Server(createServer(), { adapter: createAdapter(pool) })
const admin = new pg.Client()
await admin.connect()
const connections = async query =>
  (await admin.query("SELECT pid FROM pg_stat_activity WHERE application_name = 'node' AND query LIKE $1", [query])).rows
const pause = ms => new Promise(resolve => setTimeout(resolve, ms))

for (let losses = 0; losses <= 3; losses++) {
  let listening
  while ((listening = await connections('LISTEN%')).length === 0) await pause(100)
  await pause(500)
  console.log(`${losses} losses: ${pool.totalCount - (await connections('%')).length} lost clients in the pool`)
  for (const { pid } of listening) await admin.query('SELECT pg_terminate_backend($1)', [pid])
  while ((await connections('LISTEN%')).length > 0) await pause(20)
}
process.exit()
JS

expected='0 losses: 0 lost clients in the pool
1 losses: 1 lost clients in the pool
2 losses: 2 lost clients in the pool
3 losses: 3 lost clients in the pool'
seen=$(node run.mjs)
echo "$seen"
[ "$seen" = "$expected" ] || { echo "This has changed; expected:"; echo "$expected"; exit 1; }
