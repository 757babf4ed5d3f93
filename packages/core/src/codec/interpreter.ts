import { FormatRegistry, Kind, KindGuard, Type, TypeRegistry, type TSchema } from '@sinclair/typebox'
import { Errors } from '@sinclair/typebox/errors'
import { Check } from '@sinclair/typebox/value'
import { withChildren } from '../schema/children.js'
import { guardBytes } from './bytes.js'
import { branches, branchingOf } from './recursive-union.js'
import { linearOf, withMessages, cachingKeys } from './linear-time.js'
import { firstIssues, type Checker } from './validator.js'

/**
 * Checks values by walking the schema, without code generated at run time, which the policy of a page can forbid. A
 * format that is not registered when the schema is first used is not checked here; the server checks it.
 */
export const interpreter: Checker = {
  validatorFor(schema) {
    const interpreted = interpretable(linearOf(schema))
    const { check, findErrors } = branches(interpreted)
      ? branchingOf(interpreted, interpreter)
      : {
          check: (value: unknown) => Check(interpreted, value),
          findErrors: (value: unknown) => Errors(interpreted, [], value),
        }
    const guardedFind = guardBytes(findErrors, interpreted, interpreter)
    return {
      check: cachingKeys(schema, check),
      issues: cachingKeys(schema, (value, path, most) => firstIssues(withMessages(guardedFind(value)), path, most)),
    }
  },
  checkOf(part) {
    const interpreted = interpretable(linearOf(part))
    return cachingKeys(part, value => Check(interpreted, value))
  },
}

/** Returns the schema changed so that the interpreter has the same results as its compiled check. */
const interpretable = (schema: TSchema): TSchema => {
  // Hand-written JSON Schema is left to the server, like unregistered formats.
  if (KindGuard.IsUnsafe(schema) && !TypeRegistry.Has(schema[Kind])) return { ...schema, [Kind]: 'Unknown' }
  const copy = withChildren(schema, interpretable)
  // The interpreter matches any value, not only strings.
  if (KindGuard.IsRegExp(copy)) return Type.Intersect([Type.String(), copy])
  // It lists the property names of any value, including null.
  if (KindGuard.IsIntersect(copy) && copy.unevaluatedProperties !== undefined)
    return Type.Intersect([Type.Object({}), copy])
  // It rejects every string for an unknown format.
  if (KindGuard.IsString(copy) && copy.format !== undefined && !FormatRegistry.Has(copy.format)) delete copy.format
  return copy
}
