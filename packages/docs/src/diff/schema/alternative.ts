import { canonical, listOf } from '../../parse/json.js'
import { areDisjoint, isDisjoint } from './empty.js'
import { type Claim, type Prove, type Reason, unclear } from './reason.js'
import { type Atom, atomsOf, part, type Schema } from './schema.js'
import { typesOf, valuesOf } from './types.js'

/** Returns the reasons why a value may not be accepted by any alternative: none accepts all values of the inner schemas. */
export const anyReasons = (
  inner: readonly Schema[],
  members: readonly Schema[],
  path: string,
  prove: Prove,
): readonly Reason[] => {
  let best: readonly Reason[] | undefined
  for (const member of members) {
    const reasons = prove(inner, member, path, false)
    if (reasons.length === 0) return []
    if (best === undefined || distance(reasons, path) < distance(best, path)) best = reasons
  }
  return best ?? [unclear(path, 'anyOf', undefined, [])]
}

// An alternative of another type is the wrong one to report.
const distance = (reasons: readonly Reason[], path: string): number =>
  reasons.length +
  (reasons.some(({ what, path: at }) => at === path && (what === 'type' || what === 'const')) ? 100 : 0)

/** Returns the reasons of `anyOf`, and those why a value may match two alternatives. */
export const oneReasons = (
  inner: readonly Schema[],
  members: readonly Schema[],
  path: string,
  prove: Prove,
): readonly Reason[] => {
  const isExclusive =
    areDisjoint(members) ||
    members.some((member, index) => {
      const others = members.filter((_, other) => other !== index)
      return others.every(other => isDisjoint(inner, other)) && prove(inner, member, path, false).length === 0
    })
  const reasons = anyReasons(inner, members, path, prove)
  return reasons.length > 0 || isExclusive
    ? reasons
    : [
        unclear(
          path,
          'oneOf',
          undefined,
          members.map(({ value }) => value),
        ),
      ]
}

/** Splits the inner schemas into cases that together cover all of their values, or returns `undefined` if there is only one. */
const casesOf = (atoms: readonly Atom[]): readonly (readonly Schema[])[] | undefined => {
  const schemas = atoms.map(atom => part(atom, atom.keywords))
  for (const [index, atom] of atoms.entries()) {
    for (const keyword of ['anyOf', 'oneOf']) {
      const members = atom.keywords[keyword]
      if (!Array.isArray(members)) continue
      const { [keyword]: _, ...rest } = atom.keywords
      const others = schemas.with(index, part(atom, rest))
      return listOf(members).map(member => others.concat(part(atom, member)))
    }
  }
  const values = valuesOf(atoms)
  if (values !== undefined && values.length > 1)
    return values.map(value => schemas.concat({ value: { const: value }, document: {} }))
  return typeCases(atoms, schemas)
}

const typeCases = (atoms: readonly Atom[], schemas: readonly Schema[]): readonly (readonly Schema[])[] | undefined => {
  const types = typesOf(atoms)
  // Without a type, cases would not narrow anything.
  if (types.size < 2 || types.size > MOST_TYPES) return undefined
  // Bytes can't be expressed as a type.
  if (types.has('bytes')) return undefined
  const isFractional = types.has('fraction')
  const names = [...types].filter(type => !(isFractional && type === 'integer'))
  if (names.length < 2) return undefined
  return names.map(name => schemas.concat({ value: { type: name === 'fraction' ? 'number' : name }, document: {} }))
}

const MOST_TYPES = 7

/** Proves a claim for each case of the inner schemas. Without cases the given reasons stay. */
export const byCases = ({ inner, outer, path }: Claim, reasons: readonly Reason[], prove: Prove): readonly Reason[] => {
  const cases = casesOf(atomsOf(inner).atoms)
  return cases === undefined ? reasons : unique(cases.flatMap(each => prove(each, outer, path, false)))
}

/** Removes duplicate reasons. */
export const unique = (reasons: readonly Reason[]): readonly Reason[] => [
  ...new Map(reasons.map(reason => [canonical(reason), reason])).values(),
]
