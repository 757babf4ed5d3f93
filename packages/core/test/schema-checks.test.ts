import { event, router } from '@ackwire/core'
import { attach } from '@ackwire/core/server'
import { Type, type TSchema } from '@sinclair/typebox'
import { Check } from '@sinclair/typebox/value'
import * as fc from 'fast-check'
import { Server } from 'socket.io'
import * as assert from 'uvu/assert'
import { describe, type TestContext } from '../../../test/harness.js'
import { areUnique, whileUnchanged } from '../src/codec/equality.js'
import { templateOf } from '../src/schema/template-literal.js'
import { interpreter } from '../src/codec/interpreter.js'
import { compiler } from '../src/server/validation/compiler.js'
import { registerJsonSchema } from '../src/server/validation/unsafe-schema.js'
import { compileJsonSchema } from '../src/server/json-schema/compile.js'
import { ask, serve } from './serve.js'

/** The issues of values that a client sends for a schema; `undefined` where the server takes one. */
const start = async (context: TestContext, schema: TSchema) => {
  const { server, client, errors } = await serve(router({ take: event.input(schema).ack() }), context)
  Reflect.get(server.on, 'take')(() => {})
  const socket = await client()
  return async (value: unknown): Promise<unknown> => {
    const [reply] = await ask(socket, 'take', value)
    errors.splice(0)
    return reply === undefined ? undefined : Reflect.get(Reflect.get(Object(reply), '$error'), 'issues')
  }
}

const part = fc.letrec<{ any: TSchema }>(tie => ({
  any: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom(Type.String(), Type.Number(), Type.Boolean(), Type.Integer()),
    fc.constantFrom('a', '-', '.*', '(', 'a|b', '\\d', '1').map(literal => Type.Literal(literal)),
    fc.array(tie('any'), { minLength: 1, maxLength: 3 }).map(parts => Type.Union(parts)),
    fc.array(tie('any'), { minLength: 1, maxLength: 3 }).map(parts => Type.TemplateLiteral(parts as [])),
  ),
})).any
const characters = fc.constantFrom('a', 'b', '-', '.', '*', '(', '|', '\\', 'd', '0', '1', '12', 'true', '\n', '\u2028')
const short = fc.array(characters, { maxLength: 6 }).map(all => all.join(''))

describe('a template literal with several open parts', it => {
  it('accepts the strings that its regular expression matches', () => {
    let compared = 0
    fc.assert(
      fc.property(fc.array(part, { minLength: 2, maxLength: 4 }), fc.array(short, { minLength: 9 }), (parts, texts) => {
        const { pattern } = Type.TemplateLiteral(parts as [])
        const matches = templateOf(pattern)
        if (matches === undefined) return
        for (const text of texts)
          assert.is(matches(text), new RegExp(pattern).test(text), `${pattern} ${JSON.stringify(text)}`)
        compared += texts.length
      }),
      { numRuns: 2_000 },
    )
    assert.ok(compared > 1_000, `${compared}`)
  })

  it('is checked in other schemas, with the messages of TypeBox', async context => {
    const Place = Type.TemplateLiteral('${string}-${number}')
    const issuesOf = await start(context, Type.Object({ at: Type.Optional(Place), all: Type.Array(Place) }))
    assert.is(await issuesOf({ at: 'a-1', all: ['b-c-2', '-0'] }), undefined)
    assert.equal(await issuesOf({ at: 'a-b', all: ['b-2', 5] }), [
      { path: '/0/at', message: `Expected string to match '${Place.pattern}'` },
      { path: '/0/all/1', message: 'Expected string' },
    ])
  })

  it('can not be the key of a record', () => {
    const Named = Type.Record(Type.TemplateLiteral('${string}-${string}'), Type.Number())
    assert.throws(
      () => router({ take: event.input(Type.Object({ a: Named })) }),
      /ackwire: take input\[0\]\.a: a record's keys/,
    )
    router({ take: event.input(Type.Record(Type.TemplateLiteral('a-${string}'), Type.Number())) })
  })
})

describe('unique items', it => {
  it('are compared as JSON Schema says', () => {
    const same: readonly (readonly [unknown, unknown])[] = [
      [1, 1],
      [0, -0],
      [
        { a: 1, b: [2] },
        { b: [2], a: 1 },
      ],
      [new Uint8Array([1]), Buffer.from([1])],
      [new Date(5), new Date(5)],
    ]
    for (const pair of same) assert.is(areUnique(pair), false, JSON.stringify(pair))
    const other: readonly (readonly [unknown, unknown])[] = [
      [1, '1'],
      [null, 'null'],
      [true, 1],
      [['a', 'b'], ['a,b']],
      [['a","b'], ['a', 'b']],
      [{ a: 1 }, { a: '1' }],
      [[], {}],
      [[[]], []],
      [{ a: { b: 1 } }, { a: 1, b: 1 }],
      [new Uint8Array([1, 44]), new Uint8Array([1])],
    ]
    for (const pair of other) assert.is(areUnique(pair), true, JSON.stringify(pair))
  })

  it('are compared in the same way if their keys are cached for several lists', () => {
    const value = fc.letrec<{ any: unknown }>(tie => ({
      any: fc.oneof(
        { maxDepth: 3 },
        fc.constantFrom<unknown>(0, 1, '1', '#0', '[', null, true, Buffer.from('#0'), new Date(0)),
        fc.array(tie('any'), { maxLength: 3 }),
        fc.dictionary(fc.constantFrom('a', 'b', '#0'), tie('any'), { maxKeys: 2 }),
      ),
    })).any
    fc.assert(
      fc.property(fc.array(fc.array(value)), lists => {
        const all = [lists, ...lists]
        assert.equal(
          whileUnchanged(() => all.map(areUnique)),
          all.map(areUnique),
        )
      }),
      { numRuns: 2_000 },
    )
  })

  it('take no longer inside nested lists, and are compared again for each value', () => {
    registerJsonSchema()
    const Lists = Type.Recursive(This => Type.Array(Type.Union([Type.Number(), This]), { uniqueItems: true }))
    const ByHand = Type.Unsafe({ type: ['array', 'number'], uniqueItems: true, items: { $ref: '#' } })
    for (const [name, { check, issues }] of [
      ['a server', compiler.validatorFor(Lists, 'take')],
      ['a client', interpreter.validatorFor(Lists, 'take')],
      ['a server, of Type.Unsafe', compiler.validatorFor(ByHand, 'take')],
    ] as const) {
      const items = Array.from({ length: 20_000 }, (_, index) => index)
      const nested = (levels: number): unknown => (levels === 0 ? items : [levels, nested(levels - 1)])
      const msOf = (levels: number, expected: boolean): number => {
        const value = nested(levels)
        const since = performance.now()
        assert.is(check(value), expected, name)
        assert.is(issues(value, '', 8).length > 0, !expected, name)
        return performance.now() - since
      }
      msOf(1, true)
      assert.ok(msOf(100, true) < 10 * msOf(1, true) + 100, name)
      items[1] = 0
      assert.ok(msOf(100, false) < 10 * msOf(1, false) + 100, name)
    }
  })

  it('are reported where they are not unique', async context => {
    const issuesOf = await start(
      context,
      Type.Object({ of: Type.Array(Type.Integer(), { uniqueItems: true, maxItems: 3 }) }),
    )
    assert.is(await issuesOf({ of: [1, 2] }), undefined)
    assert.equal(await issuesOf({ of: [1, 1] }), [{ path: '/0/of', message: 'Expected array elements to be unique' }])
    assert.equal(await issuesOf({ of: [1, 'a'] }), [{ path: '/0/of/1', message: 'Expected integer' }])
    assert.equal(await issuesOf({ of: 5 }), [{ path: '/0/of', message: 'Expected array' }])
  })
})

describe('a list of unique items with a transform', it => {
  it('is checked and decoded', async context => {
    const Names = Type.Transform(Type.Array(Type.String(), { uniqueItems: true }))
      .Decode(names => new Set(names))
      .Encode(names => [...names])
    const api = router({ take: event.input(Names).ack(Names) })
    const { server, client, errors } = await serve(api, context)
    server.on.take(({ input }) => new Set([...input, 'c']))
    const socket = await client()
    assert.equal(await ask(socket, 'take', ['a', 'b']), [['a', 'b', 'c']])
    assert.match(JSON.stringify(await ask(socket, 'take', ['a', 'a'])), 'Expected array elements to be unique')
    errors.splice(0)
  })
})

const open = fc.letrec<{ any: TSchema }>(tie => ({
  any: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom(Type.Number(), Type.String()),
    fc.tuple(tie('any'), tie('any')).map(([a, others]) => {
      return Type.Object({ a: Type.Optional(a) }, { additionalProperties: others })
    }),
    fc.tuple(tie('any'), tie('any')).map(([a, others]) => {
      return Type.Record(Type.String({ pattern: '^a|c$' }), a, { additionalProperties: others })
    }),
    fc.tuple(tie('any'), tie('any')).map(([a, others]) => {
      const [One, Other] = [Type.Object({ a: Type.Optional(a) }), Type.Object({ b: Type.Optional(Type.Number()) })]
      return Type.Intersect([One, Other], { unevaluatedProperties: others })
    }),
    tie('any').map(items => Type.Array(items)),
  ),
})).any
const shallow = fc.letrec<{ any: unknown }>(tie => ({
  any: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom(1, 'a'),
    fc.dictionary(fc.constantFrom('a', 'b', 'c', 'ac'), tie('any'), { maxKeys: 3 }),
    fc.array(tie('any'), { maxLength: 2 }),
  ),
})).any

describe('properties that a schema does not name', it => {
  it('are checked by the schema for them, in every place', () => {
    let fitting = 0
    fc.assert(
      fc.property(open, fc.array(shallow, { minLength: 20, maxLength: 20 }), (schema, values) => {
        const { check, issues } = compiler.validatorFor(schema, 'test')
        for (const value of values) {
          // What TypeBox finds by walking the schema.
          const fits = Check(schema, value)
          const told = `${JSON.stringify(schema)} ${JSON.stringify(value)}`
          assert.is(check(value), fits, told)
          assert.is(issues(value, '', 8).length === 0, fits, told)
          if (fits) fitting++
        }
      }),
      { numRuns: 500 },
    )
    assert.ok(fitting > 200, `${fitting}`)
  })

  it('are accepted and rejected in nested objects', async context => {
    const Numbers = Type.Object({}, { additionalProperties: Type.Number() })
    const issuesOf = await start(context, Type.Object({ of: Type.Object({}, { additionalProperties: Numbers }) }))
    assert.is(await issuesOf({ of: { a: { b: 1, c: 2 }, d: {} } }), undefined)
    assert.equal(await issuesOf({ of: { a: { b: 'x' } } }), [{ path: '/0/of/a/b', message: 'Expected number' }])
  })

  it('are accepted and rejected next to a pattern', async context => {
    const Marked = Type.Record(Type.String({ pattern: '^x-' }), Type.Integer(), { additionalProperties: Type.String() })
    const issuesOf = await start(context, Type.Object({ of: Marked }))
    assert.is(await issuesOf({ of: { 'x-a': 1, b: 'c' } }), undefined)
    assert.equal(await issuesOf({ of: { 'x-a': 1, b: 2 } }), [{ path: '/0/of/b', message: 'Expected string' }])
    assert.equal(await issuesOf({ of: { 'x-a': '1' } }), [{ path: '/0/of/x-a', message: 'Expected integer' }])
  })
})

describe('a recursive schema that checks a part twice', it => {
  const Both = Type.Recursive(This =>
    Type.Intersect([
      Type.Object({ a: Type.Optional(This) }),
      Type.Object({ a: Type.Optional(This), b: Type.Integer() }),
    ]),
  )
  const Either = Type.Recursive(This =>
    Type.Union([Type.Object({ a: This }), Type.Object({ a: This, b: Type.String() }), Type.Null()]),
  )
  const t = { $ref: '#/$defs/t' }
  const ByHand = Type.Unsafe({
    ...t,
    $defs: {
      t: {
        anyOf: [
          { type: 'null' },
          { type: 'object', required: ['a', 'b'], properties: { a: t } },
          { type: 'object', required: ['a'], properties: { a: t } },
        ],
      },
    },
  })
  const nested = (bottom: unknown): unknown => {
    let value = bottom
    for (let depth = 0; depth < 60; depth++) value = { a: value, b: 1 }
    return value
  }

  for (const [name, schema, good, bad] of [
    ['an intersection', Both, { b: 1 }, { b: 'x' }],
    ['a union', Either, null, 5],
    ['JSON Schema by hand', ByHand, null, 5],
  ] as const) {
    for (const unknownProperties of ['keep', 'strip', 'reject'] as const) {
      it(`is checked in linear time, ${name} with unknownProperties ${unknownProperties}`, async context => {
        const api = router({ take: event.input(schema).ack() })
        const { server, client, errors } = await serve(api, context, { unknownProperties })
        server.on.take(() => {})
        const socket = await client()
        const before = process.cpuUsage()
        const [taken] = await ask(socket, 'take', nested(good))
        if (unknownProperties === 'keep') assert.is(taken, undefined)
        assert.match(JSON.stringify(await ask(socket, 'take', nested(bad))), 'INVALID_INPUT')
        assert.ok(process.cpuUsage(before).user < 1_000_000)
        errors.splice(0)
      })
    }
  }

  it('is encoded in linear time, when a server sends back a client’s value', async context => {
    const Text = Type.Transform(Type.String({ maxLength: 9 }))
      .Decode(text => ({ text }))
      .Encode(({ text }) => text)
    const Tree = Type.Recursive(This =>
      Type.Union([Type.Object({ a: This, c: Type.Integer() }), Type.Object({ a: This, b: Type.Integer() }), Text]),
    )
    const stored: unknown[] = []
    const api = router({ take: event.input(Type.Unknown()).ack(Tree), put: event.input(Tree).ack() })
    const { server, client, errors } = await serve(api, context)
    server.on.put(({ input }) => void stored.push(input))
    // What it stored when another contract held may not match.
    server.on.take(({ input }) => (input ?? stored.pop()) as never)
    const socket = await client()
    const before = process.cpuUsage()
    assert.equal(await ask(socket, 'put', nested('end')), [])
    assert.equal(await ask(socket, 'take', null), [nested('end')])
    assert.match(JSON.stringify(await ask(socket, 'take', nested(5))), 'INTERNAL')
    assert.ok(process.cpuUsage(before).user < 1_000_000)
    errors.splice(0)
  })

  it('still reports where a value differs', async context => {
    const issuesOf = await start(context, Type.Object({ root: Both }))
    assert.is(await issuesOf({ root: { a: { b: 1 }, b: 2 } }), undefined)
    assert.equal(
      ((await issuesOf({ root: { a: { a: { b: 'x' }, b: 1 }, b: 2 } })) as { path: string }[])[0]?.path,
      '/0/root/a/a/b',
    )
  })
})

describe('hand-written JSON Schema', it => {
  it('selects the deepest difference by the number of steps, not the length of names', () => {
    const n = { anyOf: [true, {}].map(() => ({ type: 'object', additionalProperties: { $ref: '#/$defs/n' } })) }
    const differ = compileJsonSchema({ $defs: { n }, $ref: '#/$defs/n' })
    const long = 'k'.repeat(1_000_000)
    let value: unknown = { [long]: 1 }
    for (let depth = 0; depth < 500; depth++) value = { a: value }
    const before = process.cpuUsage()
    const difference = differ(value)
    assert.ok(process.cpuUsage(before).user < 400_000)
    assert.is(difference?.depth, 501)
    assert.ok(difference?.path === `${'/a'.repeat(500)}/${long}`)
  })
})

describe('hand-written JSON Schema in a definition', it => {
  it('is rejected with an unknown format, an invalid pattern, or a reference without a target', () => {
    const refuse = (schema: object, message: RegExp): void => {
      const api = () => attach(new Server(), router({ take: event.input(Type.Object({ a: Type.Unsafe(schema) })) }))
      assert.throws(api, message, JSON.stringify(schema))
    }
    refuse({ format: 'postcode' }, /^ackwire: take input\[0\]\.a: unknown format "postcode"; register it/)
    refuse({ items: { anyOf: [{ format: 'postcode' }] } }, /take input\[0\]\.a\.items\.anyOf\[0\]: unknown format/)
    refuse({ properties: { format: { format: 'postcode' } } }, /take input\[0\]\.a\.format: unknown format/)
    refuse({ patternProperties: { '(': {} } }, /take input\[0\]\.a: the pattern "\(" is not a valid regular expression/)
    refuse({ $ref: '#/$defs/none' }, /refers to nothing/)
    refuse({ $recursiveRef: '#' }, /use \$ref/)
    router({ take: event.input(Type.Unsafe({ type: 'integer', format: 'int32', enum: [{ format: 'postcode' }] })) })
  })

  it('may have the keywords of older drafts, which an imported document has', async context => {
    const schema = {
      items: [{ type: 'integer' }],
      additionalItems: { dependencies: { a: ['b'], c: { minProperties: 2 } } },
    }
    const issuesOf = await start(context, Type.Unsafe(schema))
    assert.is(await issuesOf([1, { a: 1, b: 1 }, { c: 1, d: 1 }]), undefined)
    for (const bad of [['1'], [1, { a: 1 }], [1, { c: 1 }]]) assert.ok(await issuesOf(bad), JSON.stringify(bad))
  })

  it('has the formats of other schemas', async context => {
    const issuesOf = await start(context, Type.Unsafe({ items: { format: 'idn-email' } }))
    assert.is(await issuesOf(['bób@exämple.com', 5]), undefined)
    assert.equal(await issuesOf(['a', 'bob']), [
      { path: '/0/0', message: "Expected a string of the format 'idn-email'" },
    ])
  })
})
