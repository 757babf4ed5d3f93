import type { Kind, OptionalKind, StaticDecode, TSchema } from '@sinclair/typebox'
import type { Value } from './value.js'

/** Who sends an event, from the server's point of view: it takes inputs in and gives outputs out. */
export type Direction = 'input' | 'output'

/** The types of one event: as its values travel, and as the server has them once `Type.Transform` has decoded them. */
export interface EventTypes {
  /** Its positional arguments. */
  readonly args: readonly unknown[]
  /** What the other side answers; `never` where nothing is answered, `void` for a receipt. */
  readonly ack: unknown
  /** The `data` of its own errors, by code. */
  readonly errors: unknown
  readonly decodedArgs: readonly unknown[]
  readonly decodedAck: unknown
  readonly decodedErrors: unknown
}

/** The items of a stream: as they travel, and decoded. */
export interface StreamTypes {
  readonly item: unknown
  readonly decodedItem: unknown
}

/**
 * What tells which verbs an event has: who sends it; of an input that opens a stream, what it is a stream of. It stands beside
 * the event's types, since an editor asks for it of every event of a contract where it lists those of one verb.
 */
export type EventKind = Direction | StreamTypes

/** The schema of each error's `data`, by code. */
export type ErrorSchemas = Readonly<Record<string, TSchema>>

/** An event's types before anything but its arguments is said. */
export interface ArgumentTypes<Args extends readonly unknown[]> extends EventTypes {
  readonly args: Args
  readonly ack: never
  readonly errors: {}
  readonly decodedArgs: Args
  readonly decodedAck: never
  readonly decodedErrors: {}
}

/** The same where the arguments are transformed. */
export interface TransformedArgumentTypes<Schemas extends readonly TSchema[]> extends EventTypes {
  readonly args: Arguments<Schemas>
  readonly ack: never
  readonly errors: {}
  readonly decodedArgs: DecodedArguments<Schemas>
  readonly decodedAck: never
  readonly decodedErrors: {}
}

/** An event's types with any number of values after its arguments. */
export interface RestTypes<Types extends EventTypes, Rest extends TSchema> extends EventTypes {
  readonly args: [...Types['args'], ...Value<Rest>[]]
  readonly ack: Types['ack']
  readonly errors: Types['errors']
  readonly decodedArgs: [...Types['decodedArgs'], ...Decoded<Rest>[]]
  readonly decodedAck: Types['decodedAck']
  readonly decodedErrors: Types['decodedErrors']
}

/** An event's types with another answer. */
export interface AckTypes<Types extends EventTypes, Reply> extends EventTypes {
  readonly args: Types['args']
  readonly ack: Reply
  readonly errors: Types['errors']
  readonly decodedArgs: Types['decodedArgs']
  readonly decodedAck: Reply
  readonly decodedErrors: Types['decodedErrors']
}

/** The same where the answer is transformed. */
export interface TransformedAckTypes<Types extends EventTypes, Reply extends TSchema> extends EventTypes {
  readonly args: Types['args']
  readonly ack: Value<Reply>
  readonly errors: Types['errors']
  readonly decodedArgs: Types['decodedArgs']
  readonly decodedAck: StaticDecode<Reply>
  readonly decodedErrors: Types['decodedErrors']
}

/** An event's types with other errors. */
export interface ErrorTypes<Types extends EventTypes, Schemas extends ErrorSchemas> extends EventTypes {
  readonly args: Types['args']
  readonly ack: Types['ack']
  readonly errors: { readonly [Code in keyof Schemas]: Value<Schemas[Code]> }
  readonly decodedArgs: Types['decodedArgs']
  readonly decodedAck: Types['decodedAck']
  readonly decodedErrors: { readonly [Code in keyof Schemas]: Decoded<Schemas[Code]> }
}

/** The items of a stream by their schema. */
export interface ItemTypes<Item extends TSchema> extends StreamTypes {
  readonly item: Value<Item>
  readonly decodedItem: Decoded<Item>
}

/**
 * A schema that surely holds no transform, which spares `StaticDecode`: it costs twice what `Static` does, and takes the
 * references of a module for `unknown`. Transforms, recursions and unsafe types have no literal as their kind.
 */
interface Untransformed {
  readonly [Kind]: UntransformedKind
  readonly items?: Untransformed | readonly Untransformed[]
  readonly properties?: { readonly [name: string]: Untransformed }
  readonly patternProperties?: { readonly [pattern: string]: Untransformed }
  readonly anyOf?: readonly Untransformed[]
  readonly allOf?: readonly Untransformed[]
  readonly not?: Untransformed
  readonly $defs?: { readonly [name: string]: Untransformed }
}

type UntransformedKind =
  | ('Any' | 'Array' | 'Boolean' | 'Date' | 'Import' | 'Integer' | 'Intersect' | 'Literal' | 'Never' | 'Not' | 'Null')
  | ('Number' | 'Object' | 'Record' | 'Ref' | 'RegExp' | 'String' | 'TemplateLiteral' | 'Tuple' | 'Uint8Array')
  | ('Undefined' | 'Union' | 'Unknown' | 'Void')

/** The type of a value once `Type.Transform` has decoded it. */
export type Decoded<Schema extends TSchema> = Schema extends Untransformed ? Value<Schema> : StaticDecode<Schema>

/** The types of an event that begins with this argument. */
export type BeginningOf<Schema extends TSchema> = Schema extends Untransformed
  ? ArgumentTypes<Argument<Schema>>
  : TransformedArgumentTypes<readonly [Schema]>

/** The types of an event that begins with these arguments. */
export type BeginningsOf<Schemas extends readonly TSchema[]> = Schemas extends readonly Untransformed[]
  ? ArgumentTypes<Arguments<Schemas>>
  : TransformedArgumentTypes<Schemas>

/** An event's types with an answer of this schema. */
export type AnswerOf<Types extends EventTypes, Reply extends TSchema> = Reply extends Untransformed
  ? AckTypes<Types, Value<Reply>>
  : TransformedAckTypes<Types, Reply>

/** What `Type.Optional` adds to a schema. */
interface Optional {
  readonly [OptionalKind]: 'Optional'
}

type Argument<Schema extends TSchema> = Schema extends Optional ? [value?: Value<Schema>] : [value: Value<Schema>]

type Arguments<Schemas extends readonly TSchema[]> = WithOptional<
  Schemas,
  { -readonly [Index in keyof Schemas]: Value<Schemas[Index]> }
>

type DecodedArguments<Schemas extends readonly TSchema[]> = WithOptional<
  Schemas,
  { -readonly [Index in keyof Schemas]: Decoded<Schemas[Index]> }
>

// A mapped tuple can't say by its element that the element is optional, so those at the end are made so afterwards. This
// takes values beside the schemas, because `Decoded<Last>` with `infer Last extends TSchema & Optional` has no end: where
// the compiler measures variances it decodes the constraint, in which `StaticDecode` finds an optional schema forever.
type WithOptional<Schemas extends readonly unknown[], Values extends readonly unknown[]> = Schemas extends readonly [
  ...infer Before,
  Optional,
]
  ? Values extends readonly [...infer Early, infer Last]
    ? [...WithOptional<Before, Early>, Last?]
    : never
  : Values
