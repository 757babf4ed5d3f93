import { isPlainObject } from '../definition-error.js'
import { marked } from './json-schema.js'
import type { StandardIssue, StandardSchema } from './specification.js'
import type { Conversion, Vendor } from './vendor.js'

/** Zod, from version 4.2. */
export const ZOD: Vendor = {
  advice: 'use zod 4.2 or later, and import from "zod", since schemas of "zod/mini" have none',
  isStrict: true,
  marking: {
    unrepresentable: 'any',
    override({ zodSchema, jsonSchema }: { zodSchema: unknown; jsonSchema: Record<string, unknown> }) {
      const type: unknown = definitionOf(zodSchema)?.['type']
      if (typeof type === 'string' && UNREPRESENTABLE.has(type))
        Object.assign(jsonSchema, marked(jsonSchema, `${type} is not a type of JSON`))
    },
  },
  conversionOf(schema) {
    const kinds = new Set<Conversion>()
    collect(schema, kinds, new Set())
    return kinds.has('one-way') ? 'one-way' : kinds.has('two-way') ? 'two-way' : 'none'
  },
  isOptional(schema) {
    // What is converted first can be anything, and is not missing for that.
    const isFirstConverted = definitionOf(definitionOf(schema)?.['in'])?.['type'] === 'transform'
    return !isFirstConverted && Reflect.get(Object(Reflect.get(schema, '_zod')), 'optin') !== undefined
  },
  rethrow(schema, value) {
    try {
      methodsOf(schema).safeParse?.(value)
    } catch (error) {
      if (!(error instanceof Error && error.message.startsWith('Encountered Promise during synchronous parse')))
        throw error
    }
  },
  encode(schema, value) {
    const result = methodsOf(schema).safeEncode?.(value)
    if (result === undefined) throw new TypeError('ackwire: from: zod has no encoder; use zod 4.2 or later')
    return result.success ? { value: result.data } : { issues: result.error?.issues ?? [] }
  },
}

/** The methods of a Zod schema that the standard does not have. They look at a value synchronously, or throw. */
interface ZodMethods {
  readonly safeParse?: (value: unknown) => ZodResult
  readonly safeEncode?: (value: unknown) => ZodResult
}

interface ZodResult {
  readonly success: boolean
  readonly data?: unknown
  readonly error?: { readonly issues: readonly StandardIssue[] }
}

const methodsOf = (schema: StandardSchema): ZodMethods => schema as StandardSchema & ZodMethods // It is one of Zod.

/** The types that Zod does not write as JSON Schema. */
const UNREPRESENTABLE: ReadonlySet<string> = new Set([
  'bigint',
  'custom',
  'date',
  'function',
  'map',
  'nan',
  'set',
  'symbol',
  'transform',
  'undefined',
  'void',
])

const definitionOf = (schema: unknown): Readonly<Record<string, unknown>> | undefined => {
  const internals: unknown = Reflect.get(Object(schema), '_zod')
  const definition: unknown = Reflect.get(Object(internals), 'def')
  return typeof definition === 'object' && definition !== null ? { ...definition } : undefined
}

/** Collects the conversions of a schema and those inside it. */
const collect = (part: unknown, kinds: Set<Conversion>, seen: Set<unknown>): void => {
  if (seen.has(part)) return
  seen.add(part)
  const definition = definitionOf(part)
  if (definition === undefined) return
  const { type, reverseTransform, getter } = definition
  if (type === 'transform') kinds.add('one-way')
  if (typeof reverseTransform === 'function') kinds.add('two-way')
  if (type === 'lazy' && typeof getter === 'function') collect(getter(), kinds, seen)
  for (const inner of Object.values(definition)) {
    collect(inner, kinds, seen)
    if (Array.isArray(inner)) for (const each of inner) collect(each, kinds, seen)
    else if (isPlainObject(inner)) for (const each of Object.values(inner)) collect(each, kinds, seen)
  }
}
