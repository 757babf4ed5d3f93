/**
 * A server whose memory is measured, in a process of its own: `node --expose-gc program.ts CONTENDER EVENTS`. Whatever it is
 * told, it says what it needs, after a collection.
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
  // Timers and what has just been answered are gone a moment later.
  setTimeout(() => {
    // Twice: what the first one finds to be garbage can hold more.
    globalThis.gc?.()
    globalThis.gc?.()
    process.send?.({ bytes: process.memoryUsage().heapUsed })
  }, 50)
})
process.on('disconnect', () => process.exit())
