import type { TSchema } from '@sinclair/typebox'
import { isStandardCode } from '../codes.js'
import type { EventEntry } from '../contract/contract.js'
import { throwDefinitionError } from '../definition-error.js'
import { mayAccept } from './acceptance.js'
import { isOptional } from '../schema/optional.js'
import { checkSchema, hasEnvelope, assertHasValue, type SchemaIds } from '../schema/check-schema.js'
import { TRACE_CONTEXTS } from '../trace-context.js'

/** The settings of the check of a schema. */
interface Checking {
  readonly ids: SchemaIds
  /** True if the server sends the values. */
  readonly isSent: boolean
}

/** Throws for an event that cannot work, with the path to the mistake. */
export const checkEvent = (entry: EventEntry, ids: SchemaIds): void => {
  const { ack, errors, path, stream } = entry
  // The other side answers an output.
  const isAnswered = entry.direction === 'input'
  checkArguments(entry, ids)
  if (entry.hasTraceContext) checkTraceContext(entry)
  if (ack?.schema !== undefined) {
    checkSchema(ack.schema, `${path} ack`, ids, isAnswered)
    assertHasValue(ack.schema, `${path} ack`, 'write .ack() for an answer without a value')
    if (hasEnvelope(ack.schema)) {
      throwDefinitionError(
        `${path} ack`,
        'a reply can\'t have a property "$error", which marks a failure on the wire; rename it',
      )
    }
  }
  if (ack?.errorFirst) checkOwnError(ack.errorFirst, `${path} ack errorFirst`, { ids, isSent: isAnswered })
  if (stream !== undefined) {
    checkSchema(stream, `${path} stream`, ids, true)
    assertHasValue(stream, `${path} stream`, 'use Type.Null() for items without a value')
    if (ack?.errorFirst)
      throwDefinitionError(
        `${path} ack`,
        'a stream is answered with pages, which are never error-first; leave out errorFirst',
      )
    if (ack !== undefined && ack.schema === undefined)
      throwDefinitionError(
        `${path} ack`,
        'the end of a stream is its receipt; give .ack the schema of a final value, or leave it out',
      )
  }
  checkErrors(errors, { path, ids, isSent: isAnswered })
  if (ack === undefined && stream === undefined && Object.keys(errors).length > 0) {
    throwDefinitionError(`${path} errors`, 'errors are sent in the ack, and this event has none; add .ack()')
  }
}

/** Throws for declared errors that can't work. */
export const checkErrors = (
  errors: Readonly<Record<string, TSchema>>,
  { path, ids, isSent }: Checking & { readonly path: string },
): void => {
  const place = path === '' ? 'errors' : `${path} errors`
  for (const [code, schema] of Object.entries(errors)) {
    if (code === '') throwDefinitionError(place, 'an error needs a code; give it one')
    if (isStandardCode(code)) {
      throwDefinitionError(place, `${code} is a standard code that every event can fail with; choose another`)
    }
    checkSchema(schema, `${place}.${code}`, ids, isSent)
  }
}

const checkOwnError = (schema: TSchema, path: string, { ids, isSent }: Checking): void => {
  checkSchema(schema, path, ids, isSent)
  assertHasValue(schema, path, 'an error needs a value')
  if (mayAccept(schema, path, null))
    throwDefinitionError(path, "null stands for no error, so that an error can't be null; reject it in the schema")
}

const checkArguments = ({ args, required, rest, direction, path }: EventEntry, ids: SchemaIds): void => {
  const checking: Checking = { ids, isSent: direction === 'output' }
  for (const [index, schema] of args.entries()) checkArgument(schema, `${path} ${direction}[${index}]`, checking)
  const early = args.findIndex(isOptional)
  if (early !== -1 && early < required) {
    throwDefinitionError(
      `${path} ${direction}[${early}]`,
      `an optional argument can't stand before a required one, [${required - 1}]; move it to the end, or allow null instead`,
    )
  }
  if (rest === undefined) return
  checkArgument(rest, `${path} ${direction}.rest`, checking)
  if (isOptional(rest))
    throwDefinitionError(`${path} ${direction}.rest`, 'the rest may be empty anyway; leave out Type.Optional')
}

/** Throws for an optional or rest argument that a trace context would match. */
const checkTraceContext = ({ args, required, rest, direction, path }: EventEntry): void => {
  const places = [...args.entries()].slice(required).map(([index, schema]) => [`[${index}]`, schema] as const)
  for (const [place, schema] of rest === undefined ? places : [...places, ['.rest', rest] as const]) {
    if (TRACE_CONTEXTS.some(context => mayAccept(schema, path, context))) {
      throwDefinitionError(
        `${path} ${direction}${place}`,
        'a trace context, { traceparent, tracestate? }, would match it, and the two could not be told apart; reject other properties with additionalProperties: false, or put the event into a group with traceContext: false',
      )
    }
  }
}

const checkArgument = (schema: TSchema, path: string, { ids, isSent }: Checking): void => {
  checkSchema(schema, path, ids, isSent)
  assertHasValue(schema, path, 'leave the argument out, or use Type.Null()')
}
