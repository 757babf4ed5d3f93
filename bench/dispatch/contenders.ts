import { event, router } from '@ackwire/core'
import { attach, type AttachOptions, type Observer } from '@ackwire/core/server'
import type { TSchema } from '@sinclair/typebox'
import { TypeCompiler } from '@sinclair/typebox/compiler'
import type { Server } from 'socket.io'
import { Reply } from '../peers/input.js'

/** One way to serve a job: it makes a server what it shall be. */
export type Bind = (io: Server) => void

/** What the application does with the input, whoever checks it. */
export type Handle = (input: unknown) => unknown

type Ack = (reply: unknown) => void

/** Socket.IO, and nothing looked at. */
export const plain =
  (handle: Handle): Bind =>
  io =>
    io.on('connection', socket => socket.on('sign_up', (input: unknown, ack: Ack) => ack(handle(input))))

/** The same with a handler that is waited for. */
export const plainAsync =
  (handle: Handle): Bind =>
  io =>
    io.on('connection', socket => socket.on('sign_up', async (input: unknown, ack: Ack) => ack(await handle(input))))

/** TypeBox's compiled checks of input and reply in a plain listener, and the first thing that is wrong; `prepare` stands before them. */
export const byHand =
  (schema: TSchema, handle: Handle, prepare: (input: unknown) => unknown = input => input): Bind =>
  io => {
    const [input, reply] = [TypeCompiler.Compile(schema), TypeCompiler.Compile(Reply)]
    io.on('connection', socket =>
      socket.on('sign_up', (came: unknown, ack: Ack) => {
        const value = prepare(came)
        if (!input.Check(value)) return ack({ error: input.Errors(value).First()?.message })
        const answer = handle(value)
        ack(reply.Check(answer) ? answer : { error: 'internal' })
      }),
    )
  }

/** The same with a handler that is waited for. */
export const byHandAsync =
  (schema: TSchema, handle: Handle): Bind =>
  io => {
    const [input, reply] = [TypeCompiler.Compile(schema), TypeCompiler.Compile(Reply)]
    io.on('connection', socket =>
      socket.on('sign_up', async (value: unknown, ack: Ack) => {
        if (!input.Check(value)) return ack({ error: input.Errors(value).First()?.message })
        const answer = await handle(value)
        ack(reply.Check(answer) ? answer : { error: 'internal' })
      }),
    )
  }

/** What checks and decodes at once, and throws, in a plain listener. */
export const byDecoding =
  (decode: (input: unknown) => unknown, handle: Handle): Bind =>
  io => {
    const reply = TypeCompiler.Compile(Reply)
    io.on('connection', socket =>
      socket.on('sign_up', (came: unknown, ack: Ack) => {
        let value: unknown
        try {
          value = decode(came)
        } catch (error) {
          return ack({ error: String(error) })
        }
        const answer = handle(value)
        ack(reply.Check(answer) ? answer : { error: 'internal' })
      }),
    )
  }

/** What may be added to ours. */
interface Extras extends AttachOptions {
  readonly observer?: Observer
  readonly isLimited?: boolean
  readonly hasMiddleware?: boolean
}

export const ackwire =
  (schema: TSchema, handle: Handle, { observer, isLimited, hasMiddleware, ...options }: Extras = {}): Bind =>
  io => {
    const sign_up = event.input(schema).ack(Reply)
    const limit = { inFlight: { perSocket: 64 }, rate: { perSocket: { calls: 1_000_000_000, seconds: 1 } } }
    const server = attach(io, router({ sign_up: isLimited ? sign_up.limit(limit) : sign_up }), options)
    server.onError(() => undefined)
    if (observer !== undefined) server.observe(observer)
    const within = hasMiddleware ? server.use(({ next }) => next()) : server
    // What the application answers is checked when it has.
    within.on.sign_up(({ input }) => handle(input) as { success: boolean })
  }
