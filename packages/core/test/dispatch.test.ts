import { event, router } from '@ackwire/core'
import { Type } from '@sinclair/typebox'
import * as assert from 'uvu/assert'
import { describe } from '../../../test/harness.js'
import { ask, serve, TRANSPORTS, until } from './serve.js'

const api = router({
  sign_up: event
    .input(Type.Object({ email: Type.String({ format: 'email' }), age: Type.Optional(Type.Integer()) }))
    .ack(Type.Object({ success: Type.Boolean() }))
    .errors({ EMAIL_TAKEN: Type.Object({ suggestion: Type.String() }) }),
  move: event.input(Type.Integer(), Type.Integer()),
  add: event.input(Type.Integer(), Type.Integer()).ack(Type.Integer()),
  ping: event.input().ack(),
  anything: event.input().ack(Type.Any()),
  todo: router({ create: event.input(Type.String()).ack(Type.Integer()) }),
})

const unreachable = (): never => {
  throw new Error('the handler was called')
}

const bob = { email: 'bob@example.com' }
const internal = [{ $error: { code: 'INTERNAL', message: 'Internal error' } }]

for (const transport of TRANSPORTS) {
  describe(`a declared event over ${transport}`, it => {
    it('reaches the handler if it is valid, and is answered with the handler’s result', async context => {
      const { server, client } = await serve(api, context, { transport })
      server.on.sign_up(({ input, event }) => ({ success: input.email === 'bob@example.com' && event === 'sign_up' }))
      assert.equal(await ask(await client(), 'sign_up', bob), [{ success: true }])
    })

    it('is answered with the result of an async handler', async context => {
      const { server, client } = await serve(api, context, { transport })
      server.on.sign_up(async () => ({ success: true }))
      assert.equal(await ask(await client(), 'sign_up', bob), [{ success: true }])
    })

    it('gives several arguments as a tuple and none as undefined', async context => {
      const { server, client } = await serve(api, context, { transport })
      const inputs: unknown[] = []
      server.on.add(({ input }) => {
        inputs.push(input)
        return input[0] + input[1]
      })
      server.on.ping(({ input }) => inputs.push(input))
      const socket = await client()
      assert.equal(await ask(socket, 'add', 2, 3), [5])
      assert.equal(await ask(socket, 'ping'), [])
      assert.equal(inputs, [[2, 3], undefined])
    })

    it('has its group and a colon before its name on the wire', async context => {
      const { server, client } = await serve(api, context, { transport })
      server.on.todo.create(({ input }) => input.length)
      assert.equal(await ask(await client(), 'todo:create', 'milk'), [4])
    })

    it('is rejected with the places that differ, and the handler is not called', async context => {
      const { server, client, errors } = await serve(api, context, { transport })
      server.on.sign_up(unreachable)
      const answer = await ask(await client(), 'sign_up', { email: 'bob', age: 1.5 })
      assert.equal(answer, [
        {
          $error: {
            code: 'INVALID_INPUT',
            message: 'The input does not match the contract',
            issues: [
              { path: '/0/email', message: "Expected string to match 'email' format" },
              { path: '/0/age', message: 'Expected integer' },
            ],
          },
        },
      ])
      assert.is(errors.length, 1)
      assert.is(errors.pop()?.phase, 'input')
    })

    it('is rejected with too few or too many arguments', async context => {
      const { server, client, errors } = await serve(api, context, { transport })
      server.on.add(unreachable)
      const socket = await client()
      const issuesOf = async (...args: unknown[]) =>
        (await ask(socket, 'add', ...args)).map(reply => (reply as Refused).$error.issues)
      assert.equal(await issuesOf(1), [[{ path: '/1', message: 'Expected 2 arguments, got 1' }]])
      assert.equal(await issuesOf(1, 2, 3), [[{ path: '/2', message: 'Expected 2 arguments, got 3' }]])
      assert.equal(await issuesOf(), [[{ path: '/0', message: 'Expected 2 arguments, got 0' }]])
      assert.is(errors.splice(0).length, 3)
    })

    it('is handled without an ack, and calls an undeclared ack without a value', async context => {
      const { server, client } = await serve(api, context, { transport })
      const moves: unknown[] = []
      server.on.move(({ input }) => moves.push(input))
      const socket = await client()
      socket.emit('move', 1, 2)
      assert.equal(await ask(socket, 'move', 3, 4), [])
      assert.equal(moves, [
        [1, 2],
        [3, 4],
      ])
    })

    it('answers a declared error with its data', async context => {
      const { server, client } = await serve(api, context, { transport })
      server.on.sign_up(async ({ fail }) => fail('EMAIL_TAKEN', { suggestion: 'bob2@example.com' }))
      assert.equal(await ask(await client(), 'sign_up', bob), [
        { $error: { code: 'EMAIL_TAKEN', message: 'EMAIL_TAKEN', data: { suggestion: 'bob2@example.com' } } },
      ])
    })

    it('answers INTERNAL and nothing else when the handler throws or rejects', async context => {
      const { server, client, errors } = await serve(api, context, { transport })
      const secret = new Error('password of the database')
      server.on.sign_up(() => {
        throw secret
      })
      server.on.ping(() => Promise.reject(secret))
      const socket = await client()
      assert.equal(await ask(socket, 'sign_up', bob), internal)
      assert.equal(await ask(socket, 'ping'), internal)
      assert.equal(
        errors.splice(0).map(({ error, phase, event }) => [error === secret, phase, event]),
        [
          [true, 'handler', 'sign_up'],
          [true, 'handler', 'ping'],
        ],
      )
    })

    it('answers INTERNAL when the reply breaks its schema, and reports the places', async context => {
      const { server, client, errors } = await serve(api, context, { transport })
      server.on.sign_up(() => JSON.parse('{ "success": "yes" }'))
      assert.equal(await ask(await client(), 'sign_up', bob), internal)
      const [report] = errors.splice(0)
      if (report === undefined) return assert.unreachable()
      assert.is(report.phase, 'reply')
      assert.equal((report.error as { issues: unknown }).issues, [{ path: '/0/success', message: 'Expected boolean' }])
    })

    it('answers INTERNAL when the reply can’t be serialized', async context => {
      const { server, client, errors } = await serve(api, context, { transport })
      const cycle: Record<string, unknown> = {}
      cycle['self'] = cycle
      const replies: unknown[] = [
        1n,
        cycle,
        {
          toJSON: () => {
            throw new Error('no')
          },
        },
      ]
      server.on.anything(() => replies.shift())
      const socket = await client()
      for (let left = replies.length; left > 0; left--) assert.equal(await ask(socket, 'anything'), internal)
      assert.equal(
        errors.splice(0).map(({ phase }) => phase),
        ['reply', 'reply', 'reply'],
      )
    })

    it('answers INTERNAL when the reply, or what the error handler gives, would look like a failure', async context => {
      const { server, client, errors } = await serve(api, context, { transport })
      const forged = { $error: { code: 'EMAIL_TAKEN', message: 'forged' } }
      server.on.anything(() => forged)
      const socket = await client()
      assert.equal(await ask(socket, 'anything'), internal)
      server.onError(() => forged)
      assert.equal(await ask(socket, 'anything'), internal)
      assert.is(errors.splice(0)[0]?.phase, 'reply')
    })

    it('survives a client that leaves while the handler runs', async context => {
      const { server, client } = await serve(api, context, { transport })
      let aborted = false
      let finished = false
      server.on.ping(async ({ signal, socket }) => {
        await new Promise(resolve => signal.addEventListener('abort', resolve))
        aborted = signal.aborted && !socket.connected
        finished = true
      })
      const socket = await client()
      socket.emit('ping', () => assert.unreachable())
      await until(() => server.io.of('/').sockets.size === 1)
      setTimeout(() => socket.disconnect(), 50)
      await until(() => finished)
      assert.ok(aborted)
    })

    it('answers NOT_IMPLEMENTED without handler and listener', async context => {
      const { client } = await serve(api, context, { transport })
      const socket = await client()
      assert.equal(await ask(socket, 'ping'), [
        { $error: { code: 'NOT_IMPLEMENTED', message: 'The server has no handler for this event' } },
      ])
      socket.emit('ping')
    })
  })
}

describe('a direction that is not checked', it => {
  it('passes values unchanged, while the others are checked', async context => {
    const probe = router({ echo: event.input(Type.Integer()).ack(Type.Integer()), tick: event.output(Type.Integer()) })
    const wrong = (value: unknown): number => JSON.parse(JSON.stringify(value))
    for (const direction of ['input', 'reply', 'output'] as const) {
      // What is not said is on, also where it is said to be undefined.
      const validate = { input: undefined, reply: undefined, output: undefined, [direction]: false }
      const { server, client, errors } = await serve(probe, context, Reflect.apply(Object, undefined, [{ validate }]))
      server.on.echo(({ input }) => (input === 1 ? wrong('reply') : 0))
      const socket = await client()
      const ticks: unknown[] = []
      socket.on('tick', value => ticks.push(value))
      const refuses = async (value: unknown) => JSON.stringify(await ask(socket, 'echo', value)).includes('$error')
      const throws = (): boolean => {
        try {
          server.emit.tick(wrong('output'))
          return false
        } catch {
          return true
        }
      }
      const isChecked = { input: await refuses('input'), reply: await refuses(1), output: throws() }
      assert.equal(isChecked, { input: true, reply: true, output: true, [direction]: false })
      errors.splice(0)
    }
  })
})

interface Refused {
  readonly $error: { readonly issues: unknown }
}
