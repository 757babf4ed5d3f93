import { canonical, isJson, listOf } from '../../parse/json.js'
import { lookUp } from '../../parse/reference.js'
import { anyReasons, byCases, oneReasons } from './alternative.js'
import { isDisjoint, isEmpty } from './empty.js'
import { ownReasons } from './own.js'
import { type Claim, differs, type Prove, type Reason, unclear } from './reason.js'
import { isSameSchema } from './same.js'
import { type Atom, atomsOf, part, type Schema } from './schema.js'

/** The number of steps after which a proof is abandoned. */
const MOST_STEPS = 20_000

/** The pairs of schemas that a proof may assume: those at outer places, and those at the current place. */
interface Assumed {
  readonly above: ReadonlySet<string>
  readonly here: ReadonlySet<string>
}

/**
 * Returns the reasons why `outer` may not accept every value of `inner`; an empty list is a proof that it does. If nothing can be
 * proved, there is a reason, so that errors are on the safe side.
 */
export const includes = (inner: Schema, outer: Schema, path: string): readonly Reason[] => {
  let steps = 0
  const proveIn =
    (assumed: Assumed): Prove =>
    (schemas, target, at, descends) => {
      if (++steps > MOST_STEPS) return [unclear(at, 'size', undefined, undefined)]
      const here = descends ? { above: new Set([...assumed.above, ...assumed.here]), here: new Set<string>() } : assumed
      return proveOne({ inner: schemas, outer: target, path: at }, here, proveIn)
    }
  return proveIn({ above: new Set(), here: new Set() })([inner], outer, path, true)
}

type ProveIn = (assumed: Assumed) => Prove

const proveOne = ({ inner, outer, path }: Claim, assumed: Assumed, proveIn: ProveIn): readonly Reason[] => {
  const { value, ...place } = outer
  if (value === true || isGiven(inner, outer) || isEmpty(inner)) return []
  if (!isJson(value))
    // In the data of errors without any, `false` says that there is none.
    return [value === false ? differs(path, 'property', true, false) : unclear(path, 'schema', undefined, value)]

  const { $ref, ...beside } = value
  if (typeof $ref === 'string') {
    const target = lookUp(outer.document, $ref)
    if (target === undefined) return [unclear(path, '$ref', undefined, $ref)]
    const key = `${canonical(inner.map(schema => schema.value))} ${$ref}`
    // A proof may assume itself one level further down, where values are smaller, but not at the same place.
    if (assumed.above.has(key)) return []
    if (assumed.here.has(key)) return [unclear(path, '$ref', undefined, $ref)]
    const prove = proveIn({ ...assumed, here: new Set(assumed.here).add(key) })
    // Some readers don't ignore keywords beside a reference.
    return [
      ...prove(inner, { ...outer, value: target }, path, false),
      ...prove(inner, { ...outer, value: beside }, path, false),
    ]
  }
  return proveParts(inner, { ...place, keywords: value }, path, proveIn(assumed))
}

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
