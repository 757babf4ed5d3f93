/**
 * A server whose contract has so many events, in a process of its own, since each is done once in a cold one:
 * `node program.ts EVENTS`. It says how many milliseconds of CPU each step took, and its port.
 */
import { createServer } from 'node:http'
import { attach } from '@ackwire/core/server'
import { render } from '@ackwire/docs'
import { Server } from 'socket.io'
import { contractOf, handlersFor, schemasOf } from '../many.js'
import { listening } from '../peers/peer.js'

const events = Number(process.argv[2])

/** All is synchronous: the time of the processor is what it takes, and what else the machine does is not. */
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
