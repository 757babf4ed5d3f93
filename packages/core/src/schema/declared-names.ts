import { KindGuard, type TSchema } from '@sinclair/typebox'

/**
 * Returns the names of the properties that the members of an intersection declare; `undefined` if they are not those of
 * objects alone, or differ from value to value.
 */
export const declaredNamesIn = (members: readonly TSchema[]): ReadonlySet<string> | undefined => {
  const names = new Set<string>()
  for (const member of members) {
    const own = namesOf(member)
    if (own === undefined) return undefined
    for (const name of own) names.add(name)
  }
  return names
}

const namesOf = (schema: TSchema): ReadonlySet<string> | undefined => {
  if (KindGuard.IsIntersect(schema))
    return schema.unevaluatedProperties === undefined ? declaredNamesIn(schema.allOf) : undefined
  if (KindGuard.IsUnion(schema)) {
    const [first, ...others] = schema.anyOf.map(namesOf)
    return others.every(names => names?.size === first?.size && [...(names ?? [])].every(name => first?.has(name)))
      ? first
      : undefined
  }
  if (!KindGuard.IsObject(schema) || (schema.additionalProperties ?? false) !== false) return undefined
  return new Set(Object.keys(schema.properties))
}
