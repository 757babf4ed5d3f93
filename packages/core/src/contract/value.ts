import type {
  OptionalKind,
  ReadonlyKind,
  Static,
  TArray,
  TObject,
  TProperties,
  TSchema,
  TUnion,
} from '@sinclair/typebox'

/**
 * The type of a value as it travels. It is what TypeBox's `Static` says, for a third of the compiler's work: objects, arrays and
 * unions, of which nearly all of a contract is made, are inferred here, and `Static` is asked for the rest.
 */
export type Value<Schema extends TSchema> =
  Schema extends TObject<infer Properties>
    ? ObjectValue<Schema, Properties, MarkedKeys<Properties>>
    : Schema extends TArray<infer Item>
      ? Value<Item>[]
      : Schema extends TUnion<infer Members>
        ? { [Index in keyof Members]: Value<Members[Index]> }[number]
        : Static<Schema>

interface Optional {
  readonly [OptionalKind]: 'Optional'
}

interface Readonly {
  readonly [ReadonlyKind]: 'Readonly'
}

/** The optional keys; `unknown` if there are read-only ones as well, which are rare, and left to `Static`. */
type MarkedKeys<Properties> = {
  [Key in keyof Properties]: Properties[Key] extends Optional | Readonly
    ? Properties[Key] extends Readonly
      ? unknown
      : Key
    : never
}[keyof Properties]

type ObjectValue<Schema extends TSchema, Properties extends TProperties, Marked> = [Marked] extends [never]
  ? { [Key in keyof Properties]: Value<Properties[Key]> }
  : unknown extends Marked
    ? Static<Schema>
    : // Mapped here, since an editor would show an intersection, or an alias of it, as such.
      { [Key in keyof Optionality<Properties, Marked>]: Value<Properties[Key]> }

/** The keys of an object, of which these are optional. */
type Optionality<Properties, Marked> = { [Key in Exclude<keyof Properties, Marked>]: unknown } & {
  [Key in keyof Properties & Marked]?: unknown
}
