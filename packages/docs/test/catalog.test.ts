import { event, router } from '@ackwire/core'
import * as docs from '@ackwire/docs'
import { Type } from '@sinclair/typebox'
import { Ajv } from 'ajv'
import * as assert from 'uvu/assert'
import { describe } from '../../../test/harness.js'
import { corpus } from './corpus.js'
import { features } from './features.js'

/** Every reference in a value. */
const referencesIn = (part: unknown): string[] => {
  if (typeof part !== 'object' || part === null) return []
  return Object.entries(part).flatMap(([key, value]) =>
    key === '$ref' && typeof value === 'string' ? [value] : referencesIn(value),
  )
}

const schemasOf = ({ args, rest, stream, ack, auth, params = {}, errors = {} }: docs.CatalogEvent) =>
  [
    ...args,
    rest,
    stream?.item,
    ack?.schema,
    auth,
    ...Object.values(params),
    ...Object.values(errors).map(({ data }) => data),
  ].filter(schema => schema !== undefined)

describe('the catalog', it => {
  it('contains the items of a stream, with its final value as the acknowledgement', () => {
    const api = router({
      tail: event
        .input()
        .stream(Type.Object({ line: Type.String() }))
        .ack(Type.Integer()),
    })
    const [tail] = docs.catalog(api)
    assert.equal(tail?.stream, {
      item: {
        type: 'object',
        title: 'TailItem',
        properties: { line: { type: 'string' } },
        required: ['line'],
      },
    })
    assert.equal(tail?.ack, { schema: { type: 'integer' } })
  })

  it('lists every event with everything that a caller needs', () => {
    const User = Type.Object({ name: Type.String() }, { $id: 'User' })
    const events = docs.catalog(
      router({
        todo: router(
          {
            add: event
              .input(User, Type.Optional(Type.Integer()))
              .rest(Type.String())
              .ack(User)
              .errors({ FULL: Type.Object({ most: Type.Integer() }), GONE: Type.Void() })
              .describe({ summary: 'Adds one.', deprecated: true, examples: [{ payload: [{ name: 'Bob' }] }] }),
          },
          { description: 'Lists.', tags: ['lists'] },
        ),
        '/game-{id}': router(
          { over: event.output().ack() },
          {
            auth: Type.Object({ token: Type.String() }),
            params: Type.Object({ id: Type.String({ pattern: '^[0-9]+$' }) }),
            security: ['token'],
          },
        ),
      }),
    )
    const user = { type: 'object', title: 'User', properties: { name: { type: 'string' } }, required: ['name'] }
    assert.equal(events, [
      {
        namespace: '/',
        name: 'todo:add',
        direction: 'input',
        summary: 'Adds one.',
        description: 'Lists.',
        deprecated: true,
        tags: ['lists'],
        args: [user, { type: 'integer' }],
        required: 1,
        rest: { type: 'string' },
        ack: { schema: user },
        errors: {
          FULL: {
            data: {
              type: 'object',
              title: 'TodoAddFullData',
              properties: { most: { type: 'integer' } },
              required: ['most'],
            },
          },
          GONE: {},
        },
        examples: [{ payload: [{ name: 'Bob' }] }],
      },
      {
        namespace: '/game-{id}',
        name: 'over',
        direction: 'output',
        security: ['token'],
        params: { id: { type: 'string', pattern: '^[0-9]+$' } },
        auth: {
          type: 'object',
          title: 'GameIdHandshakeAuth',
          properties: { token: { type: 'string' } },
          required: ['token'],
        },
        args: [],
        required: 0,
        ack: {},
      },
    ])
  })

  it('has references only to recursive schemas, within the schema', () => {
    for (const schema of [corpus, features].flatMap(docs.catalog).flatMap(schemasOf)) {
      const names = Object.keys(Object(schema['definitions']))
      for (const reference of referencesIn(schema))
        assert.ok(names.includes(reference.replace('#/definitions/', '')), reference)
      new Ajv({ strict: false, validateFormats: false }).compile(schema)
    }
  })

  it('has recursive schemas in the definitions of each schema', () => {
    const tree = Type.Recursive(This => Type.Object({ children: Type.Array(This) }), { $id: 'Tree' })
    const [planted] = docs.catalog(router({ plant: event.input(Type.Object({ tree })) }))
    const reference = { $ref: '#/definitions/Tree' }
    assert.equal(planted?.args, [
      {
        type: 'object',
        title: 'Plant',
        properties: { tree: reference },
        required: ['tree'],
        definitions: {
          Tree: {
            type: 'object',
            title: 'Tree',
            properties: { children: { type: 'array', items: reference } },
            required: ['children'],
          },
        },
      },
    ])
    const check = new Ajv({ strict: false }).compile(planted?.args[0] ?? {})
    assert.ok(check({ tree: { children: [{ children: [] }] } }))
    assert.not.ok(check({ tree: { children: [{}] } }))
  })

  it('is plain JSON and deterministic', () => {
    const text = JSON.stringify(docs.catalog(corpus))
    assert.is(JSON.stringify(docs.catalog(corpus)), text)
    assert.equal(JSON.parse(text), docs.catalog(corpus))
  })
})
