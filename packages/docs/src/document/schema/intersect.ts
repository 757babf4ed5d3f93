import { KindGuard, TransformKind, type ObjectOptions, type TObject, type TSchema, Type } from '@sinclair/typebox'
import { throwDefinitionError } from '../../definition/definition-error.js'
import type { Translate } from './registry.js'
import { titled } from './titles.js'
import { keywordsOf } from './keywords.js'
import { withProperties } from './object.js'
import { inside, type Place } from './place.js'

/**
 * Writes an intersection of objects. In draft-07 only a single closed object can exclude other properties, so such members are
 * merged.
 */
export const createIntersect: Translate = (schema, registry, place) => {
  if (!KindGuard.IsIntersect(schema)) return keywordsOf(schema)
  const closed: unknown = schema['unevaluatedProperties'] ?? true
  const members = flatten(schema.allOf, place)
  if (closed !== true && members.every(isOpenObject)) {
    const merged = Type.Object(mergeProperties(members), mergeCounts(members))
    return withProperties(merged, registry, titled(schema, place, registry), {
      ...keywordsOf(schema, 'allOf', 'type'),
      additionalProperties: KindGuard.IsSchema(closed)
        ? registry.use(closed, inside(place, '.unevaluatedProperties', 'value'))
        : closed,
    })
  }
  // A closed member excludes other properties in any case.
  if (closed !== true && !members.some(member => member['additionalProperties'] === false)) {
    throwDefinitionError(
      place.path,
      "unevaluatedProperties can't be documented where not all members are objects; " +
        'leave it out, or write out each case as one Type.Object with additionalProperties: false',
    )
  }
  const at = members.every(KindGuard.IsObject) ? titled(schema, place, registry) : place
  return {
    ...(at === place ? {} : { title: at.name }),
    ...keywordsOf(schema, 'allOf'),
    allOf: schema.allOf.map((member, index) =>
      registry.use(member, inside(at, `.allOf[${index}]`, `part${index + 1}`)),
    ),
  }
}

const isOpenObject = (member: TSchema): member is TObject =>
  KindGuard.IsObject(member) && member['additionalProperties'] === undefined

const flatten = (members: readonly TSchema[], place: Place): readonly TSchema[] =>
  members.flatMap(member => {
    const target = KindGuard.IsRef(member) ? (place.scope.get(member.$ref)?.schema ?? member) : member
    return KindGuard.IsIntersect(target) && target.$id === undefined ? flatten(target.allOf, place) : [target]
  })

const mergeProperties = (members: readonly TObject[]): Record<string, TSchema> => {
  const merged = new Map<string, TSchema>()
  for (const [name, property] of members.flatMap(member => Object.entries(member.properties))) {
    const other = merged.get(name)
    merged.set(name, other === undefined ? property : both(other, property))
  }
  return Object.fromEntries(merged)
}

/** Returns the numbers of properties that all members allow. */
const mergeCounts = (members: readonly TObject[]): ObjectOptions => {
  const least = members.flatMap(({ minProperties }) => minProperties ?? [])
  const most = members.flatMap(({ maxProperties }) => maxProperties ?? [])
  return {
    ...(least.length === 0 ? {} : { minProperties: Math.max(...least) }),
    ...(most.length === 0 ? {} : { maxProperties: Math.min(...most) }),
  }
}

/** Intersects a property of two members, which is optional only if it is so in both. */
const both = (one: TSchema, other: TSchema): TSchema => {
  if (JSON.stringify(one) === JSON.stringify(other)) return KindGuard.IsOptional(one) ? other : one
  const made = Type.Intersect([encoded(one), encoded(other)])
  return KindGuard.IsOptional(one) && KindGuard.IsOptional(other) ? Type.Optional(made) : made
}

/** Returns a schema without its transform, which TypeBox can't intersect. */
const encoded = (schema: TSchema): TSchema => {
  const copy = { ...schema }
  Reflect.deleteProperty(copy, TransformKind)
  return copy
}
