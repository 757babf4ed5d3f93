import { isJson, isSame, listOf } from '../../parse/json.js'
import { byCases, unique } from './alternative.js'
import { arrayReasons } from './array.js'
import { dependencyReasons, objectReasons } from './object.js'
import { differs, type Prove, type Reason, unclear, unsure } from './reason.js'
import { equalReasons, numberReasons, excludes, textReasons, valueReasons } from './scalar.js'
import { type Atom, atomsOf, isAnnotation, part, type Schema } from './schema.js'
import { schemaOf, typesOf, valuesOf } from './types.js'

/** Compares the keywords that apply to the value itself. */
export const ownReasons = (inner: readonly Schema[], outer: Atom, path: string, prove: Prove): readonly Reason[] => {
  if (Object.keys(outer.keywords).every(isAnnotation)) return []
  const { atoms } = atomsOf(inner)
  const values = valuesOf(atoms)?.filter(value => !atoms.some(atom => excludes(atom, value)))
  if (values !== undefined)
    return unique(values.flatMap(value => constantReasons({ value, atoms }, outer, path, prove)))
  const reasons = typedReasons(atoms, outer, path, prove)
  if (reasons.length === 0) return []
  return byCases({ inner, outer: part(outer, outer.keywords), path }, reasons, prove)
}

/** A value that the inner schemas accept. */
interface Constant {
  readonly value: unknown
  readonly atoms: readonly Atom[]
}

/** Checks one value; its parts are checked like any other schema. */
const constantReasons = ({ value, atoms }: Constant, outer: Atom, path: string, prove: Prove): readonly Reason[] => {
  const { const: constant, enum: values, ...others } = outer.keywords
  const isListed =
    (!Object.hasOwn(outer.keywords, 'const') || isSame(constant, value)) &&
    (values === undefined || listOf(values).some(each => isSame(each, value)))
  if (!isListed) return [differs(path, 'value', value, undefined)]
  const exact: Atom = { keywords: schemaOf(value), document: {} }
  const known: Atom =
    isJson(value) || Array.isArray(value)
      ? exact
      : { keywords: { type: typeName(value), ...exact.keywords }, document: {} }
  const target = { ...outer, keywords: others }
  const allowed = typesOf([target])
  const missing = [...typesOf([known])].filter(type => !allowed.has(type))
  // A document shows bytes as strings.
  const isShown = missing.join() === 'string' && allowed.has('bytes')
  const said = atoms.map(({ keywords }) => keywords['type']).find(type => type !== undefined) ?? typeName(value)
  if (missing.length > 0) return [differs(path, isShown ? 'format' : 'type', said, others['type'])]
  if (isJson(value) || Array.isArray(value))
    return typedReasons([known, ...atoms.map(withoutValues)], target, path, prove)
  return [...valueReasons(value, others, atoms, path), ...unknownReasons(atoms, target, path)]
}

const typeName = (value: unknown): string => {
  if (value === null) return 'null'
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number'
  return Array.isArray(value) ? 'array' : typeof value
}

const withoutValues = (atom: Atom): Atom => {
  const { const: _, enum: __, ...others } = atom.keywords
  return { ...atom, keywords: others }
}

const typedReasons = (atoms: readonly Atom[], outer: Atom, path: string, prove: Prove): readonly Reason[] => {
  const { keywords } = outer
  const types = typesOf(atoms)
  const allowed = typesOf([outer])
  if ([...types].some(type => !allowed.has(type))) {
    const given = atoms.map(atom => atom.keywords['type']).find(type => type !== undefined)
    const isBytes = types.has('bytes') !== allowed.has('bytes') && isSame(given, keywords['type'])
    return [
      differs(
        path,
        isBytes ? 'format' : 'type',
        isBytes ? bytesOrText(types) : given,
        isBytes ? bytesOrText(allowed) : keywords['type'],
      ),
    ]
  }
  if ('const' in keywords || 'enum' in keywords) {
    return [differs(path, 'enum', undefined, keywords['enum'] ?? [keywords['const']])]
  }
  return [
    ...(types.has('string') ? textReasons(atoms, keywords, path, 'string') : []),
    ...(types.has('bytes') ? textReasons(atoms, keywords, path, 'bytes') : []),
    ...(types.has('integer') || types.has('fraction') ? numberReasons(atoms, keywords, path) : []),
    ...(types.has('object')
      ? [...objectReasons(atoms, outer, path, prove), ...dependencyReasons(atoms, outer, path)]
      : []),
    ...(types.has('array') ? arrayReasons(atoms, outer, path, prove) : []),
    ...unknownReasons(atoms, outer, path),
  ]
}

const bytesOrText = (types: ReadonlySet<string>): string => (types.has('bytes') ? 'binary' : 'text')

/** The keywords that are compared by meaning. All others must be identical in the inner schemas. */
const WEIGHED: ReadonlySet<string> = new Set([
  'type',
  'const',
  'enum',
  'format',
  'pattern',
  'x-pattern-flags',
  'minLength',
  'maxLength',
  'x-minByteLength',
  'x-maxByteLength',
  'minimum',
  'maximum',
  'exclusiveMinimum',
  'exclusiveMaximum',
  'multipleOf',
  'required',
  'properties',
  'patternProperties',
  'additionalProperties',
  'minProperties',
  'maxProperties',
  'propertyNames',
  'items',
  'prefixItems',
  'additionalItems',
  'minItems',
  'maxItems',
  'uniqueItems',
  'dependencies',
  'dependentRequired',
  'dependentSchemas',
  'anyOf',
  'oneOf',
  'not',
])

/** Keywords that have a meaning only together. */
const TOGETHER = [
  ['if', 'then', 'else'],
  ['contains', 'minContains', 'maxContains'],
]

const unknownReasons = (atoms: readonly Atom[], { keywords }: Atom, path: string): readonly Reason[] => {
  const unknown = Object.keys(keywords).filter(keyword => !WEIGHED.has(keyword) && !isAnnotation(keyword))
  return unknown.flatMap(keyword => {
    const value = keywords[keyword]
    const group = TOGETHER.find(words => words.includes(keyword)) ?? [keyword]
    const isOpaque =
      keyword.startsWith('unevaluated') || group.some(word => JSON.stringify(keywords[word])?.includes('"$ref"'))
    return isOpaque
      ? [unclear(path, keyword, undefined, value)]
      : equalReasons(atoms, keywords, group, path).map(unsure)
  })
}
