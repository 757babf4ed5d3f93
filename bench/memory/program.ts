/**
 * Runs a server whose memory is measured, in a process of its own: `node --expose-gc program.ts CONTENDER EVENTS`. Answers every
 * message with its heap after a garbage collection.
 */
import { createServer } from 'node:http'
import { Server } from 'socket.io'
import { listening } from '../peers/peer.js'
import { contenderOf } from './contenders.js'

const [name = '', events = '0'] = process.argv.slice(2)
const http = createServer()
contenderOf(name)(new Server(http, { transports: ['websocket'] }), Number(events))
process.send?.({ port: await listening(http) })
process.on('message', () => {
  // Waits until timers and pending answers are released.
  setTimeout(() => {
    // Runs twice, since finalizers of the first run can release more.
    globalThis.gc?.()
    globalThis.gc?.()
    process.send?.({ bytes: process.memoryUsage().heapUsed })
  }, 50)
})
process.on('disconnect', () => process.exit())
