import type { Kind, TOptional, TSchema, TTransform, TUnsafe } from '@sinclair/typebox'
import type { FROM } from '../schema/foreign.js'

/** A schema of another library: `Input` is the type of a value as it travels, `Output` that of the application. */
export interface From<Input, Output = Input> extends TTransform<TUnsafe<Input>, Output> {
  readonly [Kind]: typeof FROM
  /** The type of a value as it travels. */
  static: Input
  /** A type only, never a value. */
  readonly decoded: Output
}

/** A schema of a library with Standard Schema; an optional one where a value may be missing. */
export type FromStandard<Schema> = Schema extends {
  readonly '~standard': { readonly types?: { readonly input: infer Input; readonly output: infer Output } | undefined }
}
  ? unknown extends Input
    ? From<Input, Output>
    : undefined extends Input
      ? TOptional<From<Exclude<Input, undefined>, Exclude<Output, undefined>>>
      : From<Input, Output>
  : TSchema

/** A compiled schema of `typebox` 1, such as `Compile` returns it. */
export interface CompiledSchema<Input, Output> {
  /** Returns whether a value matches as it travels. */
  Check(value: unknown): value is Input
  /** Decodes a value. */
  Decode(value: unknown): Output
  /** Encodes a value. */
  Encode(value: unknown): Input
  /** Returns the schema. */
  Type(): object
}

/** A JSON Schema of draft 2020-12 or older. */
export type JsonSchemaObject = object
