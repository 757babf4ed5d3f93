import { KindGuard } from '@sinclair/typebox'
import type { Translate } from './registry.js'
import { keywordsOf } from './keywords.js'
import { inside } from './place.js'

/** An array, with what it holds. */
export const createArray: Translate = (schema, registry, place) => {
  if (!KindGuard.IsArray(schema)) return keywordsOf(schema)
  return {
    ...keywordsOf(schema, 'items', 'contains'),
    items: registry.use(schema.items, inside(place, '.items', 'item')),
    ...(KindGuard.IsSchema(schema.contains)
      ? { contains: registry.use(schema.contains, inside(place, '.contains', 'contained')) }
      : {}),
  }
}

/** A tuple as draft-07 has it: `items` is the list of the members, and nothing comes after them. */
export const createTuple: Translate = (schema, registry, place) => {
  if (!KindGuard.IsTuple(schema) || schema.items === undefined) return keywordsOf(schema)
  return {
    ...keywordsOf(schema, 'items'),
    items: schema.items.map((item, index) => registry.use(item, inside(place, `.items[${index}]`, `item${index + 1}`))),
    additionalItems: false,
  }
}

/** What a value must not be. */
export const createNot: Translate = (schema, registry, place) => ({
  ...keywordsOf(schema, 'not'),
  not: KindGuard.IsNot(schema) ? registry.use(schema.not, inside(place, '.not', 'not')) : {},
})
