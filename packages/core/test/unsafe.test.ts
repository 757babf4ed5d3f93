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
