import { FormatRegistry } from '@sinclair/typebox'
import { holdPromise } from '../thenable.js'

/**
 * The string formats that a contract can use without registering them: those of JSON Schema (draft 2020-12 validation,
 * section 7.3) and `password`, which the format registry of OpenAPI defines as a hint that accepts every string.
 */
const STANDARD_FORMATS = [
  'date-time',
  'date',
  'time',
  'duration',
  'email',
  'idn-email',
  'hostname',
  'idn-hostname',
  'ipv4',
  'ipv6',
  'uri',
  'uri-reference',
  'iri',
  'iri-reference',
  'uuid',
  'uri-template',
  'json-pointer',
  'relative-json-pointer',
  'regex',
  'password',
] as const

export type StandardFormat = (typeof STANDARD_FORMATS)[number]

const standard: ReadonlySet<string> = new Set(STANDARD_FORMATS)

/**
 * Returns the reason why a format cannot be used, or `undefined` for a standard format or one that the application has
 * registered.
 */
export const describeFormatProblem = (format: string): string | undefined => {
  const check = FormatRegistry.Get(format)
  if (check !== undefined) return describePromise(`the check of the format "${format}"`, () => check(''))
  return standard.has(format)
    ? undefined
    : `unknown format "${format}"; register it above the contract with FormatRegistry.Set("${format}", value => …), ` +
        `or use one of ${STANDARD_FORMATS.join(', ')}`
}

/**
 * Returns the reason why a check that the application has registered cannot be used: TypeBox would take a promise for a
 * value that matches.
 */
export const describePromise = (name: string, check: () => unknown): string | undefined => {
  try {
    return holdPromise(check()) ? `${name} returns a promise; make it synchronous` : undefined
  } catch {
    // It is called without a real value here.
    return undefined
  }
}
