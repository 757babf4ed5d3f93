import { dereference, type OutputUnit, validate as check } from '@cfworker/json-schema'
import type { Api } from '../../document/api.js'
import { isBytes, replaceBytes, toBase64 } from '../../document/bytes.js'
import { inside, isJson, property } from '../../../parse/json.js'
import { escape, unescape } from '../../../parse/reference.js'
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
  let lookup: ReturnType<typeof dereference> | undefined
  const marked = new WeakSet<object>()
  return (schema, value) => {
    if (schema === true || schema === undefined) return []
    if (schema === false) return [{ path: '', message: 'No value is allowed here.' }]
    if (value === undefined) return [{ path: '', message: 'A value is required.' }]
    if (!isJson(schema)) return []
    try {
      // It writes into each schema where it points to, those of the document when the first is needed.
      lookup ??= dereference(isJson(api.document) ? { ...api.document } : {})
      if (!marked.has(schema)) dereference(schema)
      marked.add(schema)
      const json = withoutUndefined(replaceBytes(value, toBase64))
      const { errors } = check(json, schema, '7', lookup, false)
      return [...issuesOf(errors).map(issue => asMissing(issue, value)), ...byteIssues(api, schema, value)]
    } catch {
      return []
    }
  }
}

/** As JSON does it: a property without a value is none. */
const withoutUndefined = (value: unknown): unknown => JSON.parse(JSON.stringify(value) ?? 'null')

/** What has no value yet became null on its way through JSON, and is told of as what it is. */
const asMissing = (issue: Issue, value: unknown): Issue =>
  inside(value, ...issue.path.split('/').slice(1).map(unescape)) === undefined
    ? { ...issue, message: 'A value is required.' }
    : issue

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
  const issues = flatten(errors)
    .filter(error => !WRAPPERS.has(error.keyword) && !hasInner(error, errors))
    .map(issueOf)
  return issues.filter(
    ({ path, message }, index) => index === issues.findIndex(one => one.path === path && one.message === message),
  )
}

/** Errors in which what is wrong with the variants of a union has become what is wrong with the one that was meant. */
const flatten = (errors: readonly OutputUnit[]): readonly OutputUnit[] => {
  const union = errors.find(({ keyword }) => keyword === 'anyOf' || keyword === 'oneOf')
  if (union === undefined) return errors
  const inner = errors.filter(({ keywordLocation }) => keywordLocation.startsWith(`${union.keywordLocation}/`))
  const rest = errors.filter(error => error !== union && !inner.includes(error))
  return [...flatten(rest), ...(meantIn(union, inner) ?? [union])]
}

/** The errors of the only variant whose type and constants are right; nobody can say what was meant where several are. */
const meantIn = (union: OutputUnit, inner: readonly OutputUnit[]): readonly OutputUnit[] | undefined => {
  const variants = new Map<string, OutputUnit[]>()
  for (const error of inner) {
    const [variant = ''] = error.keywordLocation.slice(union.keywordLocation.length + 1).split('/', 1)
    variants.set(variant, [...(variants.get(variant) ?? []), error])
  }
  const meant = [...variants.values()].filter(
    variant => !variant.some(({ keyword, instanceLocation }) => tellsApart(keyword, instanceLocation, union)),
  )
  return meant.length === 1 && meant[0] !== undefined ? flatten(meant[0]) : undefined
}

const tellsApart = (keyword: string, place: string, union: OutputUnit): boolean =>
  (keyword === 'const' && place !== union.instanceLocation) ||
  ((keyword === 'type' || keyword === 'const' || keyword === 'enum') && place === union.instanceLocation)

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
  if (keyword === 'oneOf' && !error.includes('(0 ')) return { path, message: 'It matches more than one alternative.' }
  if (keyword === 'oneOf' || keyword === 'anyOf') return { path, message: 'It matches none of the alternatives.' }
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

const byteIssues = (api: Api, schema: unknown, value: unknown): readonly Issue[] => {
  const issues: Issue[] = []
  mapBinary(api.resolve, { schema, value }, (bytes, own, path) => {
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
