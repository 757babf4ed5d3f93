import { FormatRegistry, Kind, KindGuard, Type, TypeRegistry, type TSchema } from '@sinclair/typebox'
import { Errors } from '@sinclair/typebox/errors'
import { Check } from '@sinclair/typebox/value'
import { withChildren } from '../schema/check-schema.js'
import { carefulOf } from './bytes.js'
import { branches, branchingOf } from './recursive-union.js'
import { linearOf, worded, writingOnce } from './linear-time.js'
import { firstIssues, type Checker } from './validator.js'

/**
 * Walks a schema for each value, and so makes no code at run time, which a page's policy can forbid. A format that nobody has
 * registered when the schema is first used is not checked: the other side does.
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

/** The same schema, as TypeBox can walk it with the same outcome as if it were compiled. */
const walkable = (schema: TSchema): TSchema => {
  // JSON Schema by hand is left to the server, as formats are.
  if (KindGuard.IsUnsafe(schema) && !TypeRegistry.Has(schema[Kind])) return { ...schema, [Kind]: 'Unknown' }
  const copy = withChildren(schema, walkable)
  // TypeBox matches whatever comes, not only texts.
  if (KindGuard.IsRegExp(copy)) return Type.Intersect([Type.String(), copy])
  // It asks for the names of a value's properties, also of null.
  if (KindGuard.IsIntersect(copy) && copy.unevaluatedProperties !== undefined)
    return Type.Intersect([Type.Object({}), copy])
  // It refuses all texts of a format that it does not know.
  if (KindGuard.IsString(copy) && copy.format !== undefined && !FormatRegistry.Has(copy.format)) delete copy.format
  return copy
}
