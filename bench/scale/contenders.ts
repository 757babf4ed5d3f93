import { event, router } from '@ackwire/core'
import { attach } from '@ackwire/core/server'
import { Type } from '@sinclair/typebox'
import type { Server } from 'socket.io'
import { namesOf } from '../many.js'

/** The work of a contender with its server. */
export interface Actions {
  emitToAll(): void
  emitToRoom(room: string): void
  /** Answers all calls of `hold`. */
  release(): void
}

export type Bind = (io: Server, events: number) => Actions

type Ack = (reply: number) => void

const plain: Bind = (io, events) => {
  const names = namesOf(events)
  let held: Ack[] = []
  const listen = (to: { on(name: string, listener: (input: number, ack: Ack) => void): unknown }): void => {
    for (const name of names) to.on(name, (input, ack) => ack(input))
    to.on('hold', (_, ack) => held.push(ack))
    // A stream is compared with an ack that nobody calls.
    to.on('tail', () => {})
  }
  io.on('connection', listen)
  io.of(/^\/game-\w+$/).on('connection', listen)
  return {
    emitToAll: () => void io.emit('news', 1),
    emitToRoom: room => void io.to(room).emit('news', 1),
    release() {
      for (const ack of held) ack(1)
      held = []
    },
  }
}

const ackwire: Bind = (io, events) => {
  const echo = event.input(Type.Number()).ack(Type.Number())
  const api = router({
    ...Object.fromEntries(namesOf(events).map(name => [name, echo])),
    hold: echo,
    tail: event.input(Type.Number()).stream(Type.Number()),
    news: event.output(Type.Number()),
    '/game-{id}': router({ hold: echo }),
  })
  const server = attach(io, api, { maxStreams: Number.POSITIVE_INFINITY })
  let held: ((reply: number) => void)[] = []
  server.on.hold(() => new Promise<number>(resolve => held.push(resolve)))
  server.on.tail(({ signal }) => ({
    [Symbol.asyncIterator]: () => ({
      next: () =>
        new Promise<IteratorResult<number>>(end => {
          signal.addEventListener('abort', () => end({ done: true, value: undefined }))
        }),
    }),
  }))
  for (const name of namesOf(events)) Reflect.get(server.on, name)(({ input }: { readonly input: number }) => input)
  return {
    emitToAll: () => server.emit.news(1),
    emitToRoom: room => server.to(room).emit.news(1),
    release() {
      for (const answer of held) answer(1)
      held = []
    },
  }
}

/** The contenders by name; the first is the baseline of the others. */
export const CONTENDERS: ReadonlyMap<string, Bind> = new Map([
  ['Socket.IO, no check', plain],
  ['the same again', plain],
  ['ackwire', ackwire],
])
