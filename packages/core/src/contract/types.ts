import type { OptionalKind, StaticDecode, TSchema } from '@sinclair/typebox'
import type { Decoded, Untransformed } from './decoded.js'
import type { Value } from './value.js'

/** The direction of an event from the server's point of view: it receives inputs and sends outputs. */
export type Direction = 'input' | 'output'

/** The types of the values of one event, on one side of its schemas' transforms. */
export interface EventValues {
  /** The positional arguments. */
  readonly args: readonly unknown[]
  /** The answer; `never` where nothing is answered, `void` for a receipt. */
  readonly ack: unknown
  /** The `data` of the event's own errors, by code. */
  readonly errors: unknown
}

/** The types of one event, on both sides of its schemas' transforms. */
export interface EventTypes {
  /** The values as they travel. */
  readonly wire: EventValues
  /** The values once `Type.Transform` has decoded them. */
  readonly decoded: EventValues
  /** The application's own errors of an error-first ack; `false` if the ack is not error-first, whatever its router says. */
  readonly errorFirst?: OwnErrorTypes | false | undefined
}

/** The types of the application's own errors of an error-first ack. */
export interface OwnErrorTypes {
  /** An error as it travels. */
  readonly wire: unknown
  /** An error once `Type.Transform` has decoded it. */
  readonly decoded: unknown
}

/** The types of a stream's items. */
export interface StreamTypes {
  /** An item as it travels. */
  readonly wire: unknown
  /** An item once `Type.Transform` has decoded it. */
  readonly decoded: unknown
}

/** The form of a value: as sent over the wire, or decoded by its transforms. */
export type View = 'wire' | 'decoded'

/**
 * The kind of an event: its direction or, for an input that opens a stream, the types of the stream's items. It is separate
 * from the event's other types because an editor reads it for every event of a contract when it completes `on`, `emit` and
 * the like.
 */
export type EventKind = Direction | StreamTypes

/** The schema of each error's `data`, by code. */
export type ErrorSchemas = Readonly<Record<string, TSchema>>

interface ArgumentValues<Args extends readonly unknown[]> extends EventValues {
  readonly args: Args
  readonly ack: never
  readonly errors: {}
}

interface RestValues<Values extends EventValues, Rest> extends EventValues {
  readonly args: [...Values['args'], ...Rest[]]
  readonly ack: Values['ack']
  readonly errors: Values['errors']
}

interface AckValues<Values extends EventValues, Ack> extends EventValues {
  readonly args: Values['args']
  readonly ack: Ack
  readonly errors: Values['errors']
}

interface ErrorValues<Values extends EventValues, Schemas extends ErrorSchemas> extends EventValues {
  readonly args: Values['args']
  readonly ack: Values['ack']
  readonly errors: { readonly [Code in keyof Schemas]: Value<Schemas[Code]> }
}

interface DecodedErrorValues<Values extends EventValues, Schemas extends ErrorSchemas> extends EventValues {
  readonly args: Values['args']
  readonly ack: Values['ack']
  readonly errors: { readonly [Code in keyof Schemas]: Decoded<Schemas[Code]> }
}

/** The types of an event with these arguments, no ack and no errors. */
export interface ArgumentTypes<Args extends readonly unknown[]> extends EventTypes {
  readonly wire: ArgumentValues<Args>
  readonly decoded: ArgumentValues<Args>
}

/** The types of an event with arguments of which a schema has a transform. */
export interface TransformedArgumentTypes<Schemas extends readonly TSchema[]> extends EventTypes {
  readonly wire: ArgumentValues<Arguments<Schemas>>
  readonly decoded: ArgumentValues<DecodedArguments<Schemas>>
}

/** An event's types with any number of values after its arguments. */
export interface RestTypes<Types extends EventTypes, Rest extends TSchema> extends EventTypes {
  readonly wire: RestValues<Types['wire'], Value<Rest>>
  readonly decoded: RestValues<Types['decoded'], Decoded<Rest>>
  readonly errorFirst: Types['errorFirst']
}

/** An event's types with another ack. */
export interface AckTypes<Types extends EventTypes, Ack> extends EventTypes {
  readonly wire: AckValues<Types['wire'], Ack>
  readonly decoded: AckValues<Types['decoded'], Ack>
}

/** An event's types with another ack, whose schema has a transform. */
export interface TransformedAckTypes<Types extends EventTypes, Ack extends TSchema> extends EventTypes {
  readonly wire: AckValues<Types['wire'], Value<Ack>>
  readonly decoded: AckValues<Types['decoded'], StaticDecode<Ack>>
}

/** An event's types with other errors. */
export interface ErrorTypes<Types extends EventTypes, Schemas extends ErrorSchemas> extends EventTypes {
  readonly wire: ErrorValues<Types['wire'], Schemas>
  readonly decoded: DecodedErrorValues<Types['decoded'], Schemas>
  readonly errorFirst: Types['errorFirst']
}

/** The types of a stream's items, by their schema. */
export interface ItemTypes<Item extends TSchema> extends StreamTypes {
  readonly wire: Value<Item>
  readonly decoded: Decoded<Item>
}

/** The types of an event that begins with this argument. */
export type BeginningOf<Schema extends TSchema> = Schema extends Untransformed
  ? ArgumentTypes<Argument<Schema>>
  : TransformedArgumentTypes<readonly [Schema]>

/** The types of an event that begins with these arguments. */
export type BeginningsOf<Schemas extends readonly TSchema[]> = Schemas extends readonly Untransformed[]
  ? ArgumentTypes<Arguments<Schemas>>
  : TransformedArgumentTypes<Schemas>

/** An event's types with an ack of this schema. */
export type AckOf<Types extends EventTypes, Ack extends TSchema> = Ack extends Untransformed
  ? AckTypes<Types, Value<Ack>>
  : TransformedAckTypes<Types, Ack>

/** The property that `Type.Optional` adds to a schema. */
interface Optional {
  readonly [OptionalKind]: 'Optional'
}

type Argument<Schema extends TSchema> = Schema extends Optional ? [value?: Value<Schema>] : [value: Value<Schema>]

type Arguments<Schemas extends readonly TSchema[]> = WithOptional<
  Schemas,
  Labelled<{ -readonly [Index in keyof Schemas]: Value<Schemas[Index]> }>
>

type DecodedArguments<Schemas extends readonly TSchema[]> = WithOptional<
  Schemas,
  Labelled<{ -readonly [Index in keyof Schemas]: Decoded<Schemas[Index]> }>
>

// An editor shows the elements of a tuple without labels as `args_0` and `args_1`. A label can't be made of a string, so
// that these are the only names to be had.
type Labelled<Values extends readonly unknown[]> = Values extends [infer First, infer Second]
  ? [first: First, second: Second]
  : Values extends [infer First, infer Second, infer Third]
    ? [first: First, second: Second, third: Third]
    : Values extends [infer First, infer Second, infer Third, infer Fourth]
      ? [first: First, second: Second, third: Third, fourth: Fourth]
      : Values

// A mapped tuple can't say by its element that the element is optional, so those at the end are made so afterwards. This
// takes values beside the schemas, because `Decoded<Last>` with `infer Last extends TSchema & Optional` has no end: where
// the compiler measures variances it decodes the constraint, in which `StaticDecode` finds an optional schema forever.
// The last value is inferred as a tuple, which keeps its label.
type WithOptional<Schemas extends readonly unknown[], Values extends readonly unknown[]> = Schemas extends readonly [
  ...infer Before,
  Optional,
]
  ? Values extends readonly [...infer Early, unknown]
    ? Values extends readonly [...Early, ...infer Last]
      ? [...WithOptional<Before, Early>, ...Partial<Last>]
      : never
    : never
  : Values
