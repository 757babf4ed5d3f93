import { KindGuard, type TSchema } from '@sinclair/typebox'
import { copyOf, isBytes, isObject, put, type Step } from './rewrite.js'
import { throwAt } from './transform-error.js'

/**
 * Compiles the step that rewrites the properties of an object; `undefined` if none has a step. `visits` returns whether
 * a declared property is rewritten where it is missing or `undefined`.
 */
export const propertiesOf = (
  schema: TSchema,
  inner: (part: TSchema) => Step | undefined,
  visits: (property: TSchema, isMissing: boolean) => boolean,
): Step | undefined => {
  const named = Object.entries<TSchema>(schema['properties'] ?? {}).flatMap(([key, property]) => {
    const step = inner(property)
    return step === undefined
      ? []
      : { key, step, visitsMissing: visits(property, true), visitsUndefined: visits(property, false) }
  })
  const others = othersOf(schema, inner)
  if (named.length === 0 && others === undefined) return undefined
  return (value, done) => {
    if (!isObject(value) || isBytes(value)) return value
    let made = value
    let at = ''
    try {
      for (const { key, step, visitsMissing, visitsUndefined } of named) {
        at = key
        const isOwn = Object.hasOwn(value, key)
        const before = isOwn ? value[key] : undefined
        if (before === undefined && !(isOwn ? visitsUndefined : visitsMissing)) continue
        made = withProperty(value, made, key, before, step(before, done))
      }
      if (others === undefined) return made
      for (const key of Object.keys(value)) {
        at = key
        const step = others(key)
        if (step !== undefined) made = withProperty(value, made, key, value[key], step(value[key], done))
      }
    } catch (error) {
      throwAt(at, error)
    }
    return made
  }
}

type Properties = Record<string, unknown>

/** Returns the object made so far with one more property rewritten, as a copy if it is still the original. */
const withProperty = (
  value: Properties,
  made: Properties,
  key: string,
  before: unknown,
  after: unknown,
): Properties => {
  if (after === before) return made
  const copy = made === value ? copyOf(value) : made
  put(copy, key, after)
  return copy
}

/**
 * Returns a function from the key of a property without a name of its own in the schema to its step; `undefined` if
 * there are no such steps.
 */
const othersOf = (
  schema: TSchema,
  inner: (part: TSchema) => Step | undefined,
): ((key: string) => Step | undefined) | undefined => {
  const named = new Set(Object.keys(schema['properties'] ?? {}))
  const patterns = Object.entries(schema['patternProperties'] ?? {}).map(
    ([pattern, part]) => [new RegExp(pattern), KindGuard.IsSchema(part) ? inner(part) : undefined] as const,
  )
  const additional: unknown = schema['additionalProperties']
  const rest = KindGuard.IsSchema(additional) ? inner(additional) : undefined
  if (rest === undefined && patterns.every(([, step]) => step === undefined)) return undefined
  return key => {
    if (named.has(key)) return undefined
    const pattern = patterns.find(([matches]) => matches.test(key))
    return pattern === undefined ? rest : pattern[1]
  }
}
