/** The server of the comparison of memory, in a process of its own. It tells its heap when asked, after a collection. */
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:http'
import { event, router } from '@ackwire/core'
import { attach } from '@ackwire/core/server'
import { Type } from '@sinclair/typebox'
import { Server } from 'socket.io'

const api = router({ tail: event.input().stream(Type.String()), ping: event.input().ack() })

const http = createServer()
const io = new Server(http, { transports: ['websocket'] })
const server = attach(io, api, { maxStreams: Number.POSITIVE_INFINITY })
let open = 0
server.on.tail(async function* ({ signal }) {
  open++
  yield 'first'
  await new Promise<void>(resolve => signal.addEventListener('abort', () => resolve()))
  open--
})
server.on.ping(() => {})
http.listen(0, '127.0.0.1', () => process.send?.({ port: (http.address() as AddressInfo).port }))
process.on('message', () => {
  // Twice: what the first one finds to be garbage can hold more.
  globalThis.gc?.()
  globalThis.gc?.()
  process.send?.({ bytes: process.memoryUsage().heapUsed, open })
})
