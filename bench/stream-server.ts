/**
 * Runs the server whose streams' memory is measured, in a process of its own. Reports its heap after a garbage collection on
 * request.
 */
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
  // Runs twice, since finalizers of the first run can release more.
  globalThis.gc?.()
  globalThis.gc?.()
  process.send?.({ bytes: process.memoryUsage().heapUsed, open })
})
