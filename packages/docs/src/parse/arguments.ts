import type { Arguments } from './model.js'
import { inside, type Json, jsonOf, listOf, numberOf, textIn } from './json.js'
import { resolved } from './reference.js'

/**
 * The way in which a document writes arguments: ours mark a list; others write each event's arguments as a list (`list`), or only
 * those of some events (`tuple`).
 */
export type ArgumentStyle = 'marked' | 'list' | 'tuple'

/** The arguments of an event without any. */
export const NO_ARGUMENTS: Arguments = { items: [], required: 0, rest: undefined }

/** Matches the description that marks a list of arguments. */
const MARK = /^Positional arguments of /

/** Returns true if a message or its payload is marked as a list of arguments. */
const isMarked = (message: unknown, payload: unknown): boolean =>
  Array.isArray(inside(message, 'x-socketio', 'args')) || MARK.test(textIn(payload, 'description') ?? '')

/** Returns the arguments that a payload stands for. */
export const readArguments = (document: Json, message: Json, payload: unknown, style: ArgumentStyle): Arguments => {
  const schema = resolved(document, payload)
  const isList = schema['type'] === 'array' && (isMarked(message, schema) || (style !== 'marked' && isTuple(schema)))
  return isList ? argumentsOf(schema, style === 'list') : { items: [payload], required: 1, rest: undefined }
}

/** Returns true if the caller's trace context may follow the arguments. */
export const takesTraceContext = (message: Json): boolean => jsonOf(message['x-socketio'])['traceContext'] === true

/** Returns true for an array of items with different schemas, or of any number of arguments. */
export const isTuple = (schema: Json): boolean =>
  Array.isArray(schema['items']) ||
  Array.isArray(schema['prefixItems']) ||
  (schema['items'] === undefined && schema['additionalItems'] !== undefined)

const argumentsOf = (schema: Json, isExact: boolean): Arguments => {
  const { items, prefixItems, additionalItems, minItems, maxItems } = schema
  const isNew = Array.isArray(prefixItems)
  const listed = listOf(isNew ? prefixItems : items)
  const least = Math.min(numberOf(minItems) ?? (isExact ? listed.length : 0), listed.length)
  const isSchema = !isNew && !Array.isArray(items) && items !== undefined
  const following = isSchema || isNew ? items : additionalItems
  const most = numberOf(maxItems)
  const isClosed = following === false || (most !== undefined && most <= listed.length)
  return { items: listed, required: least, rest: isClosed ? undefined : (following ?? {}) }
}
