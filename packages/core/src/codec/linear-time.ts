import { Kind, KindGuard, TransformKind, Type, TypeRegistry, type TArray, type TSchema } from '@sinclair/typebox'
import { ValueErrorType, type ValueError } from '@sinclair/typebox/errors'
import { some } from '../schema/traverse.js'
import { LEAVES, refers, withChildren } from '../schema/children.js'
import { isUndefinable } from '../schema/optional.js'
import { areUnique, whileUnchanged } from './equality.js'
import { exactMessage, exactParts, isInexact } from './exact.js'
import { declaredNamesIn } from '../schema/declared-names.js'
import { guardMessage, guardOf, isGuard, listsNames, withoutCounts } from './property-names.js'
import { templateOf, type Matches } from '../schema/template-literal.js'

/** Replaces a template literal. */
interface Template extends TSchema {
  readonly pattern: string
  readonly matches: Matches
}

const TEMPLATE = 'ackwire:template'
const UNIQUE = 'ackwire:unique'
const DEFINED = 'ackwire:defined'
/** Marks an intersection that replaces one schema of the contract. */
const BOTH = Symbol('ackwire:both')
/** Marks a schema that has a guard in front of it. */
const GUARDED = Symbol('ackwire:guarded')
/** The prefix of the names given to schemas that need a check function of their own. */
const OTHERS = 'ackwire:others:'

/**
 * Returns the schema with own checks where those of TypeBox take more than linear time or are wrong: template literals
 * with several open parts, unique items, listed property names, and schemas of additional properties. Without any of
 * these, it is the schema itself.
 */
export const linearOf = (schema: TSchema): TSchema => {
  if (!some(schema, isReplaced)) return schema
  TypeRegistry.Set<Template>(TEMPLATE, ({ matches }, value) => typeof value === 'string' && matches(value))
  // The schema of the array reports a value that is not an array.
  TypeRegistry.Set(DEFINED, (_, value) => value !== undefined)
  TypeRegistry.Set(UNIQUE, (_, value) => !Array.isArray(value) || areUnique(value))
  return replaced(schema)
}

/**
 * Wraps a check so that it makes the key of each value once, if arrays of unique items can be nested to any depth in
 * the schema; otherwise returns it unchanged.
 */
export const cachingKeys = <Args extends readonly unknown[], Result>(
  schema: TSchema,
  look: (...args: Args) => Result,
): ((...args: Args) => Result) =>
  some(schema, refers) && some(schema, inside => isUnique(inside) || KindGuard.IsUnsafe(inside))
    ? (...args) => whileUnchanged(() => look(...args))
    : look

/** Gives the errors of replaced schemas the messages of TypeBox. */
export const withMessages = function* (errors: Iterable<ValueError>): Generator<ValueError> {
  for (const error of errors) {
    // The contract has one schema here, not an intersection.
    if (error.type === ValueErrorType.Intersect && BOTH in error.schema) continue
    const kind: unknown = error.type === ValueErrorType.Kind ? error.schema[Kind] : undefined
    const exact = exactMessage(error.schema)
    if (exact !== undefined) yield { ...error, message: exact }
    else if (kind === DEFINED) yield { ...error, message: 'Expected a value' }
    else if (kind === TEMPLATE) {
      const message =
        typeof error.value === 'string' ? `Expected string to match '${error.schema['pattern']}'` : 'Expected string'
      yield { ...error, message }
    } else if (isGuard(error.schema)) yield { ...error, message: guardMessage(error) }
    else if (kind === UNIQUE) yield { ...error, message: 'Expected array elements to be unique' }
    else yield error
  }
}

/** Returns whether the check of TypeBox for a schema would take more than linear time or would be wrong. */
export const isReplaced = (schema: TSchema): boolean =>
  // Most schemas of a contract are leaves, and all are visited when it is attached.
  LEAVES.has(schema[Kind])
    ? isInexact(schema)
    : isUnique(schema) ||
      othersOf(schema).length > 0 ||
      templateIn(schema) !== undefined ||
      allowsAnyOther(schema) ||
      isListed(schema) ||
      KindGuard.IsNot(schema) ||
      undefinablesIn(schema).length > 0

/** Returns whether a check would visit each additional property although any value is allowed. */
const allowsAnyOther = ({ additionalProperties: others }: TSchema): boolean =>
  KindGuard.IsAny(others) || KindGuard.IsUnknown(others)

/**
 * Returns the required properties that may be `undefined`, which JSON leaves out. TypeBox requires them to be there.
 */
const undefinablesIn = (schema: TSchema): readonly string[] =>
  KindGuard.IsObject(schema) ? (schema.required ?? []).filter(name => isUndefinable(schema.properties[name])) : []

const isListed = (schema: TSchema): boolean => !(GUARDED in schema) && listsNames(schema)

const isUnique = (schema: TSchema): schema is TArray => KindGuard.IsArray(schema) && schema.uniqueItems === true

interface RecordWithOthers extends TSchema {
  readonly patternProperties: Readonly<Record<string, TSchema>>
  readonly additionalProperties: TSchema
}

/**
 * Returns whether a schema is a record with a schema for its other properties. The compiled check applies that schema
 * to the whole record.
 */
const hasRecordOthers = (schema: TSchema): schema is RecordWithOthers =>
  KindGuard.IsRecord(schema) && KindGuard.IsSchema(schema.additionalProperties)

/**
 * Returns the keywords whose schema of other properties contains such a schema itself. A compiled check confuses the
 * names of the inner properties with those of the outer.
 */
const othersOf = (schema: TSchema): readonly (typeof OTHERS_OF)[number][] =>
  // Most schemas have neither, and are done here.
  (schema['additionalProperties'] === undefined && schema['unevaluatedProperties'] === undefined) ||
  KindGuard.IsRecord(schema)
    ? []
    : OTHERS_OF.filter(keyword => KindGuard.IsSchema(schema[keyword]) && some(schema[keyword], hasOthers))

const hasOthers = (schema: TSchema): boolean => OTHERS_OF.some(keyword => KindGuard.IsSchema(schema[keyword]))

const OTHERS_OF = ['additionalProperties', 'unevaluatedProperties'] as const

const templateIn = (schema: TSchema): Matches | undefined =>
  KindGuard.IsTemplateLiteral(schema) ? templateOf(schema.pattern) : undefined

const replaced = (schema: TSchema): TSchema => {
  const matches = templateIn(schema)
  if (matches !== undefined) return Type.Unsafe({ ...schema, [Kind]: TEMPLATE, matches })
  if (isInexact(schema)) return both(schema, ...exactParts(schema))
  const copy = withChildren(schema, replaced)
  if (KindGuard.IsNot(copy)) return both(schema, Type.Unsafe({ [Kind]: DEFINED }), copy)
  const undefinables = undefinablesIn(schema)
  if (undefinables.length > 0)
    copy['required'] = copy['required'].filter((name: string) => !undefinables.includes(name))
  for (const keyword of othersOf(copy)) {
    const others: TSchema = copy[keyword]
    copy[keyword] = { ...others, $id: others.$id ?? `${OTHERS}${++named}` }
  }
  if (allowsAnyOther(copy)) delete copy['additionalProperties']
  if (isListed(copy)) {
    const bareCopy: TSchema = { ...withoutCounts(copy), [GUARDED]: true }
    return both(schema, guardOf(copy), hasRecordOthers(bareCopy) ? splitRecord(bareCopy) : closedByNames(bareCopy))
  }
  if (!isUnique(copy)) return copy
  const { uniqueItems: _, ...list } = copy
  return both(schema, list, Type.Unsafe({ [Kind]: UNIQUE }))
}

/**
 * Returns an intersection whose unevaluated properties are the additional ones of an object, since TypeBox takes the names
 * of the declared ones for regular expressions.
 */
const closedByNames = (schema: TSchema): TSchema => {
  const { unevaluatedProperties: others, ...rest } = schema
  const names = KindGuard.IsIntersect(schema) && others !== undefined ? declaredNamesIn(schema.allOf) : undefined
  if (names === undefined) return schema
  const properties = Object.fromEntries(Array.from(names, name => [name, Type.Optional(Type.Unknown())]))
  const closed = { ...Type.Object(properties), additionalProperties: others, [GUARDED]: true }
  return both(schema, rest as TSchema, closed) // Only an optional keyword is removed.
}

/** Returns an intersection of two records: one for the properties that match the pattern, one for the others. */
const splitRecord = ({ additionalProperties, patternProperties, ...rest }: RecordWithOthers): TSchema => {
  const [pattern = ''] = Object.keys(patternProperties)
  const others = { ...rest, patternProperties: { [`^(?![^]*(?:${pattern}))`]: additionalProperties } }
  return both(rest, { ...rest, patternProperties }, others)
}

/** The number of schemas named so far. */
let named = 0

/**
 * Returns a schema that matches what all others match. It takes over the `$id` of the schema it replaces, since
 * references lead to it.
 */
const both = ({ $id }: TSchema, ...parts: readonly TSchema[]): TSchema => {
  const allOf = parts.map(bare)
  return Type.Unsafe({ [Kind]: 'Intersect', allOf, [BOTH]: true, ...($id === undefined ? {} : { $id }) })
}

/**
 * Returns a copy of a schema without `$id` and transform: an intersection may not contain a transform, and a check has
 * no use for it.
 */
const bare = (schema: TSchema): TSchema => {
  const copy = { ...schema }
  delete copy.$id
  Reflect.deleteProperty(copy, TransformKind)
  return copy
}
