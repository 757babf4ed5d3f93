import { dereference, type OutputUnit, validate as check } from '@cfworker/json-schema'
import type { Api } from '../../document/api.js'
import { replaceBytes, toBase64 } from '../../document/bytes.js'
import { inside, isJson } from '../../../parse/json.js'
import { escape, unescape } from '../../../parse/reference.js'
import { byteIssuesOf } from './byte-length.js'
import type { Issue } from './issue.js'
import { unreadIn } from './unread.js'

/** Returns the issues of a value for a schema of the document. */
export type Validate = (schema: unknown, value: unknown) => readonly Issue[]

/**
 * Creates a validator for the document's schemas. Schemas that can't be checked, such as those of other documents, accept
 * everything.
 */
export const createValidate = (api: Api): Validate => {
  let lookup: ReturnType<typeof dereference> | undefined
  const marked = new WeakSet<object>()
  const checkValue: Validate = (schema, value) => {
    if (schema === true || schema === undefined) return []
    if (schema === false) return [{ path: '', message: 'No value is allowed here.' }]
    if (value === undefined) return [{ path: '', message: 'A value is required.' }]
    if (!isJson(schema)) return []
    try {
      // The validator writes into the schemas, so it gets a copy of the document's top level, created on first use.
      lookup ??= dereference(isJson(api.document) ? { ...api.document } : {})
      if (!marked.has(schema)) dereference(schema)
      marked.add(schema)
      const json = withoutUndefined(replaceBytes(value, toBase64))
      const { errors } = check(json, schema, '7', lookup, false)
      const accepts = (variant: unknown, part: unknown): boolean =>
        isJson(variant) && check(withoutUndefined(replaceBytes(part, toBase64)), variant, '7', lookup).valid
      return [
        ...issuesOf(errors).map(issue => asMissing(issue, value)),
        ...byteIssuesOf(api.resolve, { schema, value }, accepts),
      ]
    } catch {
      return []
    }
  }
  return (schema, value) => {
    const unread = unreadIn(value)
    if (unread.length === 0) return checkValue(schema, value)
    const isCovered = ({ path }: Issue): boolean =>
      unread.some(each => path === each.path || path.startsWith(`${each.path}/`))
    return [...unread, ...checkValue(schema, value).filter(issue => !isCovered(issue))]
  }
}

/** Removes properties without a value, as JSON does. */
const withoutUndefined = (value: unknown): unknown => JSON.parse(JSON.stringify(value) ?? 'null')

/** Reports a missing value as missing, although JSON has turned it into null. */
const asMissing = (issue: Issue, value: unknown): Issue =>
  inside(value, ...issue.path.split('/').slice(1).map(unescape)) === undefined
    ? { ...issue, message: 'A value is required.' }
    : issue

/** Keywords whose errors only state that there are nested errors. */
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

/** Replaces the errors of a union's variants by those of the intended variant. */
const flatten = (errors: readonly OutputUnit[]): readonly OutputUnit[] => {
  const union = errors.find(({ keyword }) => keyword === 'anyOf' || keyword === 'oneOf')
  if (union === undefined) return errors
  const inner = errors.filter(({ keywordLocation }) => keywordLocation.startsWith(`${union.keywordLocation}/`))
  const rest = errors.filter(error => error !== union && !inner.includes(error))
  return [...flatten(rest), ...(meantIn(union, inner) ?? [union])]
}

/** Returns the errors of the only variant with matching type and constants, or `undefined` if there are several or none. */
const meantIn = (union: OutputUnit, inner: readonly OutputUnit[]): readonly OutputUnit[] | undefined => {
  const variants = new Map<string, OutputUnit[]>()
  for (const error of inner) {
    const [variant = ''] = error.keywordLocation.slice(union.keywordLocation.length + 1).split('/', 1)
    variants.set(variant, [...(variants.get(variant) ?? []), error])
  }
  const meant = [...variants.values()].filter(variant => !variant.some(error => tellsApart(error, union)))
  return meant.length === 1 && meant[0] !== undefined ? flatten(meant[0]) : undefined
}

const tellsApart = ({ keyword, instanceLocation: place, error }: OutputUnit, union: OutputUnit): boolean =>
  ((keyword === 'const' || (keyword === 'enum' && ONE.test(error))) && place !== union.instanceLocation) ||
  ((keyword === 'type' || keyword === 'const' || keyword === 'enum') && place === union.instanceLocation)

/** Matches the message of an `enum` of one string. */
const ONE = /\["(?:[^"\\]|\\.)*"\]/

/** Returns true if a nested error describes the problem of `additionalProperties` and the like in more detail. */
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
  if (keyword === 'false') return { path, message: 'This is not allowed: the contract does not declare it.' }
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
