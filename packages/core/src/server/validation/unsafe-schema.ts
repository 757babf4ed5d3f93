import { Kind, KindGuard, TypeRegistry, type TSchema } from '@sinclair/typebox'
import { ValueErrorType, type ValueError } from '@sinclair/typebox/errors'
import { some } from '../../schema/traverse.js'
import type { Issue } from '../../wire.js'
import { compileJsonSchema, type Differ } from '../json-schema/compile.js'

const UNSAFE = 'Unsafe'

/**
 * Makes TypeBox check `Type.Unsafe` as what it is, JSON Schema by hand (draft 2020-12): by itself it does not know the words.
 * A check that the application has registered for the kind stays.
 */
export const registerJsonSchema = (): void => {
  if (!TypeRegistry.Has(UNSAFE)) TypeRegistry.Set<TSchema>(UNSAFE, own)
}

const own = (schema: TSchema, value: unknown): boolean => differ(schema)(value) === undefined

/** Compiles the JSON Schema that stands in a schema, unless the application checks it. @throws TypeError for what can't be compiled. */
export const prepareJsonSchema = (schema: TSchema): void => {
  if (TypeRegistry.Get(UNSAFE) !== own) return
  some(schema, inside => {
    if (KindGuard.IsUnsafe(inside)) differ(inside)
    return false
  })
}

/** Says of a value of `Type.Unsafe` where and how it differs, instead of that it does. */
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
