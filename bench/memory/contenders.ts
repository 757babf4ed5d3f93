import { attach } from '@ackwire/core/server'
import type { Server } from 'socket.io'
import { contractOf, handlersFor, namesOf, schemasOf, validReply } from '../many.js'

type Bind = (io: Server, events: number) => void

/** The baseline: plain Socket.IO whose sockets have no listeners. */
export const FLOOR = 'Socket.IO, no listeners'
export const ACKWIRE = 'ackwire, a handler for each event'

const bare: Bind = io => io.on('connection', () => {})

/** The contenders, each of which listens to the given number of events. */
export const CONTENDERS: ReadonlyMap<string, Bind> = new Map<string, Bind>([
  [FLOOR, bare],
  ['the same again', bare],
  [
    'Socket.IO, a listener for each event',
    (io, events) => {
      const replies = namesOf(events).map(name => ({ name, reply: validReply(name) }))
      io.on('connection', socket => {
        for (const { name, reply } of replies) {
          socket.on(name, (_: unknown, ack: (reply: object) => void) => ack(reply))
        }
      })
    },
  ],
  [ACKWIRE, (io, events) => attach(io, contractOf(schemasOf(events))).handle(handlersFor(events))],
])

export const contenderOf = (name: string): Bind => {
  const bind = CONTENDERS.get(name)
  if (bind === undefined)
    throw new Error(`unknown contender ${name}; expected one of ${[...CONTENDERS.keys()].join(', ')}`)
  return bind
}
