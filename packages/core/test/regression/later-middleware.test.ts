import { event, router } from '@ackwire/core'
import { Type } from '@sinclair/typebox'
import type { Socket } from 'socket.io'
import * as assert from 'uvu/assert'
import { describe, type TestContext } from '../../../../test/harness.js'
import { ask, serve, until, type ServeOptions } from '../serve.js'

const Day = Type.Transform(Type.String({ pattern: '^\\d{4}$' }))
  .Decode(year => new Date(`${year}-01-01`))
  .Encode(date => String(date.getUTCFullYear()))
const api = router({
  length: event.input(Type.String()).ack(Type.Integer()),
  heard: event.input(Type.Integer()).ack(Type.Integer()),
  day: event.input(Day, Type.Optional(Type.Integer({ default: 5 }))).ack(Day),
  year: event.input(Type.String(), Type.Optional(Type.Integer())).ack(Type.Integer()),
  unheard: event.input(Type.Any()).ack(Type.Any()),
})

type Packet = unknown[]

/** Starts a server on which the application adds middleware after `attach`. */
const start = async (context: TestContext, change: (packet: Packet) => unknown, options?: ServeOptions) => {
  const { io, server, client, errors } = await serve(api, context, options)
  io.on('connection', (socket: Socket) => {
    socket.use((packet, next) => {
      if (change(packet) !== 'answered') next()
    })
    socket.on('heard', (value: number, ack: (reply: number) => void) => ack(value + 1))
    socket.on('other', (...args: unknown[]) => (args.pop() as (reply: unknown) => void)(['other', ...args]))
  })
  server.on.length(({ input }) => input.length)
  server.on.year(({ input }) => Number(input[0]))
  return { server, socket: await client(), errors }
}

const codeIn = ([reply]: unknown[]): unknown => (reply as { $error?: { code: string } }).$error?.code
const rename =
  (from: string, to: string) =>
  (packet: Packet): unknown =>
    packet[0] === from && (packet[0] = to)

/** A title, the old and the new name, an argument, and the answer or the code of the failure. */
const RENAMED: readonly (readonly [title: string, from: string, to: string, sent: unknown, answer: unknown])[] = [
  ['an undeclared event to one with a handler', 'old', 'length', 'abc', 3],
  ['… with an invalid argument', 'old', 'length', 5, 'INVALID_INPUT'],
  ['an undeclared event to one with a listener', 'old', 'heard', 1, 2],
  ['… with an invalid argument', 'old', 'heard', 'x', 'INVALID_INPUT'],
  ['an event with a listener to one with a handler', 'heard', 'length', 1, 'INVALID_INPUT'],
  ['an event that nobody hears to one with a handler', 'unheard', 'length', 'abcd', 4],
  ['an event that nobody hears to one with a listener', 'unheard', 'heard', 6, 7],
  ['an event that nobody hears to another', 'unheard', 'day', '2026', 'NOT_IMPLEMENTED'],
  ['a declared event to an undeclared one', 'unheard', 'other', 'x', ['other', 'x']],
  ['an event whose arguments were decoded and filled in', 'day', 'year', '2026', 2026],
]

describe('middleware of a socket that is added after attach', it => {
  for (const [title, from, to, sent, answer] of RENAMED) {
    it(`renames ${title}, and the contract of the new name holds`, async context => {
      const { socket, errors } = await start(context, rename(from, to))
      const reply = await ask(socket, from, sent)
      assert.equal(typeof answer === 'string' ? codeIn(reply) : reply[0], answer)
      errors.length = 0
    })
  }

  it('answers a declared event itself, and what it answers is checked', async context => {
    const answers = [1, 'x', 2]
    const answer = (packet: Packet): unknown => {
      if (packet[0] !== 'day') return undefined
      const ack = packet.at(-1) as (reply: unknown) => void
      ack(answers.shift() === 1 ? new Date('2026-01-01') : 'no date')
      return 'answered'
    }
    const { socket, errors } = await start(context, answer)
    assert.equal(await ask(socket, 'day', '2025'), ['2026'])
    assert.is(codeIn(await ask(socket, 'day', '2025')), 'INTERNAL')
    assert.is(codeIn(await ask(socket, 'day', 'not a year')), 'INVALID_INPUT')
    errors.length = 0
  })

  it('lets an event pass that nobody hears, which is then answered', async context => {
    const { socket } = await start(context, () => undefined, { unknownEvents: 'answer' })
    assert.is(codeIn(await ask(socket, 'unheard', 1)), 'NOT_IMPLEMENTED')
    assert.is(codeIn(await ask(socket, 'unknown', 1)), 'UNKNOWN_EVENT')
    const renamed = await start(context, rename('unknown', 'length'), { unknownEvents: 'answer' })
    assert.equal(await ask(renamed.socket, 'unknown', 'ab'), [2])
  })

  it('sees an event once, in its place, and frees the slot of one that it renames', async context => {
    const limited = router({
      held: event
        .input()
        .ack()
        .limit({ inFlight: { perSocket: 1 } }),
      length: event.input().ack(Type.Integer()),
    })
    const { io, server, client } = await serve(limited, context, { timeout: 50 })
    const seen: unknown[] = []
    server.on.length(() => seen.length)
    io.on('connection', socket => {
      socket.on('held', () => assert.unreachable())
      for (const name of ['first', 'second']) socket.use(([event], next) => (seen.push(`${name} ${event}`), next()))
      socket.use((packet, next) => ((packet[0] = 'length'), next()))
    })
    const socket = await client()
    for (const count of [2, 4, 6]) assert.equal(await ask(socket, 'held'), [count])
    assert.equal(seen.slice(0, 2), ['first held', 'second held'])
    // The time limit of the renamed events is over without an effect.
    await until(() => true)
  })

  it('has no effect on a server that is detached', async context => {
    const { server, socket } = await start(context, rename('old', 'other'))
    server.detach()
    assert.equal(await ask(socket, 'old', 1), [['other', 1]])
  })
})
