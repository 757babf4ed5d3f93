import { isTuple } from './arguments.js'
import { isJson, type Json } from './json.js'
import { resolved } from './reference.js'

/** The extension by which documents of AsyncAPI 2 describe acknowledgements, and some of AsyncAPI 3. */
export const ACK = 'x-ack'

/** The acknowledgement that an `x-ack` describes. */
export interface AckExtension {
  /** The schema of the value; `undefined` for a receipt. */
  readonly schema: unknown
  /** True if the schema is that of a list of values. */
  readonly isList: boolean
}

/** The keys of an object that only wraps a schema, besides the one that has it. */
const BESIDE: ReadonlySet<string> = new Set(['name', 'title', 'summary', 'description', 'deprecated', 'examples'])

/**
 * Reads an `x-ack` in any of its forms: a schema (ours, sio-asyncapi, socketio_asyncapi), `{ args: Schema }` (asynction), a schema or
 * a message inside of another object, a list of schemas, or `true`. Returns `undefined` if there is no acknowledgement.
 */
export const readAckExtension = (document: Json, value: unknown): AckExtension | undefined => {
  if (value === undefined || value === null || value === false) return undefined
  if (Array.isArray(value)) return { schema: { type: 'array', items: value }, isList: true }
  if (!isJson(value)) return { schema: undefined, isList: false }
  const content = resolved(document, value)
  const isSchema = ['type', '$ref', 'properties', 'anyOf', 'oneOf', 'allOf', 'enum', 'const'].some(
    key => key in content,
  )
  if (isSchema) return { schema: value, isList: false }
  const wrapped = ['args', 'schema', 'payload'].find(
    key => key in content && Object.keys(content).every(other => other === key || BESIDE.has(other)),
  )
  if (wrapped === undefined) return { schema: value, isList: false }
  const schema = content[wrapped]
  return { schema: schema ?? undefined, isList: wrapped === 'args' && isTuple(resolved(document, schema)) }
}
