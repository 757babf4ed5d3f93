import type { ApiEvent } from './model.js'
import { readAckExtension } from './ack.js'
import { type ArgumentStyle, isTuple } from './arguments.js'
import { bareFailureIn, failureIn } from './failure.js'
import { isJson, type Json, jsonOf, listOf } from './json.js'
import { createResolve, resolved } from './reference.js'
import { streamSchemas } from './stream.js'

/** The possible answers to an event. */
export interface Answers {
  readonly ack: ApiEvent['ack']
  readonly stream: ApiEvent['stream']
  readonly errors: ApiEvent['errors']
  readonly errorFirst: ApiEvent['errorFirst']
  /** A note on the part of the acknowledgement that a contract can't express. */
  readonly note: string | undefined
}

/** The answers of an event that is not answered. */
export const NO_ANSWERS: Answers = {
  ack: undefined,
  stream: undefined,
  errors: new Map(),
  errorFirst: undefined,
  note: undefined,
}

/** Splits the possible answers into the declared errors and the reply. The error that all events share is ignored. */
export const readAnswers = (document: Json, schemas: readonly unknown[], style: ArgumentStyle): Answers => {
  const errors = new Map<string, unknown>()
  const replies: unknown[] = []
  for (const schema of schemas) {
    const failure = failureIn(schema, createResolve(document))
    if (failure === undefined) replies.push(schema)
    else if (failure.code !== undefined) errors.set(failure.code, failure.data)
  }
  const [only] = replies
  const joined = replies.length > 1 ? { anyOf: replies } : only
  const { schema, note } = style === 'list' ? ofList(document, joined) : { schema: joined, note: undefined }
  return { ...NO_ANSWERS, ack: { schema }, errors, note }
}

/** Reads the answers in an `x-ack`, or returns `undefined` if there is none. */
export const readAck = (document: Json, value: unknown, style: ArgumentStyle = 'marked'): Answers | undefined => {
  const ack = readAckExtension(document, value)
  if (ack === undefined) return undefined
  if (ack.schema === undefined) return { ...NO_ANSWERS, ack: { schema: undefined } }
  return readAnswers(document, alternatives(document, ack.schema), ack.isList ? 'list' : style)
}

/** Returns true if an extension says that the acknowledgement takes an error first. */
export const takesErrorFirst = (extension: unknown): boolean => jsonOf(extension)['errorFirst'] === true

/** Splits the possible answers of an error-first acknowledgement: the reply, the application's own error, then the declared errors. */
export const readErrorFirst = (document: Json, [reply, own, ...others]: readonly unknown[]): Answers => {
  const resolve = createResolve(document)
  const errors = new Map<string, unknown>()
  for (const schema of others) {
    const { code, data } = bareFailureIn(schema, resolve)
    if (code !== undefined) errors.set(code, data)
  }
  const [, value] = listOf(resolved(document, reply)['items'])
  return { ...NO_ANSWERS, ack: { schema: value }, errors, errorFirst: { schema: own } }
}

/** Returns the answers of an event that opens a stream, according to its extension: the declared reply is a page. */
export const readStream = (document: Json, extension: unknown, answers: Answers): Answers => {
  if (!isJson(jsonOf(extension)['stream']) || answers.ack === undefined) return answers
  const { item, value } = streamSchemas(answers.ack.schema, createResolve(document))
  return { ...answers, ack: value === undefined ? undefined : { schema: value }, stream: { item } }
}

/** Returns the members of a union, since some documents have one schema for the reply and the errors. */
export const alternatives = (document: Json, schema: unknown): readonly unknown[] => {
  const { oneOf, anyOf } = isJson(schema) && schema['$ref'] === undefined ? schema : {}
  const members = listOf(oneOf ?? anyOf)
  return members.some(member => failureIn(member, createResolve(document)) !== undefined) ? members : [schema]
}

// Documents that write all arguments as lists do so for acknowledgements, too; a contract's has one value.
const ofList = (document: Json, schema: unknown): { schema: unknown; note: string | undefined } => {
  const array = resolved(document, schema)
  if (array['type'] !== 'array' || !isTuple(array)) return { schema, note: undefined }
  const [first, ...others] = listOf(array['prefixItems'] ?? array['items'])
  const hasMore = others.length > 0 || (array['additionalItems'] !== undefined && array['additionalItems'] !== false)
  return {
    schema: first,
    note: hasMore
      ? "the acknowledgement has several values, and a contract's has one: only the first is kept"
      : undefined,
  }
}
