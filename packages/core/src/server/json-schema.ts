import { dereference, validate, type OutputUnit, type Schema } from '@cfworker/json-schema'
import { Kind, TypeRegistry, type TSchema } from '@sinclair/typebox'
import { ValueErrorType, type ValueError } from '@sinclair/typebox/errors'
import type { Issue } from '../wire.js'

const UNSAFE = 'Unsafe'

/**
 * Makes TypeBox check `Type.Unsafe` as what it is, JSON Schema by hand (draft 2020-12): by itself it does not know the words.
 * A check that the application has registered for the kind stays.
 */
export const registerJsonSchema = (): void => {
  if (!TypeRegistry.Has(UNSAFE)) TypeRegistry.Set<TSchema>(UNSAFE, (schema, value) => !differenceIn(schema, value))
}

/** Says of a value of `Type.Unsafe` where and how it differs, instead of that it does. */
export const explained = function* (errors: Iterable<ValueError>): Generator<Issue> {
  for (const error of errors) {
    const isByHand = error.type === ValueErrorType.Kind && error.schema[Kind] === UNSAFE
    const difference = isByHand ? differenceIn(error.schema, error.value) : undefined
    if (difference === undefined) yield error
    // Its location begins with `#`, which stands for the value, and is escaped as a URI.
    else yield { path: error.path + decodeURI(difference.instanceLocation.slice(1)), message: difference.error }
  }
}

/** What its references mean, by schema. */
const lookups = new WeakMap<TSchema, Record<string, Schema | boolean>>()

/** The innermost difference. */
const differenceIn = (schema: TSchema, value: unknown): OutputUnit | undefined => {
  const lookup = lookups.get(schema) ?? dereference(schema)
  lookups.set(schema, lookup)
  return validate(value, schema, '2020-12', lookup).errors.at(-1)
}
