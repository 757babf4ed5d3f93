import { KindGuard, type TSchema } from '@sinclair/typebox'
import { isFilled } from './filled.js'
import type { Place } from './place.js'

/** Returns the property whose literal distinguishes all members of a union. */
export const discriminatorOf = (members: readonly TSchema[], place: Place): string | undefined => {
  const [first, ...others] = members.map(member => propertiesOf(member, place))
  if (first === undefined || others.length === 0) return undefined
  return Object.keys(first).find(key => {
    const literals = members.map(member => literalOf(member, key, place))
    return !literals.includes(undefined) && new Set(literals).size === literals.length
  })
}

/** Returns the literal that a member's property always has, or none if the property may be missing. */
export const literalOf = (member: TSchema, key: string, place: Place): unknown => {
  const property = propertiesOf(member, place)?.[key]
  if (property === undefined || !KindGuard.IsLiteral(property) || KindGuard.IsOptional(property)) return undefined
  return place.fills && isFilled(property, place) ? undefined : property.const
}

/** Returns the properties of an object, or of the object that a reference leads to. */
const propertiesOf = (schema: TSchema, place: Place): Readonly<Record<string, TSchema>> | undefined => {
  const target = KindGuard.IsImport(schema)
    ? schema.$defs[schema.$ref]
    : KindGuard.IsRef(schema)
      ? place.scope.get(schema.$ref)?.schema
      : schema
  return KindGuard.IsObject(target) ? target.properties : undefined
}
