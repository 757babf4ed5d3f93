import type { Arguments } from './model.js'
import { inside, type Json, jsonOf, listOf, numberOf, textIn } from './json.js'
import { resolved } from './reference.js'

/** How a document writes down arguments: ours mark where there are several, others always write a list, or never. */
export type ArgumentStyle = 'marked' | 'list' | 'one'

/** No arguments at all. */
export const NO_ARGUMENTS: Arguments = { items: [], required: 0, rest: undefined }

/** Says so of a list of arguments; the document is read by it, too. */
const MARK = /^Positional arguments of /

/** Whether a document says of a message, or of its payload, that the payload is the list of the arguments. */
export const isMarked = (message: unknown, payload: unknown): boolean =>
  Array.isArray(inside(message, 'x-socketio', 'args')) || MARK.test(textIn(payload, 'description') ?? '')

/** The arguments that a payload stands for. */
export const readArguments = (document: Json, message: Json, payload: unknown, style: ArgumentStyle): Arguments => {
  const schema = resolved(document, payload)
  const isList = schema['type'] === 'array' && (isMarked(message, schema) || (style === 'list' && isTuple(schema)))
  return isList ? argumentsOf(schema, style === 'list') : { items: [payload], required: 1, rest: undefined }
}

/** Whether a document says that the caller's trace context may follow the arguments. */
export const takesTraceContext = (message: Json): boolean => jsonOf(message['x-socketio'])['traceContext'] === true

/** Whether an array is a list of different things, or of any number of arguments. */
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
