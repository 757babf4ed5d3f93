/**
 * Runs a server with a contract of the given number of events in a process of its own, since each step happens once in a cold
 * process: `node program.ts EVENTS`. Reports the CPU time of each step in milliseconds, and the server's port.
 */
import { createServer } from 'node:http'
import { attach } from '@ackwire/core/server'
import { render } from '@ackwire/docs'
import { Server } from 'socket.io'
import { contractOf, handlersFor, schemasOf } from '../many.js'
import { listening } from '../peers/peer.js'

const events = Number(process.argv[2])

/** Times a synchronous step by the CPU time of this process, so that other processes on the machine don't count. */
const timed = <Made>(make: () => Made): { ms: number; made: Made } => {
  const before = process.cpuUsage()
  const made = make()
  const { user, system } = process.cpuUsage(before)
  return { ms: (user + system) / 1_000, made }
}

const http = createServer()
const io = new Server(http, { transports: ['websocket'] })
const schemas = timed(() => schemasOf(events))
const defined = timed(() => contractOf(schemas.made))
const attached = timed(() => attach(io, defined.made))
attached.made.handle(handlersFor(events))
const port = await listening(http)
const other = contractOf(schemasOf(events))
const again = timed(() => attach(new Server(), other))
const rendered = timed(() => render(defined.made))

process.send?.({
  port,
  schemas: schemas.ms,
  define: defined.ms,
  attach: attached.ms,
  again: again.ms,
  render: rendered.ms,
  bytes: rendered.made.length,
})
process.on('disconnect', () => process.exit())
