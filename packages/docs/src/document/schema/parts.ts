import { Hint, Kind, KindGuard, type TSchema } from '@sinclair/typebox'
import type { Place } from './place.js'

/** Whether an `$id` is one that TypeBox made up: it numbers recursive schemas by the order of their creation. */
export const isUnnamed = (schema: TSchema): boolean =>
  Reflect.get(schema, Hint) === 'Recursive' && /^T\d+$/.test(schema.$id ?? '')

/** The `$id`s in a schema, at any depth. */
export const idsIn = (schema: unknown): string[] => partsIn(schema).flatMap(part => part.$id ?? [])

/** The names that parts of a schema have of themselves, at any depth: no name that is made up may be one of them. */
export const namesIn = (schema: unknown): string[] =>
  partsIn(schema)
    .flatMap((part): unknown[] =>
      [part.$id, part.title, KindGuard.IsImport(part) ? Object.keys(part.$defs) : []].flat(),
    )
    .filter(name => typeof name === 'string')

/** A schema and all schemas in it. */
export const partsIn = (schema: unknown): TSchema[] => {
  if (typeof schema !== 'object' || schema === null) return []
  const inner = Object.entries(schema)
    // Among an object's properties, the same words are names.
    .filter(([keyword]) => !(Kind in schema && VALUES.has(keyword)))
    .flatMap(([, part]) => partsIn(part))
  return KindGuard.IsSchema(schema) ? [schema, ...inner] : inner
}

/** All that makes a schema what it is: itself, and what it refers to. The same words mean another thing in another module. */
export const sourceOf = (schema: TSchema, scope: Place['scope']): string => {
  const targets = new Map<string, TSchema>()
  const visit = (part: TSchema): void => {
    for (const { $ref } of partsIn(part).filter(isReference)) {
      const target = scope.get($ref)?.schema
      if (target === undefined || targets.has($ref)) continue
      targets.set($ref, target)
      visit(target)
    }
  }
  visit(schema)
  return JSON.stringify([schema, ...targets])
}

const isReference = (part: TSchema): part is TSchema & { $ref: string } =>
  KindGuard.IsRef(part) || KindGuard.IsThis(part)

/** Keywords whose value is data, not a schema. */
const VALUES: ReadonlySet<string> = new Set(['default', 'examples', 'example', 'const', 'enum'])
