import { Kind, KindGuard, TypeRegistry, type TSchema } from '@sinclair/typebox'
import { ValueErrorType, type ValueError } from '@sinclair/typebox/errors'
import { some } from '../../schema/traverse.js'
import type { Issue } from '../../wire.js'
import { compileJsonSchema, type Differ } from '../json-schema/compile.js'

const UNSAFE = 'Unsafe'

/**
 * Makes TypeBox check `Type.Unsafe` as hand-written JSON Schema (draft 2020-12), whose keywords it does not know by itself.
 * A check that the application has registered for the kind is kept.
 */
export const registerJsonSchema = (): void => {
  if (!TypeRegistry.Has(UNSAFE)) TypeRegistry.Set<TSchema>(UNSAFE, own)
}

const own = (schema: TSchema, value: unknown): boolean => differ(schema)(value) === undefined

/** Compiles the JSON Schema inside a schema, unless the application has registered a check. @throws TypeError if that fails. */
export const prepareJsonSchema = (schema: TSchema): void => {
  if (TypeRegistry.Get(UNSAFE) !== own) return
  some(schema, inside => {
    if (KindGuard.IsUnsafe(inside)) differ(inside)
    return false
  })
}

/** Replaces the error of a `Type.Unsafe` schema by the place and the reason of the difference. */
export const explained = function* (errors: Iterable<ValueError>): Generator<Issue> {
  for (const error of errors) {
    const isByHand = error.type === ValueErrorType.Kind && error.schema[Kind] === UNSAFE
    const difference = isByHand ? differ(error.schema)(error.value) : undefined
    if (difference === undefined) yield error
    else yield { path: error.path + difference.path, message: difference.message }
  }
}

const differs = new WeakMap<TSchema, Differ>()

const differ = (schema: TSchema): Differ => {
  const known = differs.get(schema)
  if (known !== undefined) return known
  const made = compileJsonSchema(schema)
  differs.set(schema, made)
  return made
}
