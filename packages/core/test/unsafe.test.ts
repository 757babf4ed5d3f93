import { event, router } from '@ackwire/core'
import { Type, type TSchema } from '@sinclair/typebox'
import * as assert from 'uvu/assert'
import { describe, type TestContext } from '../../../test/harness.js'
import { ask, serve } from './serve.js'

type Side = 'north' | 'south'
const Side = Type.Unsafe<Side>({ type: 'string', enum: ['north', 'south'] })
const Hand = Type.Unsafe<{ side: Side; cards?: number[]; next?: unknown }>({
  $defs: { hand: { $ref: '#' } },
  type: 'object',
  required: ['side'],
  properties: {
    side: { enum: ['north', 'south'] },
    cards: { type: 'array', items: { type: 'integer', minimum: 1 }, maxItems: 3 },
    mail: { type: 'string', format: 'email' },
    next: { $ref: '#/$defs/hand' },
  },
  additionalProperties: false,
})

interface Refused {
  readonly $error: {
    readonly code: string
    readonly issues?: readonly { readonly path: string; readonly message: string }[]
  }
}

/** Returns the issues of a server for a value that a client sends; `undefined` if it accepts the value. */
const start = async (context: TestContext, schema: TSchema) => {
  const { server, client, errors } = await serve(router({ take: event.input(schema).ack() }), context)
  server.on.take(() => {})
  const socket = await client()
  return async (value: unknown) => {
    const [reply] = await ask(socket, 'take', value)
    errors.splice(0)
    return (reply as Refused | undefined)?.$error.issues
  }
}

describe('hand-written JSON Schema', it => {
  it('is checked, and reports where a value differs without the value', async context => {
    const issuesOf = await start(context, Hand)
    for (const value of [
      { side: 'north' },
      { side: 'south', cards: [1, 2], next: { side: 'north', mail: 'a@b.example' } },
    ]) {
      assert.is(await issuesOf(value), undefined)
    }
    const rows: readonly (readonly [value: unknown, path: string])[] = [
      [5, '/0'],
      [null, '/0'],
      [{}, '/0'],
      [{ side: 'secret' }, '/0/side'],
      [{ side: 'north', cards: [1, 0] }, '/0/cards/1'],
      [{ side: 'north', cards: [1, 2, 3, 4] }, '/0/cards'],
      [{ side: 'north', mail: 'secret' }, '/0/mail'],
      [{ side: 'north', next: { side: 'north', next: { side: 'secret' } } }, '/0/next/next/side'],
      [{ side: 'north', 'a/b~ü c': 1 }, '/0/a~1b~0ü c'],
      [{ side: 'north', '\ud800': 1 }, '/0'],
    ]
    for (const [value, path] of rows) {
      const issues = await issuesOf(value)
      assert.equal(
        issues?.map(issue => issue.path),
        [path],
        JSON.stringify(value),
      )
      assert.not.match(JSON.stringify(issues), 'secret')
    }
  })

  it('says of each keyword what it expects', async context => {
    const rows: readonly (readonly [schema: object | false, value: unknown, expected: string])[] = [
      [{ type: 'array' }, {}, 'array'],
      [{ type: ['string', 'null'] }, 1, 'string or null'],
      [{ const: 1 }, 2, "the value of the schema's const"],
      [{ enum: [1, 2] }, 3, "one of the values of the schema's enum"],
      [{ multipleOf: 5 }, 7, 'a multiple of 5'],
      [{ minimum: 5 }, 4, 'at least 5'],
      [{ maximum: 5 }, 6, 'at most 5'],
      [{ exclusiveMinimum: 5 }, 5, 'more than 5'],
      [{ exclusiveMaximum: 5 }, 5, 'less than 5'],
      [{ minLength: 2 }, 'a', 'at least 2 characters'],
      [{ maxLength: 2 }, 'abc', 'at most 2 characters'],
      [{ pattern: '^a$' }, 'b', "a string that matches '^a$'"],
      [{ format: 'email' }, 'b', "a string of the format 'email'"],
      [{ minItems: 1 }, [], 'at least 1 items'],
      [{ maxItems: 1 }, [1, 2], 'at most 1 items'],
      [{ uniqueItems: true }, [1, 1], 'array elements to be unique'],
      [{ contains: { type: 'null' } }, [1], 'a different number of items that match the schema'],
      [{ minProperties: 1 }, {}, 'at least 1 properties'],
      [{ maxProperties: 0 }, { a: 1 }, 'at most 0 properties'],
      [{ required: ['a'] }, {}, 'the property "a"'],
      [{ dependentRequired: { a: ['b'] } }, { a: 1 }, 'the property "b" where there is "a"'],
      [{ oneOf: [{ type: 'number' }, { type: 'integer' }] }, 1, 'a value that matches only one of the schemas'],
      [{ anyOf: [{ type: 'string' }, { type: 'null' }] }, 1, 'string'],
      [{ anyOf: [] }, 1, 'a value that matches one of the schemas'],
      [false, 1, 'nothing'],
      [{ not: { type: 'integer' } }, 1, 'a value that does not match the schema'],
    ]
    const properties = Object.fromEntries(rows.map(([schema], at) => [at, schema]))
    const issuesOf = await start(context, Type.Unsafe({ type: 'object', properties }))
    for (const [at, [, value, expected]] of rows.entries())
      assert.equal(await issuesOf({ [at]: value }), [{ path: `/0/${at}`, message: `Expected ${expected}` }])
  })

  it('takes the value of const, and one that is equal', async context => {
    const issuesOf = await start(context, Type.Unsafe({ enum: [0], const: 0 }))
    assert.is(await issuesOf(0), undefined)
    const equalTo = await start(context, Type.Unsafe({ const: { a: [1] } }))
    assert.is(await equalTo({ a: [1] }), undefined)
  })

  it('can be used in other schemas, and in a union with them', async context => {
    const issuesOf = await start(
      context,
      Type.Object({ sides: Type.Array(Type.Union([Type.Null(), Side])), hand: Type.Optional(Hand) }),
    )
    assert.is(await issuesOf({ sides: ['north', null], hand: { side: 'north' } }), undefined)
    assert.is((await issuesOf({ sides: ['east'] }))?.[0]?.path, '/0/sides/0')
    assert.is((await issuesOf({ sides: [], hand: { side: 'east' } }))?.[0]?.path, '/0/hand/side')
  })

  it('that refers to itself is measured before it is checked', async context => {
    const issuesOf = await start(context, Hand)
    let hand: object = { side: 'north' }
    for (let depth = 0; depth < 200; depth++) hand = { side: 'north', next: hand }
    assert.equal(await issuesOf(hand), [{ path: '', message: 'Expected values that are nested at most 128 deep' }])
  })

  it('can have properties with the names of keywords', async context => {
    const Named = Type.Unsafe({
      type: 'object',
      properties: { default: { $anchor: 'count', type: 'integer' }, enum: { $ref: '#count' } },
    })
    const issuesOf = await start(context, Named)
    assert.is(await issuesOf({ default: 1, enum: 2 }), undefined)
    assert.equal(
      (await issuesOf({ default: 1, enum: 'two' }))?.map(({ path }) => path),
      ['/0/enum'],
    )
  })
})
