import { dereference, type OutputUnit, validate as check } from '@cfworker/json-schema'
import type { Api } from '../document/api.js'
import { toBase64, replaceBytes } from '../document/bytes.js'
import { isObject, property } from '../document/json.js'
import { isBytes } from '../document/bytes.js'
import { mapBinary } from './binary.js'

/** One way in which a value differs from its schema; `path` is a JSON pointer. */
export interface Issue {
  readonly path: string
  readonly message: string
}

/** Says how a value differs from a schema of the document. */
export type Validate = (schema: unknown, value: unknown) => readonly Issue[]

/** Checks values as the document says. What can't be checked, such as a schema of another document, passes. */
export const createValidate = (api: Api): Validate => {
  let lookup: Record<string, object | boolean> | undefined
  return (schema, value) => {
    if (schema === true || schema === undefined) return []
    if (schema === false) return [{ path: '', message: 'No value is allowed here.' }]
    if (value === undefined) return [{ path: '', message: 'A value is required.' }]
    if (!isObject(schema)) return []
    try {
      // It marks the objects it is given; those of the document are marked once, when first needed.
      lookup ??= dereference(isObject(api.document) ? { ...api.document } : {})
      const own = dereference(schema, Object.create(null), new URL('schema:own'))
      const json = withoutUndefined(replaceBytes(value, toBase64))
      const { errors } = check(json, schema, '7', { ...own, ...lookup }, false)
      return [...issuesOf(errors), ...byteIssues(api, schema, value)]
    } catch {
      return []
    }
  }
}

/** As JSON does it: a property without a value is none. */
const withoutUndefined = (value: unknown): unknown => JSON.parse(JSON.stringify(value) ?? 'null')

/** Errors that only say that there are others. */
const WRAPPERS: ReadonlySet<string> = new Set([
  '$ref',
  'properties',
  'patternProperties',
  'items',
  'prefixItems',
  'allOf',
  'if',
])

const issuesOf = (errors: readonly OutputUnit[]): readonly Issue[] => {
  const unions = errors.filter(({ keyword }) => keyword === 'anyOf' || keyword === 'oneOf')
  const isInUnion = ({ keywordLocation }: OutputUnit): boolean =>
    unions.some(union => keywordLocation.startsWith(`${union.keywordLocation}/`))
  const said = errors.filter(error => !WRAPPERS.has(error.keyword) && !isInUnion(error) && !hasInner(error, errors))
  const issues = said.map(error => issueOf(error))
  return issues.filter(
    ({ path, message }, index) => index === issues.findIndex(one => one.path === path && one.message === message),
  )
}

/** `additionalProperties` and its like are told of twice where their schema says what is wrong. */
const hasInner = (error: OutputUnit, errors: readonly OutputUnit[]): boolean =>
  error.keyword.startsWith('additional') &&
  errors.some(
    other =>
      other !== error && other.keyword !== 'false' && other.keywordLocation.startsWith(`${error.keywordLocation}/`),
  )

const issueOf = ({ keyword, instanceLocation, error }: OutputUnit): Issue => {
  const path = decodeURI(instanceLocation.replace(/^#/, ''))
  const missing = keyword === 'required' ? /property "(.*)"\.$/.exec(error)?.[1] : undefined
  if (missing !== undefined) return { path: `${path}/${escape(missing)}`, message: 'A value is required.' }
  if (keyword === 'false') return { path, message: 'Nothing may stand here: the contract does not name it.' }
  return {
    path,
    message: error.replace(/^(Instance|String|Array|Object) /, word => `${WORDS[word.trim()] ?? 'The value'} `),
  }
}

const WORDS: Readonly<Record<string, string>> = {
  Instance: 'The value',
  String: 'The text',
  Array: 'The list',
  Object: 'The object',
}

/** A word of a JSON pointer. */
export const escape = (word: string): string => word.replaceAll('~', '~0').replaceAll('/', '~1')

const byteIssues = (api: Api, schema: unknown, value: unknown): readonly Issue[] => {
  const issues: Issue[] = []
  mapBinary(api.resolve, schema, value, (bytes, own, path) => {
    if (!isBytes(bytes)) return bytes
    const [least, most] = [property(own, 'x-minByteLength'), property(own, 'x-maxByteLength')]
    if (typeof least === 'number' && bytes.byteLength < least)
      issues.push({ path, message: `At least ${least} bytes are wanted; these are ${bytes.byteLength}.` })
    if (typeof most === 'number' && bytes.byteLength > most)
      issues.push({ path, message: `At most ${most} bytes are taken; these are ${bytes.byteLength}.` })
    return bytes
  })
  return issues
}
