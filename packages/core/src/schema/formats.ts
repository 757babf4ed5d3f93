import { FormatRegistry } from '@sinclair/typebox'

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
export const describeFormatProblem = (format: string): string | undefined =>
  standard.has(format) || FormatRegistry.Has(format)
    ? undefined
    : `unknown format "${format}"; register it above the contract with FormatRegistry.Set("${format}", value => …), ` +
      `or use one of ${STANDARD_FORMATS.join(', ')}`
