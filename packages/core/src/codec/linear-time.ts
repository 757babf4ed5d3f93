import { Kind, KindGuard, Type, TypeRegistry, type TArray, type TSchema } from '@sinclair/typebox'
import { ValueErrorType, type ValueError } from '@sinclair/typebox/errors'
import { some } from '../schema/traverse.js'
import { LEAVES, refers, withChildren } from '../schema/children.js'
import { foreignOf, FROM } from '../schema/foreign.js'
import { targetsIn, type Targets } from '../schema/targets.js'
import { both, isBoth } from './both.js'
import { containedMessage, countingContained, miscountsContained } from './contained.js'
import { areUnique, whileUnchanged } from './equality.js'
import { exactMessage, exactParts, isInexact } from './exact.js'
import { declaredNamesIn } from '../schema/declared-names.js'
import { defined, isDefined, misjudgesMissing, registerDefined, requiringDefined } from './presence.js'
import { guardMessage, guardOf, isGuard, listsNames, withoutCounts } from './property-names.js'
import { templateOf, type Matches } from '../schema/template-literal.js'

/** Replaces a template literal. */
interface Template extends TSchema {
  readonly pattern: string
  readonly matches: Matches
}

const TEMPLATE = 'ackwire:template'
const UNIQUE = 'ackwire:unique'
/** Marks a schema that has a guard in front of it. */
const GUARDED = Symbol('ackwire:guarded')
/** The prefix of the names given to schemas that need a check function of their own. */
const OTHERS = 'ackwire:others:'

/**
 * Returns the schema with own checks where those of TypeBox take more than linear time or are wrong: template literals
 * with several open parts, unique items, listed property names, schemas of additional properties, and properties that
 * are required although they may be missing, or the reverse. Without any of these, it is the schema itself.
 */
export const linearOf = (schema: TSchema): TSchema => {
  if (!some(schema, isReplaced)) return schema
  TypeRegistry.Set<Template>(TEMPLATE, ({ matches }, value) => typeof value === 'string' && matches(value))
  registerDefined()
  // The schema of the array reports a value that is not an array.
  TypeRegistry.Set(UNIQUE, (_, value) => !Array.isArray(value) || areUnique(value))
  return replaced(schema, new Map())
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
    if (error.type === ValueErrorType.Intersect && isBoth(error.schema)) continue
    const kind: unknown = error.type === ValueErrorType.Kind ? error.schema[Kind] : undefined
    const exact = exactMessage(error.schema) ?? containedMessage(error.schema)
    if (exact !== undefined) yield { ...error, message: exact }
    else if (isDefined(error.schema)) yield { ...error, message: 'Expected a value' }
    else if (kind === TEMPLATE) {
      const message =
        typeof error.value === 'string' ? `Expected string to match '${error.schema['pattern']}'` : 'Expected string'
      yield { ...error, message }
    } else if (isGuard(error.schema)) yield { ...error, message: guardMessage(error) }
    else if (kind === FROM) yield* foreignErrors(error)
    else if (kind === UNIQUE) yield { ...error, message: 'Expected array elements to be unique' }
    else yield error
  }
}

/** Yields the errors that another library has found in a value of its own. */
const foreignErrors = function* (error: ValueError): Generator<ValueError> {
  const issues = foreignOf(error.schema)?.issues(error.value) ?? []
  if (issues.length === 0) yield error
  for (const { path, message } of issues) yield { ...error, path: error.path + path, message }
}

/** Returns whether the check of TypeBox for a schema would take more than linear time or would be wrong. */
export const isReplaced = (schema: TSchema): boolean =>
  // Most schemas of a contract are leaves, and all are visited when it is attached.
  LEAVES.has(schema[Kind])
    ? isInexact(schema)
    : isUnique(schema) ||
      miscountsContained(schema) ||
      othersOf(schema).length > 0 ||
      templateIn(schema) !== undefined ||
      allowsAnyOther(schema) ||
      isListed(schema) ||
      KindGuard.IsNot(schema) ||
      misjudgesMissing(schema)

/** Returns whether a check would visit each additional property although any value is allowed. */
const allowsAnyOther = ({ additionalProperties: others }: TSchema): boolean =>
  KindGuard.IsAny(others) || KindGuard.IsUnknown(others)

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

const replaced = (schema: TSchema, targets: Targets): TSchema => {
  const matches = templateIn(schema)
  if (matches !== undefined) return Type.Unsafe({ ...schema, [Kind]: TEMPLATE, matches })
  if (isInexact(schema)) return both(schema, ...exactParts(schema))
  const inner = targetsIn(schema, targets)
  const copy = withChildren(requiringDefined(schema, inner), part => replaced(part, inner))
  if (KindGuard.IsNot(copy)) return defined(schema, copy)
  for (const keyword of othersOf(copy)) {
    const others: TSchema = copy[keyword]
    copy[keyword] = { ...others, $id: others.$id ?? `${OTHERS}${++named}` }
  }
  if (allowsAnyOther(copy)) delete copy['additionalProperties']
  if (isListed(copy)) {
    const bareCopy: TSchema = { ...withoutCounts(copy), [GUARDED]: true }
    return both(
      schema,
      guardOf(copy),
      hasRecordOthers(bareCopy) ? splitRecord(bareCopy) : closedByNames(bareCopy, schema),
    )
  }
  return KindGuard.IsArray(copy) ? replacedList(copy) : copy
}

const replacedList = (schema: TArray): TSchema => {
  const { uniqueItems, ...list } = schema
  const counted = miscountsContained(list) ? countingContained(list) : [list]
  const parts = uniqueItems === true ? [...counted, Type.Unsafe({ [Kind]: UNIQUE })] : counted
  return parts.length === 1 ? (parts[0] ?? schema) : both(schema, ...parts)
}

/**
 * Returns an intersection whose unevaluated properties are the additional ones of an object, since TypeBox takes the names
 * of the declared ones, which are those in `given`, for regular expressions.
 */
const closedByNames = (schema: TSchema, given: TSchema): TSchema => {
  const { unevaluatedProperties: others, ...rest } = schema
  const names = KindGuard.IsIntersect(given) && others !== undefined ? declaredNamesIn(given.allOf) : undefined
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
