/** A server that is flooded, in a process of its own: `node flooded.ts NAME`. Told `reset`, it answers how many calls have begun since. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { event, router, type Limit } from '@ackwire/core'
import { attach } from '@ackwire/core/server'
import { Type } from '@sinclair/typebox'
import { Server } from 'socket.io'

const LIMITS: Readonly<Record<string, Limit>> = {
  'in flight': { inFlight: { perSocket: 16 } },
  'in flight and rate': { inFlight: { perSocket: 16 }, rate: { perSocket: { calls: 100, seconds: 1 } } },
}

/** What a handler waits for, such as a data base. */
const WAITS_MS = 50

const search = event.input(Type.Object({ text: Type.String() })).ack(Type.Array(Type.Object({ title: Type.String() })))
const limit = LIMITS[process.argv[2] ?? '']
const api = router({
  search: limit === undefined ? search : search.limit(limit),
  ping: event.input().ack(),
})

const http = createServer()
const server = attach(new Server(http, { transports: ['websocket'] }), api)
let begun = 0
server.onError(() => undefined)
server.on.ping(() => {})
server.on.search(async ({ input }) => {
  begun++
  await new Promise(resolve => setTimeout(resolve, WAITS_MS))
  return Array.from({ length: 20 }, (_, index) => ({ title: `${input.text} ${index}` }))
})

http.listen(0, '127.0.0.1', () => process.send?.({ port: (http.address() as AddressInfo).port }))
process.on('message', () => {
  process.send?.({ begun })
  begun = 0
})
process.on('disconnect', () => process.exit())
