import { Kind, type TSchema } from '@sinclair/typebox'
import type { MessageExample, Schema } from './asyncapi.js'
import { compose } from './compose.js'
import { refuse } from './definition.js'
import type { Entry } from './entry.js'
import type { Registry } from './registry.js'
import { checkValue, mismatch } from './schema/check.js'
import { createPlace } from './schema/place.js'
import { toWire } from './schema/value.js'

/** The payload of an event: nothing, its one argument, or a tuple of its positional arguments. */
export const createPayload = (entry: Entry, registry: Registry): Schema | undefined => {
  const items = entry.event.args.map((schema, index) => registry.use(schema, placeOf(entry, index)))
  if (items.length < 2) return items[0]
  return {
    type: 'array',
    title: `${entry.title}Args`,
    description: `Positional arguments of \`${entry.event.name}\`.`,
    items,
    additionalItems: false,
    minItems: items.length,
    maxItems: items.length,
  }
}

/** The examples of an event's arguments: those of its description, or one composed from its schemas. */
export const createExamples = (entry: Entry): readonly MessageExample[] | undefined => {
  const { args, description } = entry.event
  if (description.examples !== undefined && description.examples.length > 0) {
    return description.examples.map((example, index) => {
      checkExample(entry, example.payload, `examples[${index}]`)
      return { name: example.name, summary: example.summary, payload: toWire(example.payload) }
    })
  }
  const composed = args.map((schema, index) => createExample(schema, `${entry.path} ${index}`))
  const known = composed.filter(example => example !== undefined)
  if (args.length === 0 || known.length < args.length) return undefined
  return args.length === 1 ? known : [{ payload: known.map(example => example.payload) }]
}

/** One example from a schema's own words, or `undefined` if they don't suffice. */
export const createExample = (schema: TSchema, path: string): MessageExample | undefined => {
  const composed = compose(schema)
  if (composed === undefined || mismatch(schema, composed.value, createPlace(path, '', false)) !== undefined)
    return undefined
  return { payload: toWire(composed.value) }
}

/** Whether a schema has a place for bytes, so that the packet is a binary one. */
export const hasBinary = (schema: unknown): boolean =>
  typeof schema === 'object' &&
  schema !== null &&
  (Reflect.get(schema, Kind) === 'Uint8Array' || Object.values(schema).some(hasBinary))

const placeOf = (entry: Entry, index: number): ReturnType<typeof createPlace> => {
  const { args, direction } = entry.event
  const name = args.length === 1 ? entry.title : `${entry.title}Arg${index + 1}`
  return createPlace(`${entry.path} ${direction}[${index}]`, name, direction === 'input')
}

const checkExample = (entry: Entry, payload: unknown, what: string): void => {
  const { args } = entry.event
  const values: unknown = args.length === 1 ? [payload] : payload
  const place = createPlace(entry.path, '', false)
  if (args.length === 0 && payload === undefined) return
  if (!Array.isArray(values) || values.length !== args.length) {
    const expected =
      args.length === 0 ? 'no payload, as the event has no arguments' : `an array of its ${args.length} arguments`
    return refuse(`${entry.path} ${what}`, `expected ${expected}; correct the example`)
  }
  for (const [index, schema] of args.entries()) {
    checkValue(schema, values[index], place, args.length === 1 ? ` ${what}` : ` ${what}[${index}]`)
  }
}
