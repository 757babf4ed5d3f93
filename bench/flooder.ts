/** A client that asks as fast as it can: `node flooder.ts PORT`. Told `start` it does, told `stop` it says how much it has sent. */
import { io } from 'socket.io-client'

// It comes back as soon as it can, too.
const again = { reconnectionDelay: 10, reconnectionDelayMax: 10, randomizationFactor: 0 }
const socket = io(`http://127.0.0.1:${process.argv[2]}`, { transports: ['websocket'], ...again })
socket.once('connect', () => process.send?.('connected'))

/** How many calls are sent before what came is looked at. */
const BATCH = 100
/** More than these are not kept without an answer, or its own memory would be what is measured. */
const MOST_OPEN = 100_000

let isRunning = false
let sent = 0
let open = 0
// What was not answered before, never will be.
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
