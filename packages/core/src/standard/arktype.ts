import { marked, type JsonSchema } from './json-schema.js'
import type { StandardIssue } from './specification.js'
import type { Vendor } from './vendor.js'

const mark = ({ code, base }: { readonly code: string; readonly base: JsonSchema }): JsonSchema =>
  marked(base, `JSON Schema has no ${CODES.get(code) ?? code}`)

const baseOf = ({ base }: { readonly base: JsonSchema }): JsonSchema => base

/** The meanings of the codes of ArkType for parts that its converter would leave out of the document. */
const CODES: ReadonlyMap<string, string> = new Map([
  ['arrayObject', 'array with other properties'],
  ['date', 'date'],
  ['domain', 'such type'],
  ['proto', 'instance of a class'],
  ['symbolKey', 'symbol as a key'],
  ['unit', 'such value'],
])

/** ArkType, from version 2.1.28. */
export const ARKTYPE: Vendor = {
  advice: 'use arktype 2.1.28 or later',
  marking: {
    // What a predicate checks is more than the document says, as a refinement of Zod.
    fallback: {
      ...Object.fromEntries(Array.from(CODES.keys(), code => [code, mark])),
      predicate: baseOf,
      patternIntersection: baseOf,
    },
  },
  conversionOf(schema) {
    const internal: unknown = Reflect.get(schema, 'internal')
    const nodes: unknown = Reflect.get(Object(internal), 'references')
    const isMorph = (node: unknown): boolean => Reflect.get(Object(node), 'kind') === 'morph'
    return isMorph(internal) || (Array.isArray(nodes) && nodes.some(isMorph)) ? 'one-way' : 'none'
  },
  messageOf(issue) {
    const { message, actual }: StandardIssue & { readonly actual?: unknown } = issue
    return typeof actual === 'string' ? message.replaceAll(` (was ${actual})`, '') : message
  },
}
