// The server of a soak, in a process of its own: it tells its port, what it holds at the base line, and at the end what it has counted.
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { attach } from '@ackwire/core/server'
import { Server } from 'socket.io'
import { api } from './contract.js'

const http = createServer()
const io = new Server(http)
const server = attach(io, api)
const refs: WeakRef<object>[] = []
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
  refs.push(new WeakRef(socket))
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

const settle = async (): Promise<void> => {
  while (io.engine.clientsCount > 0) await new Promise(resolve => setTimeout(resolve, 20))
  for (let round = 0; round < 5; round++) {
    await new Promise(resolve => setTimeout(resolve, 100))
    globalThis.gc?.()
  }
}

/** What a server's process holds and has counted. */
export interface Account {
  readonly counted: typeof counted
  readonly sockets: number
  readonly rooms: number
  readonly heap: number
  readonly handles: number
}

process.on('message', async () => {
  await settle()
  const { rooms } = io.of('/').adapter
  const account: Account = {
    counted: { ...counted },
    sockets: refs.filter(socket => socket.deref() !== undefined).length,
    rooms: rooms.size,
    heap: process.memoryUsage().heapUsed,
    handles: process.getActiveResourcesInfo().filter(name => name !== 'Timeout').length,
  }
  // The references themselves are no one's leak.
  refs.length = 0
  process.send?.(account)
})
process.on('disconnect', () => process.exit())
http.listen(0, '127.0.0.1')
await once(http, 'listening')
process.send?.((http.address() as AddressInfo).port)
