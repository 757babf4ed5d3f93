import { KindGuard } from '@sinclair/typebox'
import type { Translate } from './registry.js'
import { leastItems } from './filled.js'
import { keywordsOf } from './keywords.js'
import { inside } from './place.js'

/** Writes an array with its items. */
export const createArray: Translate = (schema, registry, place) => {
  if (!KindGuard.IsArray(schema)) return keywordsOf(schema)
  return {
    ...keywordsOf(schema, 'items', 'contains'),
    items: registry.use(schema.items, inside(place, '.items', 'item')),
    // Draft-07 has no `minContains`, and requires one.
    ...(KindGuard.IsSchema(schema.contains) && schema.minContains !== 0
      ? { contains: registry.use(schema.contains, inside(place, '.contains', 'contained')) }
      : {}),
  }
}

/** Writes a tuple in draft-07: `items` lists the members, and nothing may follow. */
export const createTuple: Translate = (schema, registry, place) => {
  if (!KindGuard.IsTuple(schema) || schema.items === undefined) return keywordsOf(schema)
  return {
    ...keywordsOf(schema, 'items'),
    items: schema.items.map((item, index) => registry.use(item, inside(place, `.items[${index}]`, `item${index + 1}`))),
    additionalItems: false,
    ...(place.fills ? { minItems: leastItems(schema.items, place) } : {}),
  }
}

/** Writes the schema that a value must not match. */
export const createNot: Translate = (schema, registry, place) => ({
  ...keywordsOf(schema, 'not'),
  not: KindGuard.IsNot(schema) ? registry.use(schema.not, inside(place, '.not', 'not')) : {},
})
