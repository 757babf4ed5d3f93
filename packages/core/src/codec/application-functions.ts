import { KindGuard, TransformKind, type TSchema } from '@sinclair/typebox'
import { withChildren } from '../schema/children.js'
import { some } from '../schema/traverse.js'
import { assertNoPromise, holdPromises } from '../thenable.js'

/**
 * Returns a schema whose transforms and defaults throw where the application's function returns a promise; the schema itself
 * if it calls no function. `path` is its place in the contract.
 */
export const withSynchronousFunctions = (schema: TSchema, path: string): TSchema =>
  some(schema, callsFunction) ? guarded(schema, path) : schema

const callsFunction = (schema: TSchema): boolean =>
  KindGuard.IsTransform(schema) || typeof schema.default === 'function'

const guarded = (schema: TSchema, path: string): TSchema => {
  const copy = withChildren(schema, (child, step) => guarded(child, path + step))
  const { default: fallback } = copy
  if (typeof fallback === 'function')
    copy.default = () => {
      const made: unknown = assertNoPromise(fallback(), path, 'default to return a value')
      // The input is refused for a promise inside it.
      holdPromises(made)
      return made
    }
  if (!KindGuard.IsTransform(copy)) return copy
  const { Decode: decode, Encode: encode } = copy[TransformKind]
  return {
    ...copy,
    [TransformKind]: {
      Decode: (value: unknown) => assertNoPromise(decode(value), path, 'Decode to return a value'),
      Encode: (value: unknown) => assertNoPromise(encode(value), path, 'Encode to return a value'),
    },
  }
}
