import { event, router } from '@ackwire/core'
import * as docs from '@ackwire/docs'
import { type TSchema, Type } from '@sinclair/typebox'
import * as assert from 'uvu/assert'
import { describe } from '../../../test/harness.js'
import { kinds } from './corpus.js'

/** Returns a schema as written for the argument of an output called `it`, with the hoisted schemas. */
const written = (schema: TSchema) => {
  const { channels, components } = docs.document(router({ it: event.output(schema) }))
  const message = channels['root']?.messages['send.it']
  return {
    schemas: components.schemas,
    payload: message !== undefined && 'payload' in message ? message.payload : undefined,
  }
}

const properties = (): Readonly<Record<string, unknown>> => {
  const { payload } = written(kinds)
  return payload !== undefined && 'properties' in payload ? { ...payload.properties } : {}
}

const object = (name: string, type: string, title: string) => ({
  type: 'object',
  title,
  properties: { [name]: { type } },
  required: [name],
})

/** The expected result for each kind in the corpus. */
const ROWS: Readonly<Record<string, unknown>> = {
  string: { type: 'string', format: 'date-time', default: '2026-01-02T03:04:05.000Z' },
  null: { type: 'null' },
  literal: { type: 'string', title: 'ItLiteral', enum: ['on'] },
  array: {
    type: 'array',
    minItems: 1,
    items: { type: 'string' },
    contains: { type: 'string', title: 'ItArrayContained', enum: ['a'] },
  },
  tuple: {
    type: 'array',
    items: [{ type: 'string' }, { type: 'number' }],
    additionalItems: false,
    minItems: 2,
    maxItems: 2,
  },
  empty: { type: 'array', minItems: 0, maxItems: 0 },
  open: { type: 'object', title: 'ItOpen', properties: {}, additionalProperties: { type: 'number' } },
  not: { not: { type: 'string' } },
  never: { not: {} },
  any: {},
  unknown: {},
  template: { type: 'string', pattern: '^user-(.*)$' },
  literals: { type: 'string', title: 'ItLiterals', enum: ['a', 'b'] },
  mixed: { type: ['string', 'integer'], title: 'ItMixed', enum: ['a', 1] },
  enum: { type: 'string', title: 'ItEnum', enum: ['red', 'blue'] },
  keyof: { type: 'string', title: 'ItKeyof', enum: ['x', 'y'] },
  nullableString: { type: ['string', 'null'] },
  nullableEnum: { type: ['string', 'null'], title: 'ItNullableEnum', enum: ['a', 'b', null] },
  nullableObject: { anyOf: [object('a', 'string', 'ItNullableObject'), { type: 'null' }] },
  nullableUser: { anyOf: [{ $ref: '#/components/schemas/User' }, { type: 'null' }] },
  untagged: { anyOf: [{ type: 'string' }, { type: 'number' }] },
  record: { type: 'object', additionalProperties: object('n', 'number', 'ItRecordValue') },
  pattern: { type: 'object', patternProperties: { '^x-': { type: 'number' } } },
  merged: {
    type: 'object',
    title: 'ItMerged',
    properties: { a: { type: 'string' }, b: { type: 'number' } },
    required: ['a', 'b'],
    additionalProperties: false,
  },
  tree: { $ref: '#/components/schemas/ItTree' },
  chain: { $ref: '#/components/schemas/Chain' },
  post: { $ref: '#/components/schemas/Post' },
  date: { type: 'string', format: 'date-time', 'x-minimumTimestamp': 0 },
  bytes: { type: 'string', format: 'binary', contentMediaType: 'application/octet-stream', 'x-maxByteLength': 3 },
  regexp: { type: 'string', pattern: 'ab+', 'x-pattern-flags': 'i' },
  absent: { type: 'string' },
  absentOr: { anyOf: [{ type: 'string' }, { type: 'number' }] },
  transform: { type: 'string' },
  unsafe: {
    type: ['object', 'null'],
    title: 'ItUnsafe',
    properties: { default: { type: ['string', 'null'] }, email: { $ref: '#/components/schemas/Email' } },
    examples: [{ default: 'x' }],
  },
  custom: { type: 'integer', multipleOf: 2 },
  computed: { type: 'string' },
}

describe('kinds of TypeBox', it => {
  for (const [name, expected] of Object.entries(ROWS)) {
    it(`${name} is written as in the table`, () => assert.equal(properties()[name], expected))
  }

  it('a union discriminated by a literal has named members and no discriminator', () => {
    const union = properties()['tagged']
    assert.match(JSON.stringify(union), /^{"title":"ItTagged","oneOf":\[.*"ItTaggedCircle".*"ItTaggedSquare"/)
    assert.not.match(JSON.stringify(union), 'discriminator')
  })

  it('a union with undefined makes its property optional', () => {
    assert.equal(written(Type.Object({ a: Type.Union([Type.Null(), Type.Undefined()]), b: Type.Null() })).payload, {
      type: 'object',
      title: 'It',
      properties: { a: { type: 'null' }, b: { type: 'null' } },
      required: ['b'],
    })
  })

  it('a union with null keeps what the other member allows', () => {
    const orNull = (schema: TSchema) => written(Type.Union([schema, Type.Null()], { description: 'said' })).payload
    assert.equal(orNull(Type.Unsafe({ type: 'string', enum: ['a'] })), {
      type: ['string', 'null'],
      title: 'It',
      enum: ['a', null],
      description: 'said',
    })
    const constant = { type: 'string', const: 'a' }
    assert.equal(orNull(Type.Unsafe(constant)), { description: 'said', anyOf: [constant, { type: 'null' }] })
    assert.equal(orNull(Type.Literal('a')), {
      type: ['string', 'null'],
      title: 'It',
      description: 'said',
      enum: ['a', null],
    })
  })

  it('keywords for other tools are kept, except those that break generators', () => {
    const schema = Type.String({ deprecated: true, readOnly: true, 'x-order': 1, discriminator: 'kind' })
    assert.equal(written(schema).payload, { type: 'string', deprecated: true, readOnly: true, 'x-order': 1 })
  })

  it('raw JSON Schema is written in draft-07', () => {
    const schema = Type.Unsafe({
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      type: 'array',
      prefixItems: [{ type: 'number', minimum: 0, exclusiveMinimum: true }],
      items: { type: 'string', nullable: true },
    })
    assert.equal(written(schema).payload, {
      type: 'array',
      items: [{ type: 'number', exclusiveMinimum: 0 }],
      additionalItems: { type: ['string', 'null'] },
    })
  })

  it('keywords beside a reference are kept', () => {
    const module = Type.Module({ A: Type.Object({ b: Type.Ref('B', { description: 'said' }) }), B: Type.Null() })
    assert.equal(written(module.Import('A')).schemas?.['A']?.properties, {
      b: { title: 'AB', description: 'said', allOf: [{ $ref: '#/components/schemas/B' }] },
    })
  })

  it('members of a union in a module are discriminated, too', () => {
    const module = Type.Module({
      A: Type.Object({ kind: Type.Literal('a') }),
      B: Type.Object({ kind: Type.Literal('b') }),
      AB: Type.Union([Type.Ref('A'), Type.Ref('B')]),
    })
    assert.ok('oneOf' in (written(module.Import('AB')).schemas?.['AB'] ?? {}))
  })

  it('members that an input fills in may look alike', () => {
    const kind = (value: string) => Type.Object({ kind: Type.Literal(value, { default: value }) })
    const api = router({ it: event.input(Type.Union([kind('a'), kind('b')])) })
    const message = docs.document(api).channels['root']?.messages['receive.it']
    assert.match(JSON.stringify(message), '"anyOf"')
  })

  it('a property of two members of a closed intersection is optional only if it is so in both', () => {
    const closed = Type.Intersect(
      [
        Type.Object({
          a: Type.Optional(Type.String()),
          b: Type.Optional(Type.String()),
          c: Type.Optional(Type.Null()),
        }),
        Type.Object({
          a: Type.String(),
          b: Type.Optional(Type.String({ minLength: 1 })),
          c: Type.Optional(Type.Null()),
        }),
      ],
      { unevaluatedProperties: false },
    )
    const { payload } = written(closed)
    assert.equal(payload !== undefined && 'required' in payload && payload.required, ['a'])
  })

  it('a recursion refers to itself', () => {
    const tree = Type.Recursive(This => Type.Object({ children: Type.Array(This) }))
    assert.equal(written(tree), {
      payload: { $ref: '#/components/schemas/It' },
      schemas: {
        It: {
          type: 'object',
          title: 'It',
          properties: { children: { type: 'array', items: { $ref: '#/components/schemas/It' } } },
          required: ['children'],
        },
      },
    })
  })

  it('a module brings what it needs, and no more', () => {
    const module = Type.Module({
      A: Type.Object({ b: Type.Ref('B') }),
      B: Type.Object({ a: Type.Optional(Type.Ref('A')) }),
      C: Type.Null(),
    })
    assert.equal(Object.keys(written(module.Import('A')).schemas ?? {}), ['A', 'B'])
  })
})

describe('schemas with an $id', it => {
  it('are filled in where a handshake is', () => {
    const auth = Type.Object({ role: Type.String({ default: 'guest' }) }, { $id: 'Auth' })
    const { schemas = {} } = docs.document(
      router({ a: event.output(auth), '/admin': router({ b: event.input() }, { auth }) }),
    ).components
    assert.is(schemas['Auth']?.required, undefined)
    assert.equal(schemas['AuthOutput']?.required, ['role'])
  })

  const User = Type.Object({ name: Type.String() }, { $id: 'User', description: 'A user.' })

  it('occur once in the components, with a title and without the $id', () => {
    assert.equal(written(Type.Array(User)), {
      payload: { type: 'array', items: { $ref: '#/components/schemas/User' } },
      schemas: {
        User: {
          type: 'object',
          title: 'User',
          description: 'A user.',
          properties: { name: { type: 'string' } },
          required: ['name'],
        },
      },
    })
  })

  it('have a separate name for an input that is filled in', () => {
    const Page = Type.Object({ size: Type.Integer({ default: 10 }) }, { $id: 'Page' })
    const { schemas = {} } = docs.document(router({ list: event.input(Page), page: event.output(Page) })).components
    assert.is(schemas['Page']?.required, undefined)
    assert.equal(schemas['PageOutput']?.required, ['size'])
  })

  it('keep their name if no input fills them in', () => {
    const Page = Type.Object({ size: Type.Integer({ default: 10 }) }, { $id: 'Page' })
    const { schemas = {} } = docs.document(router({ list: event.input().ack(Page) })).components
    assert.equal(schemas['Page']?.required, ['size'])
    assert.is(schemas['PageOutput'], undefined)
  })

  it('see a default below a property that is called "default"', () => {
    const inner = Type.Object({ size: Type.Integer({ default: 10 }) })
    const Outer = Type.Object({ default: inner }, { $id: 'Outer' })
    const { schemas = {} } = docs.document(router({ a: event.input(Outer), b: event.output(Outer) })).components
    assert.equal(Object.keys(schemas), ['Outer', 'OuterOutput'])
  })

  it('keep their title, and name their parts after it', () => {
    const { schemas = {} } = written(Type.Object({ part: Type.Object({}) }, { $id: 'x', title: 'Whole' }))
    assert.match(JSON.stringify(schemas['x']), '"title":"WholePart"')
  })
})
