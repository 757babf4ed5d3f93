import { Kind, KindGuard, TransformKind, Type, TypeRegistry, type TArray, type TSchema } from '@sinclair/typebox'
import { ValueErrorType, type ValueError } from '@sinclair/typebox/errors'
import { some } from '../schema/traverse.js'
import { LEAVES, refers, withChildren } from '../schema/check-schema.js'
import { areUnique, whileUnchanged } from './equality.js'
import { guardMessage, guardOf, isGuard, listsNames, withoutCounts } from './property-names.js'
import { templateOf, type Matches } from '../schema/template-literal.js'

/** Stands in the place of a template literal. */
interface Template extends TSchema {
  readonly pattern: string
  readonly matches: Matches
}

const TEMPLATE = 'ackwire:template'
const UNIQUE = 'ackwire:unique'
/** Marks an intersection of what is one schema in the contract. */
const BOTH = Symbol('ackwire:both')
/** Marks what a guard stands before. */
const GUARDED = Symbol('ackwire:guarded')
/** The names of schemas that are checked by a function of their own. */
const OTHERS = 'ackwire:others:'

/**
 * Returns the schema with checks of ours where TypeBox's own take longer than the value is long, or look at something else: template
 * literals with several open parts, items that have to be unique, names of properties that are listed, and schemas for further
 * properties. Where there is none of these, it is the schema itself.
 */
export const linearOf = (schema: TSchema): TSchema => {
  if (!some(schema, isReplaced)) return schema
  TypeRegistry.Set<Template>(TEMPLATE, ({ matches }, value) => typeof value === 'string' && matches(value))
  // What is no list is said by the schema of the list.
  TypeRegistry.Set(UNIQUE, (_, value) => !Array.isArray(value) || areUnique(value))
  return replaced(schema)
}

/** Returns the function, which writes each value once for all lists of unique items where those can stand in each other to any depth. */
export const writingOnce = <Args extends readonly unknown[], Result>(
  schema: TSchema,
  look: (...args: Args) => Result,
): ((...args: Args) => Result) =>
  some(schema, refers) && some(schema, inside => isUnique(inside) || KindGuard.IsUnsafe(inside))
    ? (...args) => whileUnchanged(() => look(...args))
    : look

/** Words the errors of what is replaced as TypeBox words its own. */
export const worded = function* (errors: Iterable<ValueError>): Generator<ValueError> {
  for (const error of errors) {
    // It is two schemas only here.
    if (error.type === ValueErrorType.Intersect && BOTH in error.schema) continue
    const kind: unknown = error.type === ValueErrorType.Kind ? error.schema[Kind] : undefined
    if (kind === TEMPLATE) {
      const message =
        typeof error.value === 'string' ? `Expected string to match '${error.schema['pattern']}'` : 'Expected string'
      yield { ...error, message }
    } else if (isGuard(error.schema)) yield { ...error, message: guardMessage(error) }
    else if (kind === UNIQUE) yield { ...error, message: 'Expected array elements to be unique' }
    else yield error
  }
}

/** Whether TypeBox's own check of a schema would take longer than the value is long, or be of something else. */
export const isReplaced = (schema: TSchema): boolean =>
  // Most of a contract is leaves, and each is asked about when it is attached.
  !LEAVES.has(schema[Kind]) &&
  (isUnique(schema) ||
    othersOf(schema).length > 0 ||
    templateIn(schema) !== undefined ||
    isVain(schema) ||
    isListed(schema))

/** Whether it looks at each further property for nothing. */
const isVain = ({ additionalProperties: others }: TSchema): boolean =>
  KindGuard.IsAny(others) || KindGuard.IsUnknown(others)

const isListed = (schema: TSchema): boolean => !(GUARDED in schema) && listsNames(schema)

const isUnique = (schema: TSchema): schema is TArray => KindGuard.IsArray(schema) && schema.uniqueItems === true

interface Twofold extends TSchema {
  readonly patternProperties: Readonly<Record<string, TSchema>>
  readonly additionalProperties: TSchema
}

/** Whether it is a record with a schema for its other properties, each of which a compiled check takes for the whole record. */
const isTwofold = (schema: TSchema): schema is Twofold =>
  KindGuard.IsRecord(schema) && KindGuard.IsSchema(schema.additionalProperties)

/** The keywords of schemas for other properties in which there are such again: a compiled check takes the names of the inner ones for those of the outer. */
const othersOf = (schema: TSchema): readonly (typeof OTHERS_OF)[number][] =>
  // What has neither, which is most of a contract, is not looked at any further.
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
  const copy = withChildren(schema, replaced)
  for (const keyword of othersOf(copy)) {
    const others: TSchema = copy[keyword]
    copy[keyword] = { ...others, $id: others.$id ?? `${OTHERS}${++named}` }
  }
  if (isVain(copy)) delete copy['additionalProperties']
  if (isListed(copy)) {
    const bareCopy: TSchema = { ...withoutCounts(copy), [GUARDED]: true }
    return both(schema, guardOf(copy), isTwofold(bareCopy) ? halved(bareCopy) : bareCopy)
  }
  if (!isUnique(copy)) return copy
  const { uniqueItems: _, ...list } = copy
  return both(schema, list, Type.Unsafe({ [Kind]: UNIQUE }))
}

/** A record for the properties that its pattern matches, and one for the others. */
const halved = ({ additionalProperties, patternProperties, ...rest }: Twofold): TSchema => {
  const [pattern = ''] = Object.keys(patternProperties)
  const others = { ...rest, patternProperties: { [`^(?![^]*(?:${pattern}))`]: additionalProperties } }
  return both(rest, { ...rest, patternProperties }, others)
}

/** How many schemas of other properties were named. */
let named = 0

/** A schema that holds where two do. What refers to the one that it stands for has to find both. */
const both = ({ $id }: TSchema, first: TSchema, second: TSchema): TSchema => {
  const allOf = [first, second].map(bare)
  return Type.Unsafe({ [Kind]: 'Intersect', allOf, [BOTH]: true, ...($id === undefined ? {} : { $id }) })
}

/** No transform may stand in an intersection, and a check has no use for it. */
const bare = (schema: TSchema): TSchema => {
  const copy = { ...schema }
  delete copy.$id
  Reflect.deleteProperty(copy, TransformKind)
  return copy
}
