import { event } from '@ackwire/core'
import type { TypesOf } from '@ackwire/core/declarations'
import { Kind, Type, type Static, type TArray, type TObject, type TSchema, type TUnion } from '@sinclair/typebox'
import { expectType, type Equal } from '../../../../test/expect-type.js'

// What a value's type is taken to be is what TypeBox says it is, for every kind of schema.
type ValueOf<Schema extends TSchema> = TypesOf<ReturnType<typeof answerOf<Schema>>>['wire']['ack']
const answerOf = <Schema extends TSchema>(schema: Schema) => event.input().ack(schema)

/** The names of the schemas for which it is another. */
type Differing<Schemas extends Readonly<Record<string, TSchema>>> = {
  [Name in keyof Schemas]: Equal<ValueOf<Schemas[Name]>, Static<Schemas[Name]>> extends true ? never : Name
}[keyof Schemas]

interface TPoint extends TSchema {
  [Kind]: 'Point'
  static: { x: number; y: number }
}
const Colour = { Red: 'red', Blue: 'blue' } as const
const Level = { Low: 0, High: 1 } as const
const Point = Type.Unsafe<{ x: number; y: number }>({ [Kind]: 'Point' }) as TPoint
const When = Type.Transform(Type.String())
  .Decode(text => new Date(text))
  .Encode(date => date.toISOString())
const Pair = Type.Object({ a: Type.String(), b: Type.Optional(Type.Integer()) })
const Tree = Type.Recursive(This => Type.Object({ text: Type.String(), inside: Type.Optional(Type.Array(This)) }))
const Module = Type.Module({
  Name: Type.String(),
  Node: Type.Object({ name: Type.Ref('Name'), next: Type.Optional(Type.Ref('Node')) }),
  Nodes: Type.Array(Type.Ref('Node')),
  Part: Type.Partial(Type.Ref('Node')),
})
const Path = Type.TemplateLiteral([
  Type.Literal('/'),
  Type.Union([Type.Literal('a'), Type.Literal('b')]),
  Type.String(),
])
const Few = Type.TemplateLiteral('key-${1|2}')

const leaves = {
  string: Type.String(),
  number: Type.Number(),
  integer: Type.Integer(),
  boolean: Type.Boolean(),
  bigint: Type.BigInt(),
  symbol: Type.Symbol(),
  null: Type.Null(),
  undefined: Type.Undefined(),
  void: Type.Void(),
  never: Type.Never(),
  unknown: Type.Unknown(),
  date: Type.Date(),
  bytes: Type.Uint8Array(),
  text: Type.Literal('a'),
  count: Type.Literal(1),
  flag: Type.Literal(true),
  pattern: Type.RegExp(/a/),
  path: Path,
  few: Few,
  words: Type.Enum(Colour),
  levels: Type.Enum(Level),
  mixed: Type.Enum({ a: 'a', b: 1 }),
  unsafe: Type.Unsafe<Map<string, Date>>(),
  unsafeObject: Type.Unsafe<{ readonly id: string & { brand: 'id' } }>(Type.Object({ id: Type.String() })),
  custom: Point,
  function: Type.Function([Type.String()], Pair),
  constructor: Type.Constructor([Type.String()], Pair),
  promise: Type.Promise(Pair),
  iterator: Type.Iterator(Pair),
  asyncIterator: Type.AsyncIterator(Pair),
  not: Type.Not(Type.String()),
  ref: Type.Ref('Pair'),
  transform: When,
}
expectType<Differing<typeof leaves>>().toBe<never>()

const objects = {
  empty: Type.Object({}),
  required: Type.Object({ a: Type.String(), b: Type.Integer() }),
  optional: Pair,
  allOptional: Type.Object({ a: Type.Optional(Type.String()), b: Type.Optional(Type.Null()) }),
  readonly: Type.Object({ a: Type.Readonly(Type.String()), b: Type.Integer() }),
  readonlyOptional: Type.Object({ a: Type.ReadonlyOptional(Type.String()), b: Type.Integer() }),
  optionalReadonly: Type.Object({ a: Type.Optional(Type.Readonly(Type.String())) }),
  allMarks: Type.Object({
    plain: Pair,
    readonly: Type.Readonly(Pair),
    optional: Type.Optional(Pair),
    both: Type.ReadonlyOptional(Type.Array(Pair)),
  }),
  unmarked: Type.Object({ a: Type.Optional(Type.Optional(Type.String()), false), b: Type.Readonly(Pair, false) }),
  undefined: Type.Object({ a: Type.Undefined(), b: Type.Optional(Type.Undefined()), c: Type.Void() }),
  optionalUnion: Type.Object({ a: Type.Optional(Type.Union([Type.String(), Type.Undefined()])) }),
  numbered: Type.Object({ 1: Type.String(), 2: Type.Optional(Pair) }),
  closed: Type.Object({ a: Type.String() }, { additionalProperties: false }),
  open: Type.Object({ a: Type.Optional(Type.String()) }, { additionalProperties: Type.Integer() }),
  nested: Type.Object({ a: Type.Object({ b: Type.Optional(Type.Object({ c: Type.Readonly(Pair) })) }) }),
  special: Type.Object({ name: Type.String(), length: Type.Number(), static: Type.Optional(Type.String()) }),
  unknowns: Type.Object({ a: Type.Unknown(), b: Type.Optional(Type.Never()) }),
  leaves: Type.Object({ ...leaves, more: Type.Optional(Type.Object(leaves)) }),
  optionalArray: Type.Object({ a: Type.Optional(Type.Array(Type.Optional(Pair))) }),
  recursive: Type.Object({ tree: Tree, trees: Type.Optional(Type.Array(Tree)) }),
  imported: Type.Object({ node: Module.Import('Node'), nodes: Type.Optional(Module.Import('Nodes')) }),
  transformed: Type.Object({ at: When, or: Type.Optional(Type.Array(When)) }),
  unknownProperties: Type.Object({ a: Type.String() }) as TObject,
}
expectType<Differing<typeof objects>>().toBe<never>()

const composed = {
  strings: Type.Array(Type.String()),
  pairs: Type.Array(Pair),
  matrix: Type.Array(Type.Array(Type.Optional(Pair))),
  literals: Type.Union([Type.Literal('a'), Type.Literal('b')]),
  union: Type.Union([Type.String(), Pair, Type.Array(Pair), Type.Null()]),
  told: Type.Union([
    Type.Object({ kind: Type.Literal('a'), a: Type.String() }),
    Type.Object({ kind: Type.Literal('b'), b: Type.Optional(Pair) }),
  ]),
  nested: Type.Union([Type.Union([Type.Array(Pair), Type.Null()]), Type.Tuple([Pair])]),
  single: Type.Union([Pair]),
  none: Type.Union([]),
  readonlyInside: Type.Union([Type.Object({ a: Type.Readonly(Type.String()) }), Type.Null()]),
  intersect: Type.Intersect([Pair, Type.Object({ c: Type.Readonly(Type.String()) })]),
  intersectUnion: Type.Intersect([Type.Union([Pair, Type.Null()]), Type.Object({ c: Type.String() })]),
  composite: Type.Composite([Pair, Type.Object({ b: Type.String(), c: Type.Integer() })]),
  noTuple: Type.Tuple([]),
  tuple: Type.Tuple([Type.String(), Pair, Type.Array(Pair)]),
  tupleOfOptional: Type.Tuple([Type.String(), Type.Optional(Pair)]),
  record: Type.Record(Type.String(), Pair),
  recordOfNumbers: Type.Record(Type.Integer(), Type.Array(Pair)),
  recordOfPaths: Type.Record(Path, Pair),
  recordOfFew: Type.Record(Few, Pair),
  recordOfLiterals: Type.Record(Type.Union([Type.Literal('a'), Type.Literal('b')]), Pair),
  recordOfEnum: Type.Record(Type.Enum(Colour), Type.Optional(Pair)),
  partial: Type.Partial(Type.Object({ a: Type.Readonly(Type.String()), b: Pair })),
  fullAgain: Type.Required(Pair),
  pick: Type.Pick(Pair, ['b']),
  omit: Type.Omit(Pair, ['b']),
  keys: Type.KeyOf(Pair),
  index: Type.Index(Pair, ['b']),
  indexed: Type.Index(Type.Array(Pair), Type.Number()),
  mapped: Type.Mapped(Type.Union([Type.Literal('x'), Type.Literal('y')]), Key => Type.Object({ key: Key })),
  exclude: Type.Exclude(Type.Union([Pair, Type.String(), Type.Null()]), Type.String()),
  extract: Type.Extract(Type.Union([Pair, Type.String(), Type.Null()]), Type.String()),
  conditional: Type.Extends(Type.String(), Type.String(), Pair, Type.Null()),
  constant: Type.Const({ a: [1, { b: 'c' }], d: null } as const),
  awaited: Type.Awaited(Type.Promise(Pair)),
  upper: Type.Uppercase(Type.Literal('a')),
  recursive: Tree,
  choice: Type.Recursive(This => Type.Union([Type.String(), Type.Array(This), Type.Object({ deep: This })])),
  node: Module.Import('Node'),
  nodes: Module.Import('Nodes'),
  part: Module.Import('Part'),
  optionalObject: Type.Optional(Pair),
  readonlyArray: Type.Readonly(Type.Array(Pair)),
  transformedObject: Type.Transform(Pair)
    .Decode(({ a }) => a)
    .Encode(a => ({ a })),
  unionWithTransform: Type.Union([When, Type.Array(When), Type.Null()]),
  unknownItems: Type.Array(Type.String()) as TArray,
  unknownMembers: Type.Union([Type.String(), Type.Null()]) as TUnion,
  unknownSchema: Type.String() as TSchema,
  either: Type.String() as ReturnType<typeof Type.String> | typeof Pair,
}
expectType<Differing<typeof composed>>().toBe<never>()

// In the editor an object is one object.
expectType<ValueOf<typeof Pair>>().toBe<{ a: string; b?: number }>()
// The table does tell a difference.
expectType<Equal<ValueOf<typeof objects.readonly>, { a: string; b: number }>>().toBe<false>()

// @ts-expect-error a property that is not optional is there
export const half: ValueOf<typeof Pair> = { b: 1 }
// @ts-expect-error nor is there another one
export const more: ValueOf<typeof Pair> = { a: '', c: 1 }
