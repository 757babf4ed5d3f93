import { isJson, listOf } from '../../parse/json.js'
import { itemSchemas, mostItems, propertySchemas, requiredNames } from './member.js'
import { excludes, strictest } from './scalar.js'
import { type Atom, atomsOf, part, type Schema } from './schema.js'
import { typesOf, valuesOf } from './types.js'

/** The maximum depth of the search for a contradiction. */
const DEEPEST = 4

/** Returns true if no value satisfies all of the schemas, and false if that is not certain. */
export const isEmpty = (schemas: readonly Schema[], depth = 0): boolean => {
  const { atoms, isNever } = atomsOf(schemas)
  if (isNever) return true
  if (depth > DEEPEST) return false
  const types = typesOf(atoms)
  if (types.size === 0 || atoms.some(isNothing)) return true
  const values = valuesOf(atoms)
  if (values?.every(value => atoms.some(atom => excludes(atom, value))) === true) return true
  if (atoms.some(atom => hasNoAlternative(atom, atoms, depth))) return true
  const [only] = types
  if (types.size > 1) return isNoNumber(types, atoms)
  if (only === 'object') return isNoObject(atoms, depth)
  if (only === 'array') return isNoArray(atoms, depth)
  if (only === 'string') return isCrossed(atoms, 'minLength', 'maxLength')
  return isNoNumber(types, atoms)
}

const isNothing = ({ keywords }: Atom): boolean => {
  const { not, enum: values } = keywords
  const isAnything = not === true || (isJson(not) && Object.keys(not).length === 0)
  return isAnything || (Array.isArray(values) && values.length === 0)
}

const hasNoAlternative = (atom: Atom, atoms: readonly Atom[], depth: number): boolean => {
  const { anyOf, oneOf } = atom.keywords
  return [anyOf, oneOf].some(
    members =>
      Array.isArray(members) &&
      listOf(members).every(member => isEmpty([...atoms.map(withoutAlternatives), part(atom, member)], depth + 1)),
  )
}

// Each is checked alone, so that the combinations don't multiply.
const withoutAlternatives = (atom: Atom): Schema => {
  const { anyOf: _, oneOf: __, ...value } = atom.keywords
  return part(atom, value)
}

const isNoObject = (atoms: readonly Atom[], depth: number): boolean =>
  isCrossed(atoms, 'minProperties', 'maxProperties') ||
  [...requiredNames(atoms)].some(name => isEmpty(propertySchemas(atoms, name), depth + 1))

const isNoArray = (atoms: readonly Atom[], depth: number): boolean => {
  const least = strictest(atoms, 'minItems', 'least') ?? 0
  if (least > mostItems(atoms)) return true
  return Array.from({ length: Math.min(least, 16) }).some((_, index) => isEmpty(itemSchemas(atoms, index), depth + 1))
}

const isNoNumber = (types: ReadonlySet<string>, atoms: readonly Atom[]): boolean =>
  [...types].every(type => type === 'integer' || type === 'fraction') && isCrossed(atoms, 'minimum', 'maximum')

const isCrossed = (atoms: readonly Atom[], least: string, most: string): boolean =>
  (strictest(atoms, least, 'least') ?? Number.NEGATIVE_INFINITY) >
  (strictest(atoms, most, 'most') ?? Number.POSITIVE_INFINITY)

/** Returns true if two schemas have no value in common, and false if that is not certain. */
export const isDisjoint = (inner: readonly Schema[], other: Schema): boolean => isEmpty([...inner, other])

/** Returns true if no value can match two members of a `oneOf`. */
export const areDisjoint = (members: readonly Schema[]): boolean =>
  members.every((member, index) => members.slice(index + 1).every(other => isDisjoint([member], other)))
