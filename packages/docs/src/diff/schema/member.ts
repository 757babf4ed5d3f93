import { matchesPattern } from '../../untrusted/pattern.js'
import { isJson, type Json, jsonOf, listOf, numberOf } from '../../parse/json.js'
import { type Atom, part, type Schema } from './schema.js'

/** The names that objects of these atoms can have by declaration. */
export const declaredNames = (atoms: readonly Atom[]): readonly string[] => [
  ...new Set(atoms.flatMap(({ keywords }) => Object.keys(jsonOf(keywords['properties'])))),
]

/** The patterns by which these atoms name properties. */
export const patternsOf = (atoms: readonly Atom[]): readonly string[] => [
  ...new Set(atoms.flatMap(({ keywords }) => Object.keys(jsonOf(keywords['patternProperties'])))),
]

/** All that must hold for the property of a name. */
export const propertySchemas = (atoms: readonly Atom[], name: string): readonly Schema[] =>
  atoms.flatMap(atom => propertyOf(atom.keywords, name).map(value => part(atom, value)))

/** All that certainly holds for a property whose name is declared nowhere, and that matches `pattern` where one is given. */
export const otherSchemas = (atoms: readonly Atom[], pattern?: string): readonly Schema[] =>
  atoms.flatMap(atom => {
    const patterns = jsonOf(atom.keywords['patternProperties'])
    if (pattern !== undefined && Object.hasOwn(patterns, pattern)) return [part(atom, patterns[pattern])]
    // Whether the name matches one of the patterns is not known, and if so, this does not hold.
    return Object.keys(patterns).length > 0 ? [] : [part(atom, atom.keywords['additionalProperties'] ?? {})]
  })

/** All that must hold for a property whose name matches nothing that is declared. */
export const additionalSchemas = (atoms: readonly Atom[]): readonly Schema[] => [
  ...atoms.map(atom => part(atom, atom.keywords['additionalProperties'] ?? {})),
  ...(hasOnlyDeclared(atoms) ? [NOTHING] : []),
]

/** As `propertySchemas`, but for a property that is taken not to be there, which nothing can be. */
export const presentSchemas = (atoms: readonly Atom[], name: string): readonly Schema[] => {
  const isDeclared = declaredNames(atoms).includes(name) || requiredNames(atoms).has(name)
  return !isDeclared && hasOnlyDeclared(atoms) ? [NOTHING] : propertySchemas(atoms, name)
}

const NOTHING: Schema = { value: false, document: {} }

/** Keywords by which further properties may be declared, or let in. */
const OPENING = [
  'additionalProperties',
  'patternProperties',
  'anyOf',
  'oneOf',
  'if',
  'then',
  'else',
  'not',
  'dependencies',
  'dependentSchemas',
  'unevaluatedProperties',
]

/** Whether objects are taken to have no properties but those that the atoms declare. */
export const hasOnlyDeclared = (atoms: readonly Atom[]): boolean =>
  declaredNames(atoms).length > 0 &&
  atoms.some(({ onlyDeclared }) => onlyDeclared === true) &&
  atoms.every(({ keywords }) => OPENING.every(keyword => keywords[keyword] === undefined))

/** What one schema says of a property's value. */
export const propertyOf = (keywords: Json, name: string): readonly unknown[] => {
  const { properties, patternProperties, additionalProperties } = keywords
  const declared = isJson(properties) && Object.hasOwn(properties, name) ? [properties[name]] : []
  const patterns = Object.entries(jsonOf(patternProperties))
  const found = [...declared, ...patterns.filter(([each]) => isMatch(each, name, false)).map(([, value]) => value)]
  // What holds for other names holds for this one only if it is certain to be one of them.
  const isOther = found.length === 0 && !patterns.some(([each]) => isMatch(each, name, true))
  return isOther && additionalProperties !== undefined ? [additionalProperties] : found
}

/** Whether a name matches a pattern: none matches one that JavaScript can't read. `ifLate` stands where that takes too long. */
export const isMatch = (pattern: string, name: string, ifLate: boolean): boolean => {
  const matches = matchesPattern(pattern, 'u', name) ?? matchesPattern(pattern, '', name) ?? false
  return matches === 'late' ? ifLate : matches
}

/** The properties that must be there. */
export const requiredNames = (atoms: readonly Atom[]): ReadonlySet<string> =>
  new Set(atoms.flatMap(({ keywords }) => listOf(keywords['required']).map(String)))

/** All that must hold for the item at an index. */
export const itemSchemas = (atoms: readonly Atom[], index: number): readonly Schema[] =>
  atoms.flatMap(atom => itemOf(atom.keywords, index).map(value => part(atom, value)))

/** What one schema says of the item at an index: draft-07's list of items, or 2020's. */
export const itemOf = ({ items, prefixItems, additionalItems }: Json, index: number): readonly unknown[] => {
  const isNew = Array.isArray(prefixItems)
  const listed = isNew ? prefixItems : items
  if (!Array.isArray(listed)) return items === undefined ? [] : [items]
  if (index < listed.length) return [listed[index]]
  const following = isNew ? items : additionalItems
  return following === undefined ? [] : [following]
}

/** How many items schemas list one by one. */
export const listedItems = (all: readonly Json[]): number =>
  Math.max(0, ...all.map(({ items, prefixItems }) => listOf(prefixItems ?? items).length))

/** How many items there can be at most, by a limit or because nothing may follow those that are listed. */
export const mostItems = (atoms: readonly Atom[]): number =>
  Math.min(
    ...atoms.map(({ keywords }) => {
      const most = numberOf(keywords['maxItems']) ?? Number.POSITIVE_INFINITY
      const [following] = itemOf(keywords, Number.POSITIVE_INFINITY)
      return following === false ? Math.min(most, listedItems([keywords])) : most
    }),
    Number.POSITIVE_INFINITY,
  )
