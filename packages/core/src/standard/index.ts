/**
 * Schemas of other libraries in a contract.
 *
 * @module
 */
import type { TUnsafe } from '@sinclair/typebox'
import { schemaFrom } from './from.js'
import type { CompiledSchema, From, FromStandard, JsonSchemaObject } from './from-types.js'

export type { CompiledSchema, From, FromStandard, JsonSchemaObject } from './from-types.js'
export type {
  StandardConverter,
  StandardIssue,
  StandardOptions,
  StandardProps,
  StandardResult,
  StandardSchema,
} from './specification.js'

/** The function `from`. */
interface FromFunction {
  /**
   * Returns a schema of another library as one that a contract takes wherever it takes a schema, also inside those of TypeBox. The
   * library needs Standard Schema with JSON Schema, as Zod 4.2 and ArkType 2.1.28 have it; one of Valibot gets it from
   * `toStandardJsonSchema`. The library checks, decodes and encodes the values.
   *
   * @throws TypeError for what is no schema, or has no JSON Schema.
   * @example
   * const User = z.object({ email: z.email(), since: z.codec(z.iso.datetime(), z.date(), dates) })
   * event.input(from(User)).ack(Type.Object({ user: from(User) }))
   */
  <Schema extends { readonly '~standard': object }>(schema: Schema): FromStandard<Schema>
  /**
   * Returns a compiled schema of `typebox` 1.
   *
   * @example
   * event.input(from(Compile(Type.Object({ email: Type.String() }))))
   */
  <Input, Output>(compiled: CompiledSchema<Input, Output>): From<Input, Output>
  /**
   * Returns a JSON Schema, or a schema of `typebox` 1, which its own compiler checks. The type of its values is not inferred.
   *
   * @example
   * event.input(from<{ email: string }>(userSchema))
   */
  <Value = unknown>(schema: JsonSchemaObject): TUnsafe<Value>
}

/** Returns a schema of another library as one that a contract takes. */
export const from = schemaFrom as FromFunction
