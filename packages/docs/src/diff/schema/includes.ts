import { canonical, isJson, jsonOf, listOf } from '../../parse/json.js'
import { lookUp } from '../../parse/reference.js'
import { anyReasons, byCases, oneReasons } from './alternative.js'
import { isDisjoint, isEmpty } from './empty.js'
import { ownReasons } from './own.js'
import { type Claim, differs, type Prove, type Reason, unclear } from './reason.js'
import { isSameSchema } from './same.js'
import { type Atom, atomsOf, part, type Schema } from './schema.js'

/** The number of steps after which a proof is abandoned. */
const MOST_STEPS = 20_000

/** The number of references inside each other up to which they are followed at once; those beyond are followed afterwards. */
const MOST_NESTED = 100

/** The claims that a proof may assume, from the innermost outwards. */
interface Assumed {
  readonly key: string
  /** True if the claim is about an outer place, where values are larger. */
  readonly isAbove: boolean
  readonly outer: Assumed | undefined
  /** The number of claims. */
  readonly depth: number
}

/** The state of a search for reasons. */
interface Search {
  steps: number
  /** The number of times that a claim has been assumed. */
  assumptions: number
  /** The reasons of references that have been followed, which depend on nothing that was assumed; their paths begin there. */
  readonly known: Map<string, readonly Reason[]>
  readonly later: (() => readonly Reason[])[]
}

/**
 * Returns the reasons why `outer` may not accept every value of `inner`; an empty list is a proof that it does. If nothing can be
 * proved, there is a reason, so that errors are on the safe side.
 */
export const includes = (inner: Schema, outer: Schema, path: string): readonly Reason[] => {
  const search: Search = { steps: 0, assumptions: 0, known: new Map(), later: [] }
  const reasons = [...proveIn(undefined, search)([inner], outer, path, true)]
  for (let next = search.later.pop(); next !== undefined; next = search.later.pop()) reasons.push(...next())
  return reasons
}

const proveIn =
  (assumed: Assumed | undefined, search: Search): Prove =>
  (schemas, target, at, descends) => {
    if (++search.steps > MOST_STEPS) return [unclear(at, 'size', undefined, undefined)]
    return proveOne({ inner: schemas, outer: target, path: at }, descends ? below(assumed) : assumed, search)
  }

/** Returns the claims as those of an outer place. */
const below = (assumed: Assumed | undefined): Assumed | undefined =>
  assumed === undefined || assumed.isAbove ? assumed : { ...assumed, isAbove: true }

/** Returns true if a claim is assumed at an outer place, false if it is at the same one, and `undefined` if it is not. */
const isAssumedAbove = (key: string, assumed: Assumed | undefined): boolean | undefined => {
  let isAbove = false
  for (let each = assumed; each !== undefined; each = each.outer) {
    isAbove ||= each.isAbove
    if (each.key === key) return isAbove
  }
  return undefined
}

const proveOne = ({ inner, outer, path }: Claim, assumed: Assumed | undefined, search: Search): readonly Reason[] => {
  const { value, ...place } = outer
  if (value === true || isGiven(inner, outer) || isEmpty(inner)) return []
  if (!isJson(value))
    // In the data of errors without any, `false` says that there is none.
    return [value === false ? differs(path, 'property', true, false) : unclear(path, 'schema', undefined, value)]
  if (typeof value['$ref'] === 'string') return proveReference({ inner, outer, path }, assumed, search)
  return proveParts(inner, { ...place, keywords: value }, path, proveIn(assumed, search))
}

/** Proves what the target of a reference has to accept: at once, by what is known of it, or later. */
const proveReference = (claim: Claim, assumed: Assumed | undefined, search: Search): readonly Reason[] => {
  const { inner, outer, path } = claim
  const { $ref, ...beside } = jsonOf(outer.value)
  const pointer = String($ref)
  const target = lookUp(outer.document, pointer)
  if (target === undefined) return [unclear(path, '$ref', undefined, pointer)]
  const key = canonical([inner.map(({ value, onlyDeclared }) => [value, onlyDeclared]), pointer, beside])
  // A proof may assume itself one level further down, where values are smaller, but not at the same place.
  const isAbove = isAssumedAbove(key, assumed)
  if (isAbove !== undefined) {
    search.assumptions++
    return isAbove ? [] : [unclear(path, '$ref', undefined, pointer)]
  }
  // One reason is enough where the same reference is followed again, since each may have many.
  const known = search.known.get(key)?.slice(0, 1)
  if (known !== undefined) return known.map(reason => at(reason, path + reason.path))
  const prove = proveIn({ key, isAbove: false, outer: assumed, depth: (assumed?.depth ?? 0) + 1 }, search)
  // Some readers don't ignore keywords beside a reference.
  const follow = (): readonly Reason[] => [
    ...prove(inner, { ...outer, value: target }, path, false),
    ...prove(inner, { ...outer, value: beside }, path, false),
  ]
  if (assumed !== undefined && assumed.depth > 0 && assumed.depth % MOST_NESTED === 0) {
    search.later.push(follow)
    search.assumptions++
    return []
  }
  const before = search.assumptions
  const reasons = follow()
  if (search.assumptions === before)
    search.known.set(
      key,
      reasons.map(reason => at(reason, reason.path.slice(path.length))),
    )
  return reasons
}

const at = ({ what, inner, outer, isUnclear }: Reason, path: string): Reason => ({
  path,
  what,
  inner,
  outer,
  isUnclear,
})

/** Returns true if one of the inner schemas is the outer one. */
const isGiven = (inner: readonly Schema[], outer: Schema): boolean =>
  inner.some(schema => isSameSchema(schema, outer)) ||
  atomsOf(inner).atoms.some(atom => isSameSchema(part(atom, atom.keywords), outer))

/** Proves each part of a schema by itself. */
const proveParts = (inner: readonly Schema[], outer: Atom, path: string, prove: Prove): readonly Reason[] => {
  const { allOf, anyOf, oneOf, not, ...own } = outer.keywords
  const members = (list: unknown): readonly Schema[] => listOf(list).map(value => part(outer, value))
  const orCases = (reasons: readonly Reason[], keyword: string): readonly Reason[] =>
    reasons.length === 0
      ? []
      : byCases({ inner, outer: part(outer, { [keyword]: outer.keywords[keyword] }), path }, reasons, prove)
  return [
    ...members(allOf).flatMap(member => prove(inner, member, path, false)),
    ...(anyOf === undefined ? [] : orCases(anyReasons(inner, members(anyOf), path, prove), 'anyOf')),
    ...(oneOf === undefined ? [] : orCases(oneReasons(inner, members(oneOf), path, prove), 'oneOf')),
    ...(not === undefined ? [] : orCases(notReasons(inner, part(outer, not), path), 'not')),
    ...ownReasons(inner, { ...outer, keywords: own }, path, prove),
  ]
}

const notReasons = (inner: readonly Schema[], refused: Schema, path: string): readonly Reason[] => {
  const { atoms } = atomsOf(inner)
  const isSaid = atoms.some(atom => 'not' in atom.keywords && isSameSchema(part(atom, atom.keywords['not']), refused))
  return isSaid || isDisjoint(inner, refused) ? [] : [unclear(path, 'not', undefined, refused.value)]
}
