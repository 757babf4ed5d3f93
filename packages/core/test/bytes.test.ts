import { event, router } from '@ackwire/core'
import { Type, type TSchema } from '@sinclair/typebox'
import * as assert from 'uvu/assert'
import { describe, type TestContext } from '../../../test/harness.js'
import { ask, serve, type ServeOptions } from './serve.js'

const Bytes = Buffer.from([1, 2])
const Filled = Type.Object({ unit: Type.Optional(Type.String({ default: 'cm' })) })

/** Returns the input that a handler gets for binary data, or the issues that the client gets. */
const outcomeOf = async (context: TestContext, schema: TSchema, options: ServeOptions): Promise<unknown> => {
  const { server, client, errors } = await serve(router({ take: event.input(schema).ack() }), context, options)
  let input: unknown
  server.on.take(call => (input = call.input))
  const [failure] = await ask(await client(), 'take', Bytes)
  errors.splice(0)
  return failure === undefined ? input : (failure as { $error: { issues: unknown } }).$error.issues
}

// To list the properties of a megabyte took two seconds, in which nothing else ran.
describe('bytes where an object is declared', it => {
  for (const [title, schema, options, outcome] of [
    ['are not filled in', Filled, {}, Bytes],
    [
      'lack what is required',
      Type.Object({ unit: Type.String({ default: 'cm' }) }),
      {},
      [{ path: '/0', message: 'Expected object' }],
    ],
    ['are taken away where nothing of them is declared', Filled, { unknownProperties: 'strip' }, {}],
    [
      'are refused where nothing of them is declared',
      Filled,
      { unknownProperties: 'reject' },
      [{ path: '/0', message: 'Unexpected bytes' }],
    ],
    [
      'stay where another member of a union declares them',
      Type.Union([Filled, Type.Uint8Array()]),
      { unknownProperties: 'strip' },
      Bytes,
    ],
  ] as const) {
    it(title, async context => assert.equal(await outcomeOf(context, schema, options), outcome))
  }
})
