import { FormatRegistry, Kind, KindGuard, Type, TypeRegistry, type TSchema } from '@sinclair/typebox'
import { Errors } from '@sinclair/typebox/errors'
import { Check } from '@sinclair/typebox/value'
import { withChildren } from '../schema/check-schema.js'
import { carefulOf } from './bytes.js'
import { branches, branchingOf } from './recursive-union.js'
import { linearOf, worded, writingOnce } from './linear-time.js'
import { firstIssues, type Checker } from './validator.js'

/**
 * Checks values by walking the schema, without code generated at run time, which the policy of a page can forbid. A
 * format that is not registered when the schema is first used is not checked here; the server checks it.
 */
export const interpreter: Checker = {
  validatorFor(schema) {
    const walked = walkable(linearOf(schema))
    const { check, differences } = branches(walked)
      ? branchingOf(walked, interpreter)
      : { check: (value: unknown) => Check(walked, value), differences: (value: unknown) => Errors(walked, [], value) }
    const careful = carefulOf(differences, walked, interpreter)
    return {
      check: writingOnce(schema, check),
      issues: writingOnce(schema, (value, path, most) => firstIssues(worded(careful(value)), path, most)),
    }
  },
  checkOf(part) {
    const walked = walkable(linearOf(part))
    return writingOnce(part, value => Check(walked, value))
  },
}

/** Returns the schema changed so that walking it has the same outcome as its compiled check. */
const walkable = (schema: TSchema): TSchema => {
  // Hand-written JSON Schema is left to the server, like unregistered formats.
  if (KindGuard.IsUnsafe(schema) && !TypeRegistry.Has(schema[Kind])) return { ...schema, [Kind]: 'Unknown' }
  const copy = withChildren(schema, walkable)
  // The check that walks matches any value, not only strings.
  if (KindGuard.IsRegExp(copy)) return Type.Intersect([Type.String(), copy])
  // It lists the property names of any value, including null.
  if (KindGuard.IsIntersect(copy) && copy.unevaluatedProperties !== undefined)
    return Type.Intersect([Type.Object({}), copy])
  // It rejects every string for an unknown format.
  if (KindGuard.IsString(copy) && copy.format !== undefined && !FormatRegistry.Has(copy.format)) delete copy.format
  return copy
}
