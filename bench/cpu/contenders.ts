import { event, router } from '@ackwire/core'
import { attach, type AttachOptions } from '@ackwire/core/server'
import { Type } from '@sinclair/typebox'
import type { Server } from 'socket.io'
import { Input, Reply } from '../peers/input.js'

/** Registers the handlers, and returns the function that sends an output to all sockets. */
type Bind = (io: Server) => (output: unknown) => void

const Item = Type.Object({ at: Type.Integer(), name: Type.String() })

/** The number of items that a client asks for, and the milliseconds between them. */
const Query = Type.Object({ items: Type.Integer(), ms: Type.Integer() })
export type Query = { readonly items: number; readonly ms: number }

export const api = router({
  sign_up: event.input(Input).ack(Reply),
  news: event.output(Input),
  items: event.input(Query).stream(Item),
})

async function* itemsOf({ items, ms }: Query) {
  for (let at = 0; at < items; at++) {
    if (ms > 0) await new Promise(resolve => setTimeout(resolve, ms))
    yield { at, name: 'item' }
  }
}

const plain: Bind = io => {
  io.on('connection', socket => {
    socket.on('sign_up', (_: unknown, ack: (reply: unknown) => void) => ack({ success: true }))
    socket.on('items', async (query: Query) => {
      if (query.ms > 0) for await (const item of itemsOf(query)) socket.emit('item', item)
      else for (let at = 0; at < query.items; at++) socket.emit('item', { at, name: 'item' })
    })
  })
  return output => void io.emit('news', output)
}

const ackwire =
  (options: AttachOptions): Bind =>
  io => {
    const server = attach(io, api, options)
    server.onError(() => undefined)
    server.on.sign_up(() => ({ success: true }))
    server.on.items(({ input }) => itemsOf(input))
    // The cast lets the benchmark send what it has been told.
    return output => void server.emit.news(output as never)
  }

/** The baseline of all ratios. */
export const BASE = 'Socket.IO, no check'

/** Ackwire as it is without the coalescing of writes. */
export const WITHOUT_COALESCING = 'ackwire, coalesceWrites: false'

/** The servers, in the order of the table. */
export const CONTENDERS: ReadonlyMap<string, Bind> = new Map([
  [BASE, plain],
  ['the same again', plain],
  ['ackwire', ackwire({})],
  [WITHOUT_COALESCING, ackwire({ coalesceWrites: false })],
])

/** Tells whether a contender uses Ackwire: its clients, too, and streams in place of outputs. */
export const isAckwire = (name: string): boolean => name.startsWith('ackwire')
