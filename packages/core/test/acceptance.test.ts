import { event, router } from '@ackwire/core'
import { Type } from '@sinclair/typebox'
import * as assert from 'uvu/assert'
import { describe } from '../../../test/harness.js'
import { saying } from '../../../test/saying.js'

// Without the server, which registers what evaluates hand-written JSON Schema: a browser or the command line defines contracts, too.
describe('a trace context', it => {
  it('can follow an optional argument of hand-written JSON Schema that says that it is none', () => {
    const define = (input: Parameters<typeof router>[0][string]) => router({ list: input }, { traceContext: true })
    const optional = (schema: Parameters<typeof Type.Unsafe>[0]) => event.input(Type.Optional(Type.Unsafe(schema)))
    for (const schema of [
      {},
      { type: 'object' },
      { type: ['null', 'object'], nullable: true },
      { required: ['traceparent'] },
      { properties: { traceparent: {}, tracestate: {} }, additionalProperties: false },
      { patternProperties: { '^trace': {} }, additionalProperties: false },
      { enum: [{ traceparent: `00-${'1'.repeat(32)}-${'1'.repeat(16)}-01` }] },
    ]) {
      assert.throws(() => define(optional(schema)), /list input\[0\]: a trace context/)
      assert.throws(() => define(event.input().rest(Type.Union([Type.Null(), Type.Unsafe(schema)]))), /\.rest: a trace/)
    }
    for (const schema of [
      { type: 'string' },
      { type: ['array', 'null'] },
      { type: 'string', nullable: true },
      { enum: ['a', null] },
      { const: { traceparent: '' } },
      { required: ['page'] },
      { type: 'object', properties: { page: {} }, additionalProperties: false },
    ])
      for (const each of [Type.Unsafe(schema), Type.Union([Type.Null(), Type.Unsafe(schema)])])
        define(event.input(Type.Optional(each)))
    const parent = (schema: Parameters<typeof Type.Unsafe>[0]) =>
      event.input(Type.Optional(Type.Object({ traceparent: Type.Unsafe(schema) })))
    define(parent({ type: 'object' }))
    assert.throws(() => define(parent({ type: 'string' })), /list input\[0\]: a trace context/)
  })
})

describe('an error-first ack', it => {
  it('can have an own error of hand-written JSON Schema that says that it is not null', () => {
    const define = (schema: object) => router({ it: event.input().ack({ errorFirst: Type.Unsafe(schema) }) })
    for (const schema of [{ type: 'string' }, { type: ['string', 'object'] }, { enum: ['NO'] }, { const: 'NO' }])
      define(schema)
    for (const schema of [{}, { type: ['string', 'null'] }, { type: 'string', nullable: true }, { enum: ['NO', null] }])
      assert.throws(() => define(schema), saying('null stands for no error'))
  })
})
