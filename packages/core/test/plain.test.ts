import { event, router, type ClientToServerEvents, type FailureReply, type ServerToClientEvents } from '@ackwire/core'
import { Type } from '@sinclair/typebox'
import type { Namespace, Server } from 'socket.io'
import type { Socket } from 'socket.io-client'
import * as assert from 'uvu/assert'
import { describe } from '../../../test/harness.js'
import { ask, serve, TRANSPORTS, until } from './serve.js'

const api = router({
  sign_up: event
    .input(Type.Object({ email: Type.String() }))
    .ack(Type.Object({ id: Type.Integer() }))
    .errors({ EMAIL_TAKEN: Type.Object({ suggestion: Type.String() }) }),
  ping: event.input().ack(),
  search: event.input(Type.String(), Type.Optional(Type.Integer())).ack(Type.Integer()),
  probe: event.output(Type.Integer()).ack(Type.String()).errors({ BUSY: Type.Integer() }),
  touch: event.output().ack(),
  todo: router({ create: event.input(Type.String()).ack(Type.Integer()), created: event.output(Type.String()) }),
  '/admin': router({ ban: event.input(Type.Integer()).ack(Type.String()) }),
})
type ToServer = ClientToServerEvents<typeof api>
type ToClient = ServerToClientEvents<typeof api>

for (const transport of TRANSPORTS) {
  describe(`plain typed sockets over ${transport}`, it => {
    it('of a client get values of their types: replies, receipts and failures', async context => {
      const { server, client, errors } = await serve(api, context, { transport })
      server.on.sign_up(({ input, fail }) =>
        input.email === 'bob' ? fail('EMAIL_TAKEN', { suggestion: 'bob2' }) : { id: input.email.length },
      )
      server.on.ping(() => {})
      server.on.search(({ input: [text, count = 0] }) => text.length + count)
      const socket: Socket<ToClient, ToServer> = await client()
      const signUp = async (email: string): Promise<number | string> => {
        const reply = await socket.emitWithAck('sign_up', { email })
        if (!('$error' in reply)) return reply.id
        return reply.$error.code === 'EMAIL_TAKEN' ? reply.$error.data.suggestion : reply.$error.code
      }
      assert.is(await signUp('alice'), 5)
      assert.is(await signUp('bob'), 'bob2')
      assert.is(await signUp(JSON.parse('5')), 'INVALID_INPUT')
      assert.is(await socket.emitWithAck('ping'), undefined)
      assert.is(await socket.emitWithAck('search', 'ab'), 2)
      assert.is(await socket.emitWithAck('search', 'ab', 3), 5)
      const missing: number | FailureReply<{}> = await socket.emitWithAck('todo:create', 'milk')
      assert.is(typeof missing === 'number' ? missing : missing.$error.code, 'NOT_IMPLEMENTED')
      assert.is(errors.splice(0).length, 1)
    })

    it('of a server are guarded, and answer by the ack', async context => {
      const { io: untyped, client, errors } = await serve(api, context, { transport })
      const io: Server<ToServer, ToClient> = untyped
      io.on('connection', peer => {
        peer.on('sign_up', ({ email }, ack) =>
          email === 'bob'
            ? ack({ $error: { code: 'EMAIL_TAKEN', message: 'taken', data: { suggestion: 'bob2' } } })
            : ack({ id: email.length }),
        )
        peer.on('ping', ack => ack())
        peer.on('search', (...args) => (args.length === 2 ? args[1](0) : args[2](args[1])))
        peer.on('todo:create', (title, ack) => {
          peer.emit('todo:created', title)
          ack(title.length)
        })
      })
      const admin: Namespace<ClientToServerEvents<typeof api, '/admin'>> = untyped.of('/admin')
      admin.on('connection', peer => peer.on('ban', (id, ack) => ack(`banned ${id}`)))

      const socket: Socket<ToClient, ToServer> = await client()
      const created: string[] = []
      socket.on('todo:created', title => created.push(title))
      assert.equal(await socket.emitWithAck('sign_up', { email: 'alice' }), { id: 5 })
      assert.equal(await socket.emitWithAck('sign_up', { email: 'bob' }), {
        $error: { code: 'EMAIL_TAKEN', message: 'taken', data: { suggestion: 'bob2' } },
      })
      assert.is(await socket.emitWithAck('ping'), undefined)
      assert.is(await socket.emitWithAck('search', 'ab'), 0)
      assert.is(await socket.emitWithAck('search', 'ab', 3), 3)
      assert.is(await socket.emitWithAck('todo:create', 'milk'), 4)
      const refused = await socket.emitWithAck('todo:create', JSON.parse('4'))
      assert.is(typeof refused === 'number' ? refused : refused.$error.code, 'INVALID_INPUT')
      assert.equal(created, ['milk'])
      const banning: Socket<{}, ClientToServerEvents<typeof api, '/admin'>> = await client('/admin')
      assert.is(await banning.emitWithAck('ban', 7), 'banned 7')
      assert.is(errors.splice(0).length, 1)
    })

    it('of a client answer outputs: with a value, a receipt or a failure', async context => {
      const { server, client } = await serve(api, context, { transport })
      const socket: Socket<ToClient, ToServer> = await client()
      socket.on('probe', (value, ack) =>
        value > 0 ? ack(`got ${value}`) : ack({ $error: { code: 'BUSY', message: 'later', data: value } }),
      )
      socket.on('touch', ack => ack())
      assert.equal(await server.emit.probe(1), ['got 1'])
      assert.equal(await server.emit.touch(), [undefined])
      const codes: unknown[] = []
      server.emit.probe(-1).catch((error: { code: string }) => codes.push(error.code))
      await until(() => codes.length === 1)
      assert.equal(codes, ['BUSY'])
    })
  })
}

const timed = router({
  ask: event.input().ack(Type.Integer()),
  limited: event
    .input()
    .ack()
    .limit({ inFlight: { total: 1 } }),
  count: event.input().stream(Type.Integer()),
  tell: event.input(),
})
type Ack = (...reply: readonly unknown[]) => void
const lastOf = (args: readonly unknown[]): Ack => args.at(-1) as Ack
const codeOf = ([reply]: readonly unknown[]): unknown =>
  typeof reply === 'object' && reply !== null && '$error' in reply
    ? (reply.$error as { readonly code: string }).code
    : reply
const after = (ms: number): Promise<void> => new Promise(resolve => setTimeout(resolve, ms))

for (const transport of TRANSPORTS) {
  describe(`the time limit of plain listeners over ${transport}`, it => {
    it('answers TIMEOUT for a listener that never acks, and drops its late ack', async context => {
      const { io, server, client, errors } = await serve(timed, context, { transport, timeout: 30 })
      const acks: Ack[] = []
      const answers: (string | undefined)[] = []
      server.observe({ onAnswer: (_: unknown, { code }: { code: string | undefined }) => void answers.push(code) })
      io.on('connection', peer => peer.on('ask', (...args: readonly unknown[]) => void acks.push(lastOf(args))))
      const socket = await client()
      const [failure] = await ask(socket, 'ask')
      assert.equal(failure, { $error: { code: 'TIMEOUT', message: 'No answer arrived in time' } })
      acks[0]?.(1)
      acks[0]?.('not what the contract says')
      assert.is(codeOf(await ask(socket, 'ask')), 'TIMEOUT')
      assert.equal(
        errors.splice(0).map(({ phase, event: name, error }) => [phase, name, (error as { code: string }).code]),
        [
          ['handler', 'ask', 'TIMEOUT'],
          ['handler', 'ask', 'TIMEOUT'],
        ],
      )
      assert.equal(answers, ['TIMEOUT', 'TIMEOUT'])
    })

    it('ends when the first of several listeners acks', async context => {
      const { io, client, errors } = await serve(timed, context, { transport, timeout: 60 })
      let isSlow = false
      io.on('connection', peer => {
        peer.on('ask', () => {})
        peer.on('ask', (ack: Ack) => void (isSlow ? setTimeout(ack, 90, 3) : ack(2)))
        peer.onAny(() => {})
      })
      const socket = await client()
      assert.equal(await ask(socket, 'ask'), [2])
      isSlow = true
      assert.is(codeOf(await ask(socket, 'ask')), 'TIMEOUT')
      // Neither the ack that was in time nor the late one is followed by anything.
      await after(90)
      assert.is(errors.splice(0).length, 1)
    })

    it('frees the place of its call among those in flight, and no other', async context => {
      const { io, client, errors } = await serve(timed, context, { transport, timeout: 400 })
      const acks: Ack[] = []
      io.on('connection', peer => peer.on('limited', (...args: readonly unknown[]) => void acks.push(lastOf(args))))
      const [socket, other] = [await client(), await client()]
      assert.is(codeOf(await ask(socket, 'limited')), 'TIMEOUT')
      const second = ask(socket, 'limited')
      await until(() => acks.length === 2)
      // It belongs to the call before.
      acks[0]?.()
      assert.is(codeOf(await ask(other, 'limited')), 'OVERLOADED')
      acks[1]?.()
      assert.equal(await second, [])
      // The listener is given an ack, and the call a place, though the client asks for no answer.
      socket.emit('limited')
      await until(() => acks.length === 3)
      assert.is(codeOf(await ask(other, 'limited')), 'OVERLOADED')
      await until(() => errors.length === 4)
      const last = ask(other, 'limited')
      await until(() => acks.length === 4)
      acks[3]?.()
      assert.equal(await last, [])
      assert.equal(
        errors.splice(0).map(({ phase, error }) => [phase, (error as { code: string }).code]),
        [
          ['handler', 'TIMEOUT'],
          ['limit', 'OVERLOADED'],
          ['limit', 'OVERLOADED'],
          ['handler', 'TIMEOUT'],
        ],
      )
    })

    it('does not affect an open stream of the same socket', async context => {
      const { io, server, client, errors } = await serve(timed, context, { transport, timeout: 30 })
      let release = (): void => {}
      server.on.count(async function* () {
        yield 1
        await new Promise<void>(resolve => (release = resolve))
        yield 2
      })
      io.on('connection', peer => peer.on('ask', () => {}))
      const socket = await client()
      const [first] = (await ask(socket, 'count')) as [{ items: number[]; next: string }]
      assert.equal(first.items, [1])
      assert.is(codeOf(await ask(socket, 'ask')), 'TIMEOUT')
      const rest = ask(socket, 'count:next', first.next)
      release()
      const [second] = (await rest) as [{ items: number[] }]
      assert.equal(second.items, [2])
      assert.is(errors.splice(0).length, 1)
    })
  })
}

describe('a plain listener without a time limit', it => {
  it('may ack at any time, as with an infinite one', async context => {
    for (const options of [{}, { timeout: Number.POSITIVE_INFINITY }]) {
      const { io, client } = await serve(timed, context, options)
      io.on('connection', peer => peer.on('ask', (ack: Ack) => void setTimeout(ack, 60, 5)))
      assert.equal(await ask(await client(), 'ask'), [5])
    }
  })
})
