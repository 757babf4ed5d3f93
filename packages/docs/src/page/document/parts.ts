import { listIn, property } from '../../parse/json.js'
import type { Resolve } from '../../parse/reference.js'
import { kindOf, otherProperties, propertiesOf, variantsOf } from './schema.js'

/** A schema inside another. */
export interface Part {
  readonly label: string
  readonly role: 'property' | 'other' | 'item' | 'variant' | 'member'
  readonly schema: unknown
  readonly isRequired: boolean
}

/** Returns the parts of a resolved schema; those of an array are the parts of its items. */
export const partsOf = (schema: unknown, resolve: Resolve, depth = 0): readonly Part[] => {
  switch (kindOf(schema)) {
    case 'object': {
      const others = otherProperties(schema)
      return [
        ...propertiesOf(schema).map(({ name, schema: own, isRequired }): Part => ({
          label: name,
          role: 'property',
          schema: own,
          isRequired,
        })),
        ...(others === undefined ? [] : [part('any other key', 'other', others)]),
      ]
    }
    case 'array':
      // Arrays of arrays may refer to themselves without end.
      return depth > 8 ? [] : partsOf(resolve(property(schema, 'items')).value, resolve, depth + 1)
    case 'tuple': {
      const further = property(schema, 'additionalItems')
      const least = Number(property(schema, 'minItems') ?? 0)
      return [
        ...listIn(schema, 'items').map((item, index): Part => ({
          label: String(index),
          role: 'item',
          schema: item,
          isRequired: index < least,
        })),
        ...(typeof further === 'object' ? [part('any further', 'other', further)] : []),
      ]
    }
    case 'union':
      return isSimple(schema, resolve) ? [] : variantsOf(schema).map(variant => part('or', 'variant', variant))
    case 'all':
      return listIn(schema, 'allOf').map(member => part('and', 'member', member))
    case 'other':
      return [part('not', 'member', property(schema, 'not'))]
    default:
      return []
  }
}

const part = (label: string, role: Part['role'], schema: unknown): Part => ({ label, role, schema, isRequired: false })

/** Returns true if the label of a union describes it completely. */
const isSimple = (schema: unknown, resolve: Resolve): boolean =>
  variantsOf(schema).every(variant => {
    const { value, name } = resolve(variant)
    return name === undefined && SIMPLE.has(kindOf(value)) && property(value, 'description') === undefined
  })

const SIMPLE: ReadonlySet<string> = new Set(['const', 'null', 'boolean', 'string', 'number', 'integer'])
