import { isJson, type Json, jsonOf, listOf, numberOf } from '../../parse/json.js'
import { isEmpty } from './empty.js'
import {
  additionalSchemas,
  declaredNames,
  hasOnlyDeclared,
  isMatch,
  otherSchemas,
  patternsOf,
  presentSchemas,
  requiredNames,
} from './member.js'
import { differs, type Prove, type Reason, unclear, unsure } from './reason.js'
import { limited, equalReasons } from './scalar.js'
import { type Atom, part, type Schema } from './schema.js'

/** Returns the reasons why objects of the atoms may not be accepted. */
export const objectReasons = (atoms: readonly Atom[], outer: Atom, path: string, prove: Prove): readonly Reason[] => {
  const { keywords } = outer
  return [
    ...requiredReasons(atoms, keywords, path),
    ...propertyReasons(atoms, outer, path, prove),
    ...patternReasons(atoms, outer, path, prove),
    ...otherReasons(atoms, outer, path, prove),
    ...countReasons(atoms, keywords, path),
    ...equalReasons(atoms, keywords, ['propertyNames'], path).map(unsure),
  ]
}

const requiredReasons = (atoms: readonly Atom[], { required }: Json, path: string): readonly Reason[] => {
  const given = requiredNames(atoms)
  return listOf(required)
    .map(String)
    .filter(name => !given.has(name))
    .map(name => differs(`${path}.${name}`, 'required', false, true))
}

const propertyReasons = (atoms: readonly Atom[], outer: Atom, path: string, prove: Prove): readonly Reason[] =>
  Object.entries(jsonOf(outer.keywords['properties'])).flatMap(([name, value]) => {
    const inner = presentSchemas(atoms, name)
    const at = `${path}.${name}`
    if (isEmpty(inner)) return []
    const reasons = prove(inner, part(outer, value), at, true)
    const isNew =
      reasons.length > 0 && inner.every(({ value: schema }) => isJson(schema) && Object.keys(schema).length === 0)
    return isNew ? [differs(at, 'declared', false, true)] : reasons
  })

const patternReasons = (atoms: readonly Atom[], outer: Atom, path: string, prove: Prove): readonly Reason[] =>
  Object.entries(jsonOf(outer.keywords['patternProperties'])).flatMap(([pattern, value]) => {
    const wanted = part(outer, value)
    const at = `${path}[${pattern}]`
    const same = atoms.flatMap(atom => {
      const patterns = jsonOf(atom.keywords['patternProperties'])
      return Object.hasOwn(patterns, pattern) ? [part(atom, patterns[pattern])] : []
    })
    // A schema for every name of this pattern also applies to declared names.
    if (same.length > 0 && prove(same, wanted, at, true).length === 0) return []
    const named = declaredNames(atoms).filter(name => isMatch(pattern, name, true))
    const late = named.filter(name => !isMatch(pattern, name, false))
    const declared = [
      ...late.map(name => unclear(`${path}.${name}`, 'pattern', undefined, pattern)),
      ...named.flatMap(name => prove(presentSchemas(atoms, name), wanted, `${path}.${name}`, true)),
    ]
    const others = patternsOf(atoms).map(inner => otherSchemas(atoms, inner))
    return declared.concat(
      [...others, additionalSchemas(atoms)].flatMap(inner => provePresent(inner, wanted, at, prove)),
    )
  })

const provePresent = (inner: readonly Schema[], outer: Schema, path: string, prove: Prove): readonly Reason[] =>
  isEmpty(inner) ? [] : prove(inner, outer, path, true)

/** Compares the properties that the outer schema does not name. */
const otherReasons = (atoms: readonly Atom[], outer: Atom, path: string, prove: Prove): readonly Reason[] => {
  const { properties, patternProperties } = outer.keywords
  const additionalProperties = hasOnlyDeclared([outer]) ? false : outer.keywords['additionalProperties']
  if (additionalProperties === undefined || additionalProperties === true) return []
  if (isJson(additionalProperties) && Object.keys(additionalProperties).length === 0) return []
  const wanted = part(outer, additionalProperties)
  const isKnown = (name: string): boolean =>
    Object.hasOwn(jsonOf(properties), name) ||
    Object.keys(jsonOf(patternProperties)).some(pattern => isMatch(pattern, name, false))
  const reasons = declaredNames(atoms)
    .filter(name => !isKnown(name))
    .flatMap(name => {
      const inner = presentSchemas(atoms, name)
      if (isEmpty(inner)) return []
      const at = `${path}.${name}`
      return additionalProperties === false ? [differs(at, 'property', true, false)] : prove(inner, wanted, at, true)
    })
  const known = new Set(Object.keys(jsonOf(patternProperties)))
  // A name of a shared pattern is not an undeclared one, if the outer schema's pattern was checked.
  const patterns = patternsOf(atoms).filter(pattern => !known.has(pattern))
  const others = [...patterns.map(pattern => otherSchemas(atoms, pattern)), additionalSchemas(atoms)].filter(
    inner => !isEmpty(inner),
  )
  if (additionalProperties === false) {
    return others.length === 0 ? reasons : [...reasons, differs(path, 'additionalProperties', true, false)]
  }
  return [...reasons, ...others.flatMap(inner => prove(inner, wanted, `${path}.*`, true))]
}

const countReasons = (atoms: readonly Atom[], outer: Json, path: string): readonly Reason[] => {
  const { minProperties, maxProperties } = outer
  const least = numberOf(minProperties)
  const most = numberOf(maxProperties)
  const names = declaredNames(atoms)
  const isClosed =
    patternsOf(atoms).length === 0 &&
    atoms.some(
      ({ keywords }) =>
        keywords['additionalProperties'] === false && Object.keys(jsonOf(keywords['properties'])).length <= (most ?? 0),
    )
  return [
    ...(least !== undefined && requiredNames(atoms).size >= least
      ? []
      : limited(atoms, outer, { keyword: 'minProperties', kind: 'least' }, path)),
    ...(most !== undefined && isClosed && names.length > 0
      ? []
      : limited(atoms, outer, { keyword: 'maxProperties', kind: 'most' }, path)),
  ]
}

/** Requires that the inner schemas have the same keywords that tie properties to each other. */
export const dependencyReasons = (atoms: readonly Atom[], { keywords }: Atom, path: string): readonly Reason[] =>
  ['dependencies', 'dependentRequired', 'dependentSchemas'].flatMap(keyword => {
    const value = keywords[keyword]
    if (value === undefined) return []
    // A reference may have another meaning in another document.
    const isPlain = !JSON.stringify(value).includes('"$ref"')
    const reasons = equalReasons(atoms, keywords, [keyword], path)
    return isPlain ? reasons : [unclear(path, keyword, undefined, value)]
  })
