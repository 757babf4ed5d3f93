import { registerFormats } from '@ackwire/core/formats'
import { FormatRegistry, KindGuard, Type, type TSchema } from '@sinclair/typebox'
import * as assert from 'uvu/assert'
import { describe } from '../../../test/harness.js'
import { codecsWith, type SchemaCodec } from '../src/codec/schema-codec.js'
import type { Checker } from '../src/codec/validator.js'
import { interpreter } from '../src/codec/interpreter.js'
import { compiler } from '../src/server/validation/compiler.js'
import { registerJsonSchema } from '../src/server/validation/unsafe-schema.js'
import { KEYWORDS } from '../src/server/json-schema/compile.js'

registerFormats()
registerJsonSchema()

/** Makes a value of a size. */
type Family = (size: number) => unknown
interface Row {
  readonly name: string
  readonly schema: TSchema
  readonly families: readonly Family[]
}

/** The size of the largest value. */
const SERVER = 100_000
/** Its walk of a schema takes ten times as long, and what it hears comes from a server. */
const CLIENT = 32_000
/** Four times the size takes four times as long; a machine that does other things makes more of it, but not sixteen times. */
const MOST_GROWTH = 10
/** The shortest time that counts. Shorter ones are noise, and quadratic time for such sizes is far longer. */
const SHORT_MS = 400
/** For the largest value, whatever the machine does besides. */
const MOST_MS = 3_000
/** The factor that four times the size takes when the time is quadratic. */
const QUADRATIC_GROWTH = 16
/**
 * From a sixteenth of the largest size to a quarter. A quadratic part that makes the last step grow by more than `MOST_GROWTH` makes
 * this one grow by more than 6.4.
 */
const MOST_EARLY_GROWTH = 5

const text = (part: string, end = ''): Family => {
  return size => part.repeat(Math.ceil(size / part.length)) + end
}
const texts = ['a', '1', '0', '-', '.', ':', '/', '@', 'é', 'a-', '1-', 'a.', '{a}', '\0', ' ', 'a1'].flatMap(part => [
  text(part),
  text(part, '\n'),
])
const list = (item: (index: number) => unknown): Family => {
  return size => Array.from({ length: size }, (_, index) => item(index))
}
const lists = [
  list(index => index),
  list(index => index * 2 ** 17),
  list(String),
  list(index => `${'a'.repeat(20)}${index}`),
  list(() => 'a'),
  list(() => 1),
  list(index => ({ a: 1, b: index })),
  list(index => [[], [index]]),
  list(() => ({})),
]
const record = (key: (index: number) => string, value: unknown): Family => {
  return size => Object.fromEntries(Array.from({ length: size }, (_, index) => [key(index), value]))
}
const records = [record(index => `a${index}`, 1), record(String, 1), record(index => `b-${index}-`, 'a')]
const bytes: Family = size => Buffer.alloc(size)
/** Objects in objects, with items at each level. */
const nestedOf = (end: unknown, most: number): Family => {
  return size => {
    let value = end
    for (let depth = 0; depth < most; depth++)
      value = { a: value, of: Array.from({ length: size / 1_000 }, () => null) }
    return value
  }
}
const nested = nestedOf('end', 60)

/** Lists in lists. */
const tupled = (depth: number, end: unknown): unknown => (depth === 0 ? end : [tupled(depth - 1, end)])

const { Object: O, String: S, TemplateLiteral: T } = Type
const tree = (ways: (This: TSchema) => TSchema) => Type.Recursive(This => ways(This))
const Day = Type.Transform(S({ maxLength: 10 }))
  .Decode(text => ({ text }))
  .Encode(({ text }) => text)
/** Values that fit no member, some, or all of those that a transform stands in; what is sent is encoded at each level. */
const trees: readonly Family[] = [
  nested,
  ...['a', null, { text: 'a' }].map(end => nestedOf(end, 60)),
  nestedOf('a', 120),
]
const days = Type.Module({
  Tree: Type.Union([O({ a: Type.Ref('Tree'), of: Type.Ref('Other') }), O({ a: Type.Ref('Other') }), Day]),
  Other: Type.Union([O({ a: Type.Ref('Tree') }), Type.Array(Type.Null()), Type.Ref('Tree')]),
})
const module = Type.Module({
  Tree: Type.Union([O({ a: Type.Ref('Tree') }), O({ a: Type.Ref('Tree'), b: S() }), Type.Null()]),
})

/** By what `KindGuard` calls it, one row or more. */
const KINDS: Readonly<Record<string, readonly (readonly [schema: TSchema, ...families: (readonly Family[])[]])[]>> = {
  Any: [[Type.Any(), texts.slice(0, 1), lists, records]],
  Array: [
    [Type.Array(Type.Integer()), lists],
    [Type.Array(Type.Unknown(), { uniqueItems: true }), lists, [bytes, size => [bytes(size)]]],
    [Type.Array(S(), { uniqueItems: true }), lists, [size => texts.map(make => make(size / 10))]],
    [
      Type.Array(Type.Array(Type.Unknown(), { uniqueItems: true }), { uniqueItems: true }),
      [size => lists.map(make => make(size / 10))],
    ],
    [Type.Array(Type.Unknown(), { contains: Type.Literal('b'), minContains: 1, maxContains: 2 }), lists],
  ],
  Boolean: [[Type.Boolean(), texts.slice(0, 1)]],
  Date: [[Type.Date(), texts]],
  Import: [[module.Import('Tree'), [nested]]],
  Integer: [[Type.Integer({ multipleOf: 3 }), texts.slice(0, 1)]],
  Intersect: [
    [Type.Intersect([O({ a: Type.Number() }), O({ b: Type.Number() })], { unevaluatedProperties: false }), records],
    [Type.Intersect([O({ a: S() }), O({ b: S() })], { unevaluatedProperties: Type.Number() }), records],
    [tree(This => Type.Intersect([O({ a: This }), O({ a: Type.Union([This, S()]) })])), [nested]],
  ],
  Literal: [[Type.Literal('a'), texts]],
  Never: [[Type.Never(), texts.slice(0, 1)]],
  Not: [[Type.Not(Type.Array(Type.Integer())), lists]],
  Null: [[Type.Null(), texts.slice(0, 1)]],
  Number: [[Type.Number({ minimum: 1 }), texts.slice(0, 1)]],
  Object: [
    [O({ a: S() }, { additionalProperties: false, minProperties: 1 }), records],
    [O({ a: Type.Optional(Type.Number()) }, { additionalProperties: Type.Number() }), records],
  ],
  Record: [
    [Type.Record(S(), Type.Number()), records],
    [Type.Record(T('b-${string}'), Type.Number(), { additionalProperties: false }), records],
    [Type.Record(S({ pattern: '^a' }), S()), records, [size => ({ [`b-${'a-'.repeat(size)}`]: 1 })]],
  ],
  Ref: [[module.Import('Tree'), [nested]]],
  RegExp: [[Type.RegExp(/^a+$/), texts]],
  String: [[S({ minLength: 2, maxLength: 99_000, pattern: '^a+$' }), texts]],
  TemplateLiteral: [
    [T('${string}-${string}-${string}'), texts],
    [T('${string}${string}${string}-'), texts],
    [T('${number}${number}.${number}'), texts],
    [T('${string}${number}-'), texts],
    [T([Type.Union([T('a${string}'), T('${number}a')]), Type.Literal('.'), Type.Union([S(), Type.Number()])]), texts],
    [
      O({ a: Type.Union([T('${string}-${string}:${string}'), Type.Null()]) }),
      texts.map(make => size => ({ a: make(size) })),
    ],
  ],
  This: [
    [tree(This => Type.Union([O({ a: This }), O({ a: This, b: S() }), S({ maxLength: 1 })])), [nested]],
    [tree(This => Type.Array(This, { contains: This })), [size => list(() => [[]])(size)]],
  ],
  Transform: [
    [
      Type.Union([
        O({ a: T('${string}-${string}:${string}') }),
        Type.Transform(O({ a: S() }))
          .Decode(value => value)
          .Encode(value => value),
      ]),
      texts.map(make => size => ({ a: make(size) })),
    ],
    [tree(This => Type.Union([O({ a: This }), O({ a: This, b: Day }), Day])), trees],
    [
      Type.Transform(tree(This => Type.Union([O({ a: This, b: Day }), Type.Array(This), O({ a: This })])))
        .Decode(value => ({ value }))
        .Encode(({ value }) => value),
      trees.map(make => size => ({ value: make(size) })),
    ],
    [
      tree(This =>
        Type.Union([Type.Record(S({ pattern: '^a$' }), This), Type.Record(S(), Type.Union([This, Day])), Day]),
      ),
      trees,
    ],
    [
      tree(This => Type.Intersect([O({ a: Type.Union([This, O({ a: This }), Day]) }), O({ b: Type.Optional(Day) })])),
      trees,
    ],
    [
      tree(This => Type.Union([Type.Tuple([This, Day]), Type.Tuple([This]), Day])),
      [() => tupled(60, null), () => tupled(60, 'a')],
    ],
    [days.Import('Tree'), trees],
    [
      Type.Transform(days.Import('Tree'))
        .Decode(value => ({ value }))
        .Encode(({ value }) => value),
      [
        ...trees,
        ...trees.map((make): Family => size => ({ value: make(size) })),
      ],
    ],
    [
      Type.Union([
        Type.Array(S(), { uniqueItems: true }),
        Type.Transform(Type.Array(Type.Unknown()))
          .Decode(value => value)
          .Encode(value => value),
      ]),
      lists,
    ],
  ],
  Tuple: [[Type.Tuple([S(), S()]), lists]],
  Uint8Array: [[Type.Uint8Array({ maxByteLength: 10 }), [bytes]]],
  Union: [[Type.Union([Type.Array(Type.Integer()), Type.Array(S()), O({ b: S() })]), lists, records]],
  Unknown: [[Type.Unknown(), lists]],
  Unsafe: [[Type.Unsafe({ type: ['string', 'object'] }), texts.slice(0, 1), records]],
}

const unsafe = (schema: object): TSchema => Type.Unsafe(schema)

/** Bytes alone, and in what may stand around them. */
const BYTES: readonly Family[] = [
  bytes,
  size => new Uint16Array(size),
  size => ({ a: bytes(size) }),
  size => [bytes(size), { a: [bytes(size)] }],
]

const OPTIONAL = { a: Type.Optional(Type.Integer()), length: Type.Optional(Type.Integer()) }
const Text = Type.Transform(S())
  .Decode(text => ({ text }))
  .Encode(({ text }) => text)

/** Schemas of which an object is one. */
const OBJECTS: Readonly<Record<string, TSchema>> = {
  open: O(OPTIONAL),
  required: O({ a: S() }),
  length: O({ length: Type.Integer() }, { additionalProperties: false }),
  closed: O(OPTIONAL, { additionalProperties: false }),
  'closed, required': O({ a: S() }, { additionalProperties: false }),
  texts: O(OPTIONAL, { additionalProperties: S() }),
  anything: O(OPTIONAL, { additionalProperties: Type.Unknown() }),
  few: O({}, { maxProperties: 3 }),
  many: O({}, { minProperties: 3, additionalProperties: false }),
  'very many': O({}, { minProperties: 2 ** 30 }),
  record: Type.Record(S(), Type.Unknown()),
  'record of some': Type.Record(S({ pattern: '^a' }), S(), { additionalProperties: Type.Number(), minProperties: 1 }),
  intersection: Type.Intersect([O(OPTIONAL), O({ b: Type.Optional(S()) })]),
  'closed intersection': Type.Intersect([O(OPTIONAL), O({ b: S() })], { unevaluatedProperties: false }),
  'intersection with texts': Type.Intersect([O(OPTIONAL), O({})], { unevaluatedProperties: S() }),
  union: Type.Union([O({ a: S() }), O({}, { additionalProperties: false }), Type.Array(O({ b: S() }))]),
  not: Type.Not(O({}, { additionalProperties: false })),
  inside: O({ a: O({ b: Type.Optional(S()) }, { additionalProperties: false }) }),
  list: Type.Array(Type.Union([Type.Record(S(), S()), O({ a: Type.Array(O({}, { maxProperties: 1 })) })])),
  tuple: Type.Tuple([O({ b: S() }), O({ a: Type.Tuple([O({}, { minProperties: 2 ** 30 })]) })]),
  default: O({ a: Type.Integer({ default: 1 }) }, { additionalProperties: false, default: {} }),
  tree: tree(This => Type.Union([O({ a: This }, { additionalProperties: false }), O({}, { maxProperties: 1 })])),
  module: module.Import('Tree'),
  beside: Type.Union([Type.Uint8Array({ maxByteLength: 10 }), O({}, { minProperties: 2 ** 30 })]),
  'by hand': unsafe({ type: 'object', additionalProperties: { type: 'integer' }, required: ['a'] }),
}

/** Tests values that are decoded when they are received. */
const DECODED: Readonly<Record<string, TSchema>> = {
  transform: O({ a: Type.Optional(Text) }),
  'transform in a union': Type.Union([O({ a: Type.Optional(Text) }), Text]),
  'transform in an intersection': Type.Intersect([O({ a: Type.Optional(Text) }), O({ b: Type.Optional(Text) })]),
  'transform in a tree': tree(This => Type.Union([O({ a: Type.Optional(This), b: Type.Optional(Text) }), Text])),
}

/** Reasons why a kind is not measured: another test covers it, or a contract refuses it. */
const OTHER_GUARDS =
  'Argument AsyncIterator BigInt Computed Constructor Function Iterator MappedKey MappedResult Promise Symbol Undefined Void Kind KindOf LiteralBoolean LiteralNumber LiteralString LiteralValue Optional Properties Readonly Recursive Schema ImportDefine'.split(
    ' ',
  )

const every = [...texts, ...lists, ...records]
const TREE = {
  $id: 'tree',
  $defs: {
    t: {
      anyOf: [
        { properties: { a: { $ref: '#/$defs/t' } }, required: ['b'] },
        { properties: { a: { $ref: '#/$defs/t' } } },
      ],
    },
  },
  $ref: '#/$defs/t',
}

/** A schema for each keyword of `Type.Unsafe`. */
const UNSAFE: Readonly<Record<string, readonly [schema: TSchema, families: readonly Family[]]>> = {
  type: [unsafe({ type: 'integer' }), every],
  const: [unsafe({ const: Array.from({ length: 20 }, (_, index) => index) }), every],
  enum: [unsafe({ enum: [[1], { a: 1 }, 'a'] }), every],
  multipleOf: [unsafe({ items: { multipleOf: 0.1 } }), lists],
  minimum: [unsafe({ items: { minimum: 1 } }), lists],
  maximum: [unsafe({ items: { maximum: 1 } }), lists],
  exclusiveMinimum: [unsafe({ items: { exclusiveMinimum: 1 } }), lists],
  exclusiveMaximum: [unsafe({ items: { exclusiveMaximum: 1 } }), lists],
  minLength: [unsafe({ minLength: 99_999 }), texts],
  maxLength: [unsafe({ maxLength: 9 }), texts],
  pattern: [unsafe({ pattern: '^a+$' }), texts],
  format: [unsafe({ format: 'email' }), texts],
  minItems: [unsafe({ minItems: 1 }), lists],
  maxItems: [unsafe({ maxItems: 1 }), lists],
  uniqueItems: [unsafe({ uniqueItems: true, items: { uniqueItems: true } }), lists],
  minProperties: [unsafe({ minProperties: 5 }), records],
  maxProperties: [unsafe({ maxProperties: 5 }), records],
  required: [unsafe({ required: ['a1', 'b'] }), records],
  dependentRequired: [unsafe({ dependentRequired: { a1: ['b'] } }), records],
  allOf: [unsafe({ allOf: [TREE, TREE] }), [...every, nested]],
  anyOf: [unsafe(TREE), [...every, nested]],
  oneOf: [unsafe({ $defs: TREE.$defs, oneOf: [TREE, { items: { type: 'integer' } }] }), [...every, nested]],
  not: [unsafe({ not: { not: TREE } }), [...every, nested]],
  if: [unsafe(Object.fromEntries(['if', 'then', 'else'].map(keyword => [keyword, TREE]))), [...every, nested]],
  dependentSchemas: [unsafe({ dependentSchemas: { a: TREE, of: TREE } }), [...records, nested]],
  prefixItems: [unsafe({ prefixItems: [{ type: 'string' }, {}] }), lists],
  items: [unsafe({ items: { items: { type: 'integer' } } }), lists],
  contains: [unsafe({ contains: { const: 'b' }, minContains: 0, maxContains: 3 }), lists],
  properties: [unsafe({ properties: { a1: { type: 'string' }, b: {} } }), records],
  patternProperties: [unsafe({ patternProperties: { '^a': { type: 'integer' }, '1$': {} } }), records],
  additionalProperties: [unsafe({ properties: { b: {} }, additionalProperties: { type: 'integer' } }), records],
  propertyNames: [unsafe({ propertyNames: { maxLength: 20 } }), records],
  unevaluatedItems: [
    unsafe({ anyOf: [{ contains: { const: 1 } }, { prefixItems: [{}] }], unevaluatedItems: { type: 'integer' } }),
    lists,
  ],
  unevaluatedProperties: [
    unsafe({ ...TREE, anyOf: [{ patternProperties: { '^a': {} } }, {}], unevaluatedProperties: { type: 'string' } }),
    [...records, nested],
  ],
}

const formatRows = (): Row[] =>
  [...FormatRegistry.Entries().keys()].flatMap(format => [
    { name: `format ${format}`, schema: S({ format }), families: texts },
    {
      name: `Unsafe format ${format}`,
      schema: unsafe({ format }),
      families: [text('a', '\n'), text('1.'), text('a@')],
    },
  ])

interface Ports {
  readonly stripping: SchemaCodec
  readonly refusing: SchemaCodec
}

const receive = ({ stripping, refusing }: Ports, value: unknown): void => {
  const entered = stripping.prepare === undefined ? value : stripping.prepare(value)
  if (refusing.check(entered)) refusing.decode?.(entered)
  else refusing.issues(entered, '/0', 8)
}

/** Works as a server that sends back what a client has sent. */
const send = ({ stripping, refusing }: Ports, value: unknown): void => {
  for (const port of [stripping, refusing]) {
    const left = port.encode === undefined ? value : port.encode(value)
    if (!port.check(left)) port.issues(left, '/0', 8)
  }
}

const attempt = (work: () => void): void => {
  try {
    work()
  } catch {
    // Nothing is made of it then.
  }
}

/** Returns the time of all work on a value in milliseconds. */
const costOnce = (ports: Ports, value: unknown, works = [receive, send]): number => {
  const before = process.cpuUsage()
  // What is nested too deeply, and what an encoder does not expect, throws.
  for (const work of works) attempt(() => work(ports, value))
  // The processor's time, to which it does not matter what the machine does besides.
  return process.cpuUsage(before).user / 1_000
}

/** Returns the least of three times, or of one that is short. */
const leastOf = (cost: () => number): number => {
  const times: number[] = []
  while (times.length < 3) {
    times.push(cost())
    if (Math.min(...times) < SHORT_MS || Math.max(...times) > MOST_MS) break
  }
  return Math.min(...times)
}

const values = new Map<Family, Map<number, unknown>>()
const valueOf = (family: Family, size: number): unknown => {
  const known = values.get(family) ?? new Map<number, unknown>()
  values.set(family, known)
  if (!known.has(size)) known.set(size, family(size))
  return known.get(size)
}

const table: string[] = []
const hasTable = process.env['TABLE'] !== undefined

/** Tells whether a time is linear as far as values show that are smaller than the largest, which is not needed then. */
const isLinearEarly = (cost: (size: number) => number, largest: number): boolean => {
  const ms = cost(largest / 4)
  const most = ms * QUADRATIC_GROWTH
  // Were it quadratic, it would still be short for the largest.
  if (most < SHORT_MS) return true
  if (most >= MOST_MS) return false
  const limit = MOST_EARLY_GROWTH * cost(largest / 16)
  return ms <= limit || cost(largest / 4) <= limit
}

interface Times {
  readonly small: number
  readonly large: number
}

/** Measures a quarter of the largest value and the whole. @throws Error if four times the size takes far more than four times as long. */
const timesOf = (cost: (size: number) => number, largest: number): Times => {
  const times = (size: number): number => leastOf(() => cost(size))
  let small = cost(largest / 4)
  assert.ok(small < MOST_MS, `${small} ms for ${largest / 4}`)
  let large = cost(largest)
  // What is suspicious is measured again: memory that is cleared in between counts, too.
  for (let more = 0; more < 3 && large >= SHORT_MS && large < MOST_MS && large > MOST_GROWTH * small; more++) {
    small = Math.max(small, times(largest / 4))
    large = Math.min(large, times(largest))
  }
  const isLinear = large < SHORT_MS || large <= MOST_GROWTH * small
  assert.ok(isLinear && large < MOST_MS, `${small} ms for ${largest / 4}, ${large} ms for ${largest}`)
  return { small, large }
}

/** Asserts of each family that four times the size takes no more than four times as long, with a margin. */
const measure = (rows: readonly Row[], checker: Checker, side: string, largest = SERVER): void => {
  for (const { name, schema, families } of rows) {
    const ports = {
      stripping: codecsWith(checker, 'strip')(schema, 'test'),
      refusing: codecsWith(checker, 'reject')(schema, 'test'),
    }
    // What is compiled when it is first used is so before.
    costOnce(ports, families[0]?.(100))
    let worst: Times = { small: 0, large: 0 }
    for (const [index, family] of families.entries()) {
      const cost = (size: number): number => costOnce(ports, valueOf(family, size))
      if (!hasTable && isLinearEarly(cost, largest)) continue
      try {
        const times = timesOf(cost, largest)
        if (times.large > worst.large) worst = times
      } catch (error) {
        throw new Error(`${side} ${name}, family ${index}: ${(error as Error).message}`, { cause: error })
      }
    }
    table.push(`${side} ${largest} | ${name} | ${worst.small.toFixed(2)} | ${worst.large.toFixed(2)}`)
  }
}

const kindRows = (): Row[] =>
  Object.entries(KINDS).flatMap(([kind, rows]) =>
    rows.map(([schema, ...families], index) => ({ name: `${kind} ${index}`, schema, families: families.flat() })),
  )

describe('a check of a peer’s value', it => {
  it('has a row here for each kind of schema and each keyword', () => {
    const guards = Object.keys(KindGuard).map(name => name.slice(2))
    assert.equal(
      [...Object.keys(KINDS), ...OTHER_GUARDS].toSorted().filter(kind => guards.includes(kind)),
      guards.toSorted(),
    )
    assert.equal(Object.keys(UNSAFE).toSorted(), [...KEYWORDS.keys()].toSorted())
  })

  it('takes time linear in the size of the value, for each kind', { timeoutMs: 300_000 }, () =>
    measure(kindRows(), compiler, 'server'),
  )

  it('takes linear time in a client, which interprets the schema', { timeoutMs: 300_000 }, () =>
    measure(kindRows(), interpreter, 'client', CLIENT),
  )

  it('takes no longer for bytes, which have many properties', { timeoutMs: 900_000 }, () => {
    const [few, many] = [BYTES[0]?.(100), BYTES.map(make => make(1_000_000))]
    const most = (schemas: typeof OBJECTS, checker: Checker, works?: (typeof receive)[]): void => {
      for (const [name, schema] of Object.entries(schemas)) {
        const [stripping, refusing, keeping] = (['strip', 'reject', 'keep'] as const).map(unknown =>
          codecsWith(checker, unknown)(schema, 'test'),
        ) as [SchemaCodec, SchemaCodec, SchemaCodec] // As many as there are words.
        for (const ports of [
          { stripping, refusing },
          { stripping: keeping, refusing: keeping },
        ]) {
          costOnce(ports, few, works)
          for (const [index, value] of many.entries()) {
            const ms = leastOf(() => costOnce(ports, value, works))
            assert.ok(ms < 100, `${checker === interpreter ? 'client' : 'server'} ${name}, bytes ${index}: ${ms} ms`)
          }
        }
      }
    }
    for (const checker of [compiler, interpreter]) {
      most(OBJECTS, checker)
      most(DECODED, checker, [receive])
    }
  })

  it('takes linear time for each keyword of hand-written JSON Schema', { timeoutMs: 300_000 }, () =>
    measure(
      Object.entries(UNSAFE).map(([name, [schema, families]]) => ({ name: `Unsafe ${name}`, schema, families })),
      compiler,
      'server',
    ),
  )

  it('takes linear time for each format', { timeoutMs: 300_000 }, context => {
    measure(formatRows(), compiler, 'server')
    if (hasTable) context.print([`side | check | ms for a quarter | ms for the whole`, ...table].join('\n'))
  })
})

describe('the judgment of a time', it => {
  const sizes = [SERVER, CLIENT]
  /** A part that grows with the size, and one that grows with its power, each as its milliseconds for the largest value. */
  const timeOf = (linear: number, higher: number, power: number) => (largest: number) => {
    const measured: number[] = []
    const cost = (size: number): number => {
      measured.push(size)
      return linear * (size / largest) + higher * (size / largest) ** power
    }
    return { measured, cost }
  }
  const isRefused = (cost: (size: number) => number, largest: number): boolean => {
    if (isLinearEarly(cost, largest)) return false
    try {
      timesOf(cost, largest)
      return false
    } catch {
      return true
    }
  }

  it('refuses what grows faster than linearly, and what takes too long', () => {
    for (const largest of sizes)
      for (const [power, least] of [
        [2, 401],
        // It is longer, if a step takes a millionth of a millisecond.
        [2.5, 100_000],
        [3, 100_000],
      ] as const)
        for (const higher of [1, 1.5, 2.5, 7, 10, 100, 10_000].map(times => times * least)) {
          // The largest linear part beside which the growth is more than the limit.
          const beside = (higher * (1 - MOST_GROWTH / 4 ** power)) / (MOST_GROWTH / 4 - 1)
          for (const linear of [0, 0.5, 0.99].map(share => share * beside))
            assert.ok(isRefused(timeOf(linear, higher, power)(largest).cost, largest), `${linear} ${higher} ${power}`)
        }
    for (const largest of sizes) assert.ok(isRefused(timeOf(3_001, 0, 1)(largest).cost, largest))
  })

  it('accepts what is linear, and measures the largest value only where it takes long', () => {
    for (const largest of sizes)
      for (const linear of [0, 1, 10, 99, 101, 400, 700, 1_000, 2_900]) {
        const { cost, measured } = timeOf(linear, 0, 1)(largest)
        assert.not(isRefused(cost, largest))
        assert.is(measured.includes(largest), linear > 750, `${linear}: ${measured}`)
      }
  })
})
