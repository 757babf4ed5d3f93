import { event, router } from '@ackwire/core'
import { attach, type AttachOptions, type Observer } from '@ackwire/core/server'
import type { TSchema } from '@sinclair/typebox'
import { TypeCompiler } from '@sinclair/typebox/compiler'
import type { Server } from 'socket.io'
import { Reply } from '../peers/input.js'

/** Registers one implementation of a job on a server. */
export type Bind = (io: Server) => void

/** The application's handler for the input, which is the same for all contenders. */
export type Handle = (input: unknown) => unknown

type Ack = (reply: unknown) => void

/** Binds a plain Socket.IO listener that checks nothing. */
export const plain =
  (handle: Handle): Bind =>
  io =>
    io.on('connection', socket => socket.on('sign_up', (input: unknown, ack: Ack) => ack(handle(input))))

/** Binds a plain Socket.IO listener that checks nothing and awaits its handler. */
export const plainAsync =
  (handle: Handle): Bind =>
  io =>
    io.on('connection', socket => socket.on('sign_up', async (input: unknown, ack: Ack) => ack(await handle(input))))

/**
 * Binds a plain listener with TypeBox's compiled checks of input and reply, which reports the first error; `prepare` transforms
 * the input before the check.
 */
export const byHand =
  (schema: TSchema, handle: Handle, prepare: (input: unknown) => unknown = input => input): Bind =>
  io => {
    const [input, reply] = [TypeCompiler.Compile(schema), TypeCompiler.Compile(Reply)]
    io.on('connection', socket =>
      socket.on('sign_up', (raw: unknown, ack: Ack) => {
        const value = prepare(raw)
        if (!input.Check(value)) return ack({ error: input.Errors(value).First()?.message })
        const answer = handle(value)
        ack(reply.Check(answer) ? answer : { error: 'internal' })
      }),
    )
  }

/** Binds a listener like that of `byHand` that awaits its handler. */
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

/** Binds a plain listener around a function that checks and decodes at once, and throws on invalid input. */
export const byDecoding =
  (decode: (input: unknown) => unknown, handle: Handle): Bind =>
  io => {
    const reply = TypeCompiler.Compile(Reply)
    io.on('connection', socket =>
      socket.on('sign_up', (raw: unknown, ack: Ack) => {
        let value: unknown
        try {
          value = decode(raw)
        } catch (error) {
          return ack({ error: String(error) })
        }
        const answer = handle(value)
        ack(reply.Check(answer) ? answer : { error: 'internal' })
      }),
    )
  }

/** The optional parts of our own contender. */
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
    // The cast is safe: the reply is checked once the handler has returned it.
    within.on.sign_up(({ input }) => handle(input) as { success: boolean })
  }
