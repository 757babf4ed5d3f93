/**
 * Runs the server that is flooded, in a process of its own: `node flooded.ts NAME`. Each `reset` is answered with the number of
 * calls that have begun since the previous one.
 */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { event, router, type Limit } from '@ackwire/core'
import { attach } from '@ackwire/core/server'
import { Type } from '@sinclair/typebox'
import { Server } from 'socket.io'

const inFlight: Limit = { inFlight: { perSocket: 16 } }
const both: Limit = { ...inFlight, rate: { perSocket: { calls: 100, seconds: 1 } } }

/**
 * The limits of each contract, each with a flag that is true if a client that keeps exceeding them is disconnected, which is the
 * default.
 */
const LIMITS: Readonly<Record<string, readonly [limit: Limit, isCutOff: boolean]>> = {
  'in flight': [inFlight, false],
  'in flight and rate': [both, false],
  'in flight, cut off': [inFlight, true],
  'in flight and rate, cut off': [both, true],
}

/** The milliseconds that a handler waits, as for a database. */
const WAITS_MS = 50

const search = event.input(Type.Object({ text: Type.String() })).ack(Type.Array(Type.Object({ title: Type.String() })))
const [limit, isCutOff] = LIMITS[process.argv[2] ?? ''] ?? []
const api = router({
  search: limit === undefined ? search : search.limit(limit),
  ping: event.input().ack(),
})

const http = createServer()
const limits = isCutOff === false ? { refusals: false as const } : {}
const server = attach(new Server(http, { transports: ['websocket'] }), api, { limits })
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
