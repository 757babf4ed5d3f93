import { isPromise, holdPromise, assertNoPromise } from '../thenable.js'
import { areEqual } from '../codec/equality.js'
import { isPlainObject } from '../definition-error.js'
import { ARKTYPE } from './arktype.js'
import { issuesOf } from './issues.js'
import { markedIn, unwrapped, type JsonSchema } from './json-schema.js'
import type { LibrarySchema } from './library.js'
import type { Outcome } from './outcome.js'
import type { StandardResult, StandardSchema } from './specification.js'
import { VALIBOT } from './valibot.js'
import type { Vendor, Conversion } from './vendor.js'
import { ZOD } from './zod.js'

const VENDORS: ReadonlyMap<string, Vendor> = new Map([
  ['arktype', ARKTYPE],
  ['valibot', VALIBOT],
  ['zod', ZOD],
])

const UNKNOWN: Vendor = {}

/** Returns whether a value is a schema of Standard Schema. It may have no JSON Schema, whatever its type says. */
export const isStandard = (value: object): value is StandardSchema => '~standard' in value

/** Returns a schema of Standard Schema as its library handles it. @throws TypeError for one without JSON Schema. */
export const standardLibrary = (schema: StandardSchema): LibrarySchema => {
  const { vendor: library, validate, jsonSchema } = schema['~standard']
  const vendor = VENDORS.get(library) ?? UNKNOWN
  if (typeof jsonSchema?.input !== 'function' || typeof validate !== 'function') {
    const advice =
      vendor.advice ?? 'use a version of the library with Standard JSON Schema, or write the schema with TypeBox'
    throw new TypeError(`ackwire: from: the schema of ${library} has no JSON Schema; ${advice}`)
  }
  const outcomeOf = (
    value: unknown,
    call: (value: unknown) => StandardResult | PromiseLike<StandardResult>,
  ): Outcome => {
    try {
      const result = call(value)
      if (isPromise(result)) {
        holdPromise(result)
        vendor.rethrow?.(schema, value)
        return assertNoPromise(
          Promise.resolve(result),
          `from, ${library}`,
          'a schema that validates synchronously',
          ADVICE,
        ) as never
      }
      const { issues } = result
      if (issues === undefined) return { kind: 'valid', value: result.value }
      return { kind: 'invalid', issues: () => issuesOf(issues, value, vendor.messageOf) }
    } catch (error) {
      return { kind: 'failed', error }
    }
  }
  const check = (value: unknown): Outcome => outcomeOf(value, validate)
  const { json, problem } = written(schema, vendor)
  const conversion = problem === undefined ? conversionOf(schema, vendor, json) : 'none'
  return {
    library,
    json,
    problem,
    oneWay: conversion === 'one-way' ? oneWay(library) : undefined,
    converts: conversion !== 'none',
    ...(vendor.isOptional && { isOptional: vendor.isOptional(schema) }),
    validate: check,
    encode:
      conversion === 'two-way'
        ? value => outcomeOf(value, each => vendor.encode?.(schema, each) ?? validate(each))
        : conversion === 'none'
          ? check
          : // Only the form in which it is received is known.
            value => {
              const outcome = check(value)
              return outcome.kind === 'valid' ? { kind: 'valid', value } : outcome
            },
  }
}

/** Returns the JSON Schema of the values that a schema receives, and the place that the library can't express, if there is one. */
const written = (
  { '~standard': { jsonSchema } }: StandardSchema,
  { marking, isStrict = marking === undefined }: Vendor,
): Pick<LibrarySchema, 'json' | 'problem'> => {
  const write = (libraryOptions?: Vendor['marking']): JsonSchema =>
    jsonSchema.input({ target: 'draft-07', ...(libraryOptions && { libraryOptions }) })
  try {
    const json = write(isStrict ? undefined : marking)
    return { json: unwrapped(json), problem: isStrict ? undefined : markedIn(json) }
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    return { json: {}, problem: { step: isStrict && marking ? (markedIn(write(marking))?.step ?? '') : '', message } }
  }
}

/** Returns how a schema converts values. A schema whose library is not known converts them unless both sides are equal. */
const conversionOf = (schema: StandardSchema, vendor: Vendor, json: JsonSchema): Conversion => {
  if (vendor.conversionOf !== undefined) return vendor.conversionOf(schema)
  try {
    const output = unwrapped(schema['~standard'].jsonSchema.output({ target: 'draft-07' }))
    return areEqual(comparable(json), comparable(output)) ? 'none' : 'one-way'
  } catch {
    return 'one-way'
  }
}

/** Returns a schema without what differs between the two sides of a default, or of an object that loses other properties. */
const comparable = (part: unknown): unknown => {
  if (Array.isArray(part)) return part.map(comparable)
  if (!isPlainObject(part)) return part
  const kept = Object.entries(part).filter(([keyword]) => !SIDED.has(keyword))
  return Object.fromEntries(kept.map(([keyword, value]) => [keyword, comparable(value)]))
}

const SIDED: ReadonlySet<string> = new Set(['$schema', 'additionalProperties', 'default', 'required'])

const ADVICE = 'leave out asynchronous checks and transforms, and await in the handler'

const oneWay = (library: string): string =>
  `the schema converts the values that it receives, and ${library} can't convert them back; ` +
  (library === 'zod'
    ? 'use z.codec, or a schema of the values that are sent'
    : 'use a schema of the values that are sent')
