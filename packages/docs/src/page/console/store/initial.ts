import { constantOf, listIn, property } from '../../../parse/json.js'
import type { Resolve } from '../../../parse/reference.js'
import { kindOf, propertiesOf, variantsOf } from '../../document/schema.js'

/** Returns a form's initial value: the one in the schema, or none if there is a choice. */
export const initialOf = (schema: unknown, resolve: Resolve, depth = 0): unknown => {
  const { value } = resolve(schema)
  const preset = property(value, 'default')
  if (preset !== undefined) return structuredClone(preset)
  if (depth > 6) return undefined
  const inner = (part: unknown): unknown => initialOf(part, resolve, depth + 1)
  switch (kindOf(value)) {
    case 'const':
      return constantOf(value)
    case 'enum':
      return listIn(value, 'enum').length === 1 ? listIn(value, 'enum')[0] : undefined
    case 'null':
      return null
    case 'object':
      return Object.fromEntries(
        propertiesOf(value)
          .filter(({ isRequired }) => isRequired)
          .map(each => [each.name, inner(each.schema)]),
      )
    case 'tuple':
      return listIn(value, 'items')
        .slice(0, Number(property(value, 'minItems') ?? listIn(value, 'items').length))
        .map(inner)
    case 'array':
      return Array.from({ length: Math.min(5, Number(property(value, 'minItems') ?? 0)) }, () =>
        inner(property(value, 'items')),
      )
    case 'union':
      return inner(variantsOf(value)[0])
    default:
      return undefined
  }
}
