import { KindGuard, type TIntersect, type TSchema } from '@sinclair/typebox'
import { throwDefinitionError } from '../definition-error.js'
import { refers } from './children.js'
import { isJudgedConverted } from './converted.js'
import { declaredNamesIn } from './declared-names.js'
import { targetsIn, type Targets } from './targets.js'
import { some } from './traverse.js'

/** Throws for an intersection that TypeBox checks by other rules than JSON Schema, or whose transforms contradict each other. */
export const checkIntersect = (schema: TIntersect, path: string, targets: Targets): void => {
  if (typeof (schema.unevaluatedProperties ?? true) !== 'boolean' || schema.unevaluatedProperties === false)
    checkClosed(schema, path)
  const members = schema.allOf.map(member => appliedIn({ schema: member, targets }))
  for (const [index, parts] of members.entries()) {
    if (parts.some(part => KindGuard.IsTransform(part.schema))) {
      throwDefinitionError(
        `${path}.allOf[${index}]`,
        "a member of an intersection can't be transformed as a whole, since the others have the same value; transform its properties, or the whole intersection",
      )
    }
    for (const [other, others] of members.slice(0, index).entries()) {
      const found = clash(parts, others, new Map())
      if (found !== undefined)
        throwDefinitionError(`${path}.allOf[${index}]${found.step}`, `allOf[${other}] ${found.problem}`)
    }
  }
}

/** Throws unless the declared properties are the same for every value. */
const checkClosed = (schema: TIntersect, path: string): void => {
  if (declaredNamesIn(schema.allOf) !== undefined) return
  throwDefinitionError(
    path,
    'unevaluatedProperties would reject the properties of members that are not objects, or not the same in each case of a union; ' +
      'leave it out, or write out each case as one Type.Object with additionalProperties: false',
  )
}

/** A schema, with those that references in it can name. */
interface Part {
  readonly schema: TSchema
  readonly targets: Targets
}

/** Returns the schemas that a schema applies to its whole value: the members of unions and intersections, and what references name. */
const appliedIn = ({ schema, targets }: Part, known: ReadonlySet<TSchema> = new Set()): readonly Part[] => {
  if (known.has(schema)) return []
  const inner = targetsIn(schema, targets)
  const target = refers(schema) || KindGuard.IsImport(schema) ? inner.get(schema['$ref']) : undefined
  const members: readonly TSchema[] = KindGuard.IsUnion(schema)
    ? schema.anyOf
    : KindGuard.IsIntersect(schema)
      ? schema.allOf
      : target === undefined
        ? []
        : [target]
  const parts = members.flatMap(member => appliedIn({ schema: member, targets: inner }, new Set([...known, schema])))
  return members.length === 0 || KindGuard.IsTransform(schema) ? [{ schema, targets: inner }, ...parts] : parts
}

/** A place at which two members of an intersection contradict each other. */
interface Clash {
  readonly step: string
  readonly problem: string
}

/** Returns the first place at which two lists of schemas for one value contradict each other; `undefined` if there is none. */
const clash = (
  parts: readonly Part[],
  others: readonly Part[],
  seen: Map<TSchema, Set<TSchema>>,
): Clash | undefined => {
  const [first, second] = [parts, others].map(list => list.map(({ schema }) => schema)) as [TSchema[], TSchema[]]
  if (isJudgedConverted(first, second) || isJudgedConverted(second, first)) return { step: '', problem: APART }
  for (const part of parts) {
    for (const other of others) {
      const known = seen.get(part.schema) ?? new Set()
      seen.set(part.schema, known)
      // One transform used twice converts a value to the same.
      if (part.schema === other.schema || known.has(other.schema)) continue
      known.add(other.schema)
      if (
        (KindGuard.IsTransform(part.schema) && transforms(other)) ||
        (KindGuard.IsTransform(other.schema) && transforms(part))
      )
        return { step: '', problem: TWICE }
      for (const [step, one, two] of meetings(part, other)) {
        const found = clash(appliedIn(one), appliedIn(two), seen)
        if (found !== undefined) return { ...found, step: step + found.step }
      }
    }
  }
  return undefined
}

const TWICE = 'transforms the same value, and only one can; leave out one of the transforms'
const APART =
  'has another type for the same value, and one of the two is a date or binary data; use that type in both, or Type.Unknown() in one'

const transforms = ({ schema, targets }: Part): boolean =>
  some(schema, KindGuard.IsTransform) ||
  (some(schema, refers) && [...targets.values()].some(target => some(target, KindGuard.IsTransform)))

/** Yields the pairs of schemas that two schemas apply to the same part of a value. */
const meetings = function* (one: Part, other: Part): Generator<readonly [step: string, one: Part, other: Part]> {
  const pair = (step: string, first: unknown, second: unknown): [string, Part, Part][] =>
    KindGuard.IsSchema(first) && KindGuard.IsSchema(second)
      ? [[step, { ...one, schema: first }, { ...other, schema: second }]]
      : []
  const [first, second] = [one.schema, other.schema]
  const names = new Set([first, second].flatMap(schema => Object.keys(schema['properties'] ?? {})))
  for (const name of names)
    for (const a of forName(first, name)) for (const b of forName(second, name)) yield* pair(`.${name}`, a, b)
  for (const a of unnamed(first)) for (const b of unnamed(second)) yield* pair('.additionalProperties', a, b)
  const [many, few] = [itemsOf(first), itemsOf(second)]
  for (const [index, a] of many.entries())
    for (const [at, b] of few.entries())
      if (many.length === 1 || few.length === 1 || index === at) yield* pair(`.items`, a, b)
}

/** Returns the schemas of a property with this name. */
const forName = (schema: TSchema, name: string): readonly unknown[] => {
  const properties: object = schema['properties'] ?? {}
  if (Object.hasOwn(properties, name)) return [Reflect.get(properties, name)]
  const patterns = Object.entries(schema['patternProperties'] ?? {}).filter(([pattern]) =>
    new RegExp(pattern).test(name),
  )
  return patterns.length > 0 ? patterns.map(([, part]) => part) : [schema['additionalProperties']]
}

/** Returns the schemas of properties without a name of their own, of which two may have the same. */
const unnamed = (schema: TSchema): readonly unknown[] => [
  ...Object.values(schema['patternProperties'] ?? {}),
  schema['additionalProperties'],
  schema['unevaluatedProperties'],
]

const itemsOf = ({ items }: TSchema): readonly unknown[] => (Array.isArray(items) ? items : [items])
