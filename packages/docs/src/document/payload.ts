import { Kind, type TSchema } from '@sinclair/typebox'
import type { MessageExample, Schema } from '../asyncapi/asyncapi-types.js'
import { deriveExample } from './derive-example.js'
import { throwDefinitionError } from '../definition/definition-error.js'
import type { Entry } from './naming.js'
import type { Registry } from './schema/registry.js'
import { checkValue, mismatch } from './schema/check.js'
import { createPlace, type Place } from './schema/place.js'
import { leastItems } from './schema/filled.js'
import { orNull } from './schema/union.js'
import { toWire } from './schema/value.js'

/** Creates the payload of an event: none, its single argument, or an array of its positional arguments. */
export const createPayload = (entry: Entry, registry: Registry): Schema | undefined => {
  const { args, required, rest, name } = entry.event
  if (!isOne(entry) && !isList(entry)) return undefined
  const items = args.map((schema, index) => registry.use(schema, placeOf(entry, index)))
  if (isOne(entry)) return items[0]
  const skippable = items.map((item, index) => (canBeSkipped(entry, index) && !acceptsNull(item) ? orNull(item) : item))
  const fills = entry.event.direction === 'input'
  const least = fills ? leastItems(args.slice(0, required), placeOf(entry, 0)) : required
  const following = rest && registry.use(rest, placeOf(entry, args.length))
  return {
    type: 'array',
    title: registry.titleFor({ name: `${entry.title}Args`, isNamed: false }, [entry.event.path, entry.id]),
    description: `Positional arguments of \`${name}\`.`,
    // In draft-07 a list of item schemas can't be empty.
    items: items.length === 0 ? following : skippable,
    additionalItems: items.length === 0 ? undefined : (following ?? false),
    minItems: least,
    maxItems: rest === undefined ? items.length : undefined,
  }
}

/** Returns true for an optional argument that another may follow: the server takes null for a missing one. */
const canBeSkipped = ({ event: { args, required, rest } }: Entry, index: number): boolean =>
  index >= required && (index < args.length - 1 || rest !== undefined)

const acceptsNull = (schema: Schema): boolean => {
  const { type, anyOf, oneOf } = { type: undefined, anyOf: [], oneOf: [], ...schema }
  return [type].flat().includes('null') || [anyOf, oneOf].flat().some(acceptsNull)
}

/** Returns true if an event's payload is the list of its arguments. */
export const isList = (entry: Entry): boolean =>
  !isOne(entry) && (entry.event.args.length > 0 || entry.event.rest !== undefined)

/** Returns true if an event always has exactly one argument, which is then its payload. */
const isOne = ({ event }: Entry): boolean => event.required === 1 && event.args.length === 1 && event.rest === undefined

/** Returns the examples of an event's arguments: those of its description, or one derived from its schemas. */
export const createExamples = (entry: Entry): readonly MessageExample[] | undefined => {
  const { args, description } = entry.event
  if (description.examples !== undefined && description.examples.length > 0) {
    return description.examples.map((example, index) => {
      checkExample(entry, example.payload, `examples[${index}]`)
      return { name: example.name, summary: example.summary, payload: toWire(example.payload) }
    })
  }
  const derived = args.map((schema, index) => createExample(schema, `${entry.event.path} ${index}`))
  const known = derived.filter(example => example !== undefined)
  if (args.length === 0 || known.length < args.length) return undefined
  return isOne(entry) ? known : [{ payload: known.map(example => example.payload) }]
}

/** Derives an example from a schema's annotations; `undefined` if they are not enough for a valid one. */
export const createExample = (schema: TSchema, path: string): MessageExample | undefined => {
  const derived = deriveExample(schema)
  if (derived === undefined || mismatch(schema, derived.value, createPlace(path, '', false)) !== undefined)
    return undefined
  return { payload: toWire(derived.value) }
}

/** Returns true if a schema contains bytes, which make its packet binary. */
export const hasBinary = (schema: unknown): boolean =>
  typeof schema === 'object' &&
  schema !== null &&
  (Reflect.get(schema, Kind) === 'Uint8Array' || Object.values(schema).some(hasBinary))

/** Returns the place of an argument's schema. Arguments after the last declared one belong to the rest. */
export const placeOf = (entry: Entry, index: number): Place => {
  const { args, direction } = entry.event
  const step = index < args.length ? `[${index}]` : '.rest'
  const name = isOne(entry) ? entry.title : `${entry.title}Arg${index + 1}`
  return createPlace(`${entry.event.path} ${direction}${step}`, name, direction === 'input')
}

const checkExample = (entry: Entry, payload: unknown, what: string): void => {
  const { args, required, rest } = entry.event
  const values: unknown = isOne(entry) ? [payload] : payload
  const place = createPlace(entry.event.path, '', false)
  if (required === 0 && payload === undefined) return
  const most = rest === undefined ? args.length : Number.POSITIVE_INFINITY
  if (!Array.isArray(values) || values.length < required || values.length > most) {
    return throwDefinitionError(
      `${entry.event.path} ${what}`,
      `expected ${expected(required, most)}; correct the example`,
    )
  }
  for (const [index, value] of values.entries()) {
    const schema = args[index] ?? rest
    if (schema !== undefined) checkValue(schema, value, place, isOne(entry) ? ` ${what}` : ` ${what}[${index}]`)
  }
}

const expected = (required: number, most: number): string => {
  if (most === 0) return 'no payload, as the event has no arguments'
  const count =
    required === most ? `${most}` : most === Number.POSITIVE_INFINITY ? `${required} or more` : `${required} to ${most}`
  return `an array of its ${count} arguments`
}
