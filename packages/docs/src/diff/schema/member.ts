import { matchesPattern } from '../../untrusted/pattern.js'
import { isJson, type Json, jsonOf, listOf, numberOf } from '../../parse/json.js'
import { type Atom, part, type Schema } from './schema.js'

/** Returns the property names that these atoms declare. */
export const declaredNames = (atoms: readonly Atom[]): readonly string[] => [
  ...new Set(atoms.flatMap(({ keywords }) => Object.keys(jsonOf(keywords['properties'])))),
]

/** Returns the patterns of property names in these atoms. */
export const patternsOf = (atoms: readonly Atom[]): readonly string[] => [
  ...new Set(atoms.flatMap(({ keywords }) => Object.keys(jsonOf(keywords['patternProperties'])))),
]

/** Returns all schemas that apply to the property of a name. */
export const propertySchemas = (atoms: readonly Atom[], name: string): readonly Schema[] =>
  atoms.flatMap(atom => propertyOf(atom.keywords, name).map(value => part(atom, value)))

/** Returns the schemas that certainly apply to a property with an undeclared name that matches `pattern`, if given. */
export const otherSchemas = (atoms: readonly Atom[], pattern?: string): readonly Schema[] =>
  atoms.flatMap(atom => {
    const patterns = jsonOf(atom.keywords['patternProperties'])
    if (pattern !== undefined && Object.hasOwn(patterns, pattern)) return [part(atom, patterns[pattern])]
    // The name may match one of the patterns, in which case this schema does not apply.
    return Object.keys(patterns).length > 0 ? [] : [part(atom, atom.keywords['additionalProperties'] ?? {})]
  })

/** Returns the schemas that apply to a property whose name matches no declaration. */
export const additionalSchemas = (atoms: readonly Atom[]): readonly Schema[] => [
  ...atoms.map(atom => part(atom, atom.keywords['additionalProperties'] ?? {})),
  ...(hasOnlyDeclared(atoms) ? [NOTHING] : []),
]

/** Returns the schemas for a property of a name, or one that no value satisfies if the property is assumed to be absent. */
export const presentSchemas = (atoms: readonly Atom[], name: string): readonly Schema[] => {
  const isDeclared = declaredNames(atoms).includes(name) || requiredNames(atoms).has(name)
  return !isDeclared && hasOnlyDeclared(atoms) ? [NOTHING] : propertySchemas(atoms, name)
}

const NOTHING: Schema = { value: false, document: {} }

/** The keywords that can declare or allow further properties. */
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

/** Returns true if objects are assumed to have only the properties that the atoms declare. */
export const hasOnlyDeclared = (atoms: readonly Atom[]): boolean =>
  declaredNames(atoms).length > 0 &&
  atoms.some(({ onlyDeclared }) => onlyDeclared === true) &&
  atoms.every(({ keywords }) => OPENING.every(keyword => keywords[keyword] === undefined))

/** Returns the schemas that one schema applies to a property. */
export const propertyOf = (keywords: Json, name: string): readonly unknown[] => {
  const { properties, patternProperties, additionalProperties } = keywords
  const declared = isJson(properties) && Object.hasOwn(properties, name) ? [properties[name]] : []
  const patterns = Object.entries(jsonOf(patternProperties))
  const found = [...declared, ...patterns.filter(([each]) => isMatch(each, name, false)).map(([, value]) => value)]
  // A schema for other names applies only if the name is certain to be one of them.
  const isOther = found.length === 0 && !patterns.some(([each]) => isMatch(each, name, true))
  return isOther && additionalProperties !== undefined ? [additionalProperties] : found
}

/** Returns true if a name matches a pattern, false for an invalid pattern, and `ifLate` if matching takes too long. */
export const isMatch = (pattern: string, name: string, ifLate: boolean): boolean => {
  const matches = matchesPattern(pattern, 'u', name) ?? matchesPattern(pattern, '', name) ?? false
  return matches === 'late' ? ifLate : matches
}

/** Returns the names of the required properties. */
export const requiredNames = (atoms: readonly Atom[]): ReadonlySet<string> =>
  new Set(atoms.flatMap(({ keywords }) => listOf(keywords['required']).map(String)))

/** Returns all schemas that apply to the item at an index. */
export const itemSchemas = (atoms: readonly Atom[], index: number): readonly Schema[] =>
  atoms.flatMap(atom => itemOf(atom.keywords, index).map(value => part(atom, value)))

/** Returns the schemas that one schema applies to the item at an index, in draft-07 or 2020-12. */
export const itemOf = ({ items, prefixItems, additionalItems }: Json, index: number): readonly unknown[] => {
  const isNew = Array.isArray(prefixItems)
  const listed = isNew ? prefixItems : items
  if (!Array.isArray(listed)) return items === undefined ? [] : [items]
  if (index < listed.length) return [listed[index]]
  const following = isNew ? items : additionalItems
  return following === undefined ? [] : [following]
}

/** Returns the number of items that schemas list one by one. */
export const listedItems = (all: readonly Json[]): number =>
  Math.max(0, ...all.map(({ items, prefixItems }) => listOf(prefixItems ?? items).length))

/** Returns the maximum number of items, by a limit or because nothing may follow the listed ones. */
export const mostItems = (atoms: readonly Atom[]): number =>
  Math.min(
    ...atoms.map(({ keywords }) => {
      const most = numberOf(keywords['maxItems']) ?? Number.POSITIVE_INFINITY
      const [following] = itemOf(keywords, Number.POSITIVE_INFINITY)
      return following === false ? Math.min(most, listedItems([keywords])) : most
    }),
    Number.POSITIVE_INFINITY,
  )
