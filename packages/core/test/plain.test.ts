import { event, router, type ClientToServerEvents, type FailureReply, type ServerToClientEvents } from '@ackwire/core'
import { Type } from '@sinclair/typebox'
import type { Namespace, Server } from 'socket.io'
import type { Socket } from 'socket.io-client'
import * as assert from 'uvu/assert'
import { describe } from '../../../test/harness.js'
import { serve, TRANSPORTS, until } from './serve.js'

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
    it('of a client get what their types say: replies, receipts and failures', async context => {
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
