import { event, router } from '@ackwire/core'
import { attach } from '@ackwire/core/server'
import { Type } from '@sinclair/typebox'
import type { Server } from 'socket.io'
import { lineTo, type Line } from '../dispatch/line.js'

/** The operations that are measured of a server, to which one client is connected. */
export interface Actions {
  /** Selects a room, in which nobody is, and emits a number to it. */
  emitToRoom(): void
  /** Selects a namespace that exists, by its parameter. */
  selectNamespace(): unknown
  /** Asks the client, and resolves to its answer. */
  ask(): Promise<number>
}

/** A server whose client answers when it is told to. */
export interface Sender extends Actions {
  readonly line: Line
}

/** The time that an answer is waited for, in milliseconds. */
const PATIENCE = 600_000

const api = router({
  moved: event.output(Type.Number()),
  probe: event.output(Type.Number()).ack(Type.Number()),
  '/game-{id}': router({ moved: event.output(Type.Number()) }),
})

/** Creates a sender that uses Socket.IO alone. */
const plain = (io: Server): Actions => {
  let ask = (): Promise<number> => Promise.reject(new Error('no client has connected'))
  io.of(/^\/game-[^/]+$/)
  io.of('/game-42')
  io.on('connection', socket => (ask = () => socket.timeout(PATIENCE).emitWithAck('probe', 1)))
  return {
    emitToRoom: () => void io.to('lobby').emit('moved', 1),
    selectNamespace: () => io.of('/game-42'),
    ask: () => ask(),
  }
}

/** Creates a sender that uses a contract. */
const ackwire = (io: Server): Actions => {
  const server = attach(io, api, { ackTimeout: PATIENCE })
  let ask = (): Promise<number> => Promise.reject(new Error('no client has connected'))
  server.on.connection(({ emit }) => (ask = () => emit.probe(1)))
  return {
    emitToRoom: () => server.to('lobby').emit.moved(1),
    selectNamespace: () => server.of('/game-{id}', { id: '42' }),
    ask: () => ask(),
  }
}

/** The senders by name; the first is the baseline of the others. */
export const SENDERS = { 'Socket.IO, no check': plain, 'the same again': plain, ackwire } as const

/** Connects a client to a new server. */
export const connect = async (make: (io: Server) => Actions): Promise<Sender> => {
  const made: Actions[] = []
  const line = await lineTo(io => void made.push(make(io)))
  const [actions] = made
  if (actions === undefined) throw new Error('the server was not bound')
  return { ...actions, line }
}

/** Asks a client that many times before its first answer; resolves to the answers. */
export const askAtOnce = async ({ line, ask }: Sender, times: number): Promise<number[]> => {
  const packets: string[] = []
  const all = new Promise<void>(resolve => line.hear(packet => packets.push(packet) === times && resolve()))
  const answers = Promise.all(Array.from({ length: times }, ask))
  await all
  for (const packet of packets) line.send(packet.replace(/^42(\d+).*$/, '43$1[1]'))
  return answers
}
