// The server of a soak, in a process of its own: it tells its port, and, whenever it is asked, what it holds and has counted.
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { writeHeapSnapshot } from 'node:v8'
import { attach } from '@ackwire/core/server'
import { Server } from 'socket.io'
import { api } from './contract.js'

const http = createServer()
const io = new Server(http)
const server = attach(io, api)
let sockets = 0
// It keeps nothing of an object that is gone: a reference for each connection would be a leak of its own.
const collected = new FinalizationRegistry(() => sockets--)

/** A leak that a soak test has to find: with `soak({ leakBytes })` the server keeps one for each connection. */
class Planted {
  readonly values = Array.from({ length: leakBytes / 8 }, () => 0)
}
const leakBytes = Number(process.argv[2] ?? 0)
const planted: Planted[] = []

const counted = {
  handled: 0,
  failed: 0,
  refused: 0,
  told: 0,
  delivered: 0,
  asked: 0,
  answered: 0,
  invalid: 0,
  joins: 0,
  leaves: 0,
  connects: 0,
}

server.onError(({ phase }) => {
  if (phase === 'input') counted.refused++
  if (phase === 'ack') counted.invalid++
})
server.on.connection(({ socket }) => {
  counted.connects++
  sockets++
  collected.register(socket, undefined)
  if (leakBytes > 0) planted.push(new Planted())
})
server.on.add(({ input: [a, b], fail }) => {
  if (b === 0) {
    counted.failed++
    fail('ZERO', a)
  }
  counted.handled++
  return a % 2 === 0 ? a + b : new Promise(resolve => setImmediate(resolve, a + b))
})
server.on.tell(() => void counted.told++)
server.on.join(async ({ input, socket }) => {
  await socket.join(input)
  counted.joins++
})
server.on.leave(async ({ input, socket }) => {
  await socket.leave(input)
  counted.leaves++
})
server.on.say(({ input }) => {
  counted.delivered += io.of('/').adapter.rooms.get(input)?.size ?? 0
  server.to(input).emit.news(input)
})
server.on.turn(async ({ input, emit }) => {
  counted.asked++
  try {
    await emit.ask(input)
    counted.answered++
  } catch {
    // Counted where errors are told.
  }
})

/** Resolves when the clients have left, their sockets are collected, and a collection finds about what the one before has found. */
const settle = async (): Promise<void> => {
  while (io.engine.clientsCount > 0) await new Promise(resolve => setTimeout(resolve, 20))
  let [before, after] = [Infinity, 0]
  const isSettled = (): boolean => sockets === 0 && before - after < 10_000
  for (let round = 0; round < 5 || (round < 20 && !isSettled()); round++) {
    await new Promise(resolve => setTimeout(resolve, 100))
    globalThis.gc?.()
    ;[before, after] = [after, process.memoryUsage().heapUsed]
  }
}

/** The requests to the process of the server: its counts, and a heap snapshot in a file if one is named. */
export interface Question {
  readonly snapshot?: string
}

/** The heap size and the counts of the process of the server. */
export interface Account {
  readonly counted: typeof counted
  readonly sockets: number
  readonly rooms: number
  readonly heap: number
  readonly handles: number
}

process.on('message', async ({ snapshot }: Question) => {
  await settle()
  const account: Account = {
    counted: { ...counted },
    sockets,
    rooms: io.of('/').adapter.rooms.size,
    heap: process.memoryUsage().heapUsed,
    handles: process.getActiveResourcesInfo().filter(name => name !== 'Timeout').length,
  }
  if (snapshot !== undefined) writeHeapSnapshot(snapshot)
  process.send?.(account)
})
process.on('disconnect', () => process.exit())
http.listen(0, '127.0.0.1')
await once(http, 'listening')
process.send?.((http.address() as AddressInfo).port)
