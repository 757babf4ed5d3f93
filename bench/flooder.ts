/**
 * Runs a client that calls as fast as it can: `node flooder.ts PORT`. `start` begins the flood; `stop` ends it and reports the
 * number of calls sent.
 */
import { io } from 'socket.io-client'

// Reconnects as fast as it can.
const again = { reconnectionDelay: 10, reconnectionDelayMax: 10, randomizationFactor: 0 }
const socket = io(`http://127.0.0.1:${process.argv[2]}`, { transports: ['websocket'], ...again })
socket.once('connect', () => process.send?.('connected'))

/** The number of calls between two turns of the event loop, in which answers are read. */
const BATCH = 100
/** The maximum number of unanswered calls, since more would measure this process's own memory. */
const MOST_OPEN = 100_000

let isRunning = false
let sent = 0
let open = 0
// Calls of the lost connection will never be answered.
socket.on('disconnect', () => (open = 0))
const flood = (): void => {
  if (!isRunning) return
  for (let at = 0; at < BATCH && open < MOST_OPEN && socket.connected; at++) {
    sent++
    open++
    socket.emit('search', { text: 'flood' }, () => open--)
  }
  setImmediate(flood)
}

process.on('message', message => {
  isRunning = message === 'start'
  if (isRunning) return flood()
  process.send?.({ sent })
  sent = 0
})
process.on('disconnect', () => process.exit())
