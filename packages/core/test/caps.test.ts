import { event, router, type Event } from '@ackwire/core'
import { attach } from '@ackwire/core/server'
import { Type, type TSchema } from '@sinclair/typebox'
import { Server } from 'socket.io'
import * as assert from 'uvu/assert'
import { describe, type TestContext } from '../../../test/harness.js'
import { ask, serve, TRANSPORTS, type ServeOptions } from './serve.js'

const invalid = (path: string, message: string): unknown[] => [
  { $error: { code: 'INVALID_INPUT', message: 'The input does not match the contract', issues: [{ path, message }] } },
]
const some = (count: number): number[] => Array.from({ length: count }, () => 0)

/** `depth` objects in one another. */
const deep = (depth: number): object => (depth === 1 ? {} : { child: deep(depth - 1) })

/** An object of `count` values, itself among them. */
const wide = (count: number): object => ({ children: Array.from({ length: count - 2 }, () => ({})) })

const Tree = Type.Recursive(This =>
  Type.Object({ child: Type.Optional(This), children: Type.Optional(Type.Array(This)) }),
)
const Module = Type.Module({
  Tree: Type.Object({
    child: Type.Optional(Type.Ref('Tree')),
    children: Type.Optional(Type.Array(Type.Ref('Tree'))),
  }),
})

/** An event of any schemas, whose types TypeScript can't work out. */
const inputOf = (...schemas: TSchema[]): Event => Reflect.apply(event.input, event, schemas)

/** A server with one event, which counts its calls, and a client. */
const start = async (context: TestContext, take: Event, options: ServeOptions = {}) => {
  const { server, client, errors } = await serve(router({ take: take.ack() }), context, options)
  let calls = 0
  server.on.take(() => void calls++)
  const socket = await client()
  return {
    /** Sees that the arguments are handled. */
    async expectHandled(...args: unknown[]) {
      assert.equal(await ask(socket, 'take', ...args), [])
      assert.is(calls, 1)
      calls = 0
    },
    /** Sees that they are refused with one issue, and the error handler told. */
    async expectRefused(path: string, message: string, ...args: unknown[]) {
      assert.equal(await ask(socket, 'take', ...args), invalid(path, message))
      assert.is(calls, 0)
      assert.equal(
        errors.splice(0).map(({ phase }) => phase),
        ['input'],
      )
    },
  }
}

for (const transport of TRANSPORTS) {
  describe(`an event's arguments over ${transport}`, it => {
    const unchecked: ServeOptions = { transport, validate: { input: false } }

    it('are at most 64, the ack not counted, whatever is declared', async context => {
      const { expectHandled, expectRefused } = await start(context, event.input(), unchecked)
      await expectHandled(...some(64))
      await expectRefused('/64', 'Expected at most 64 arguments, got 65', ...some(65))
      await expectRefused('/64', 'Expected at most 64 arguments, got 10000', ...some(10_000))
    })

    it('are counted before a default is filled in', async context => {
      const take = event.input(Type.Object({ n: Type.Integer({ default: () => assert.unreachable() }) }))
      const { expectRefused } = await start(context, take, { transport })
      await expectRefused('/64', 'Expected at most 64 arguments, got 10000', {}, ...some(9_999))
    })

    it('are at most as many as the option maxArguments says', async context => {
      const { expectHandled, expectRefused } = await start(context, event.input(), { ...unchecked, maxArguments: 2 })
      await expectHandled(0, 0)
      await expectRefused('/2', 'Expected at most 2 arguments, got 3', 0, 0, 0)
    })

    it('are at most as many as the event declares, if it declares more', async context => {
      const take = Reflect.apply(
        event.input,
        event,
        some(70).map(() => Type.Integer()),
      )
      const { expectHandled, expectRefused } = await start(context, take, { transport })
      await expectHandled(...some(70))
      await expectRefused('/70', 'Expected at most 70 arguments, got 71', ...some(71))
    })

    it('are any number if a rest is declared', async context => {
      const { expectHandled } = await start(context, event.input().rest(Type.Integer()), { transport })
      await expectHandled(...some(1_000))
    })

    const schemas: Readonly<Record<string, TSchema>> = {
      'a recursive schema': Tree,
      'a module that refers to itself': Module.Import('Tree'),
      'a schema with a recursive part': Type.Array(Type.Union([Type.Null(), Tree])),
    }
    for (const [title, schema] of Object.entries(schemas)) {
      const within = title.includes('part') ? 1 : 0
      const put = (value: object): object => (within === 1 ? [value] : value)

      it(`are nested at most 128 deep in ${title}`, async context => {
        const { expectHandled, expectRefused } = await start(context, inputOf(schema), { transport })
        await expectHandled(put(deep(128 - within)))
        await expectRefused('', 'Expected values that are nested at most 128 deep', put(deep(129 - within)))
      })

      it(`are at most 100,000 values in ${title}`, async context => {
        const { expectHandled, expectRefused } = await start(context, inputOf(schema), { transport })
        await expectHandled(put(wide(100_000 - within)))
        await expectRefused('', 'Expected at most 100000 values', put(wide(100_001 - within)))
      })
    }

    it('are measured in a rest of recursive schemas, all together', async context => {
      const caps = { maxDepth: 3, maxNodes: 10 }
      const { expectHandled, expectRefused } = await start(context, event.input().rest(Tree), { transport, ...caps })
      await expectHandled(deep(3), wide(7))
      await expectRefused('', 'Expected at most 10 values', deep(3), wide(8))
      await expectRefused('', 'Expected values that are nested at most 3 deep', {}, deep(4))
    })

    it('are measured even if they are not checked', async context => {
      const { expectHandled, expectRefused } = await start(context, event.input(Tree), unchecked)
      await expectHandled(deep(128))
      await expectRefused('', 'Expected values that are nested at most 128 deep', deep(129))
    })

    it('are rejected if a getter throws', async context => {
      const { io, server, client, errors } = await serve(router({ take: event.input(Tree).ack() }), context, {
        transport,
      })
      server.on.take(() => assert.unreachable())
      io.use((socket, enter) => {
        socket.use((packet, pass) => {
          packet[1] = Object.defineProperty({}, 'child', { get: assert.unreachable, enumerable: true })
          pass()
        })
        enter()
      })
      assert.equal(await ask(await client(), 'take', {}), invalid('', 'Expected values that can be read'))
      errors.pop()
    })

    it('are not measured if the schema bounds their depth', async context => {
      const { expectHandled } = await start(context, event.input(Type.Any(), Type.Array(Type.Any())), { transport })
      await expectHandled(deep(500), some(200_000))
    })
  })
}

describe('attach', it => {
  it('rejects a cap that is not a non-negative integer', () => {
    for (const name of ['maxArguments', 'maxDepth', 'maxNodes']) {
      assert.throws(
        () => attach(new Server(), router({}), { [name]: Number.NaN }),
        new RegExp(`^ackwire: attach: ${name}: expected a non-negative integer or Infinity, got NaN$`),
      )
    }
  })
})
