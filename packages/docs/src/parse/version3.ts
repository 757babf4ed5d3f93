import type { ApiEvent, ApiNamespace } from './model.js'
import {
  type Answers,
  NO_ANSWERS,
  alternatives,
  readAnswers,
  readErrorFirst,
  readStream,
  takesErrorFirst,
} from './answer.js'
import { type ArgumentStyle, isTuple, NO_ARGUMENTS, readArguments, takesTraceContext } from './arguments.js'
import { type Json, jsonOf, textOf } from './json.js'
import { joined } from './merge-namespaces.js'
import { isOurs, limitIn, readNamespace } from './namespace.js'
import { nameOfEvent, type Operation, readOperations, repliesOf } from './operation.js'
import { isUnspecified, MESSAGE, payloadOf } from './payload.js'
import { resolved } from './reference.js'
import { readSaid, readSecurity, without } from './metadata.js'

/** The keys of an operation that are read. */
const OPERATION = [
  'action',
  'channel',
  'messages',
  'reply',
  'title',
  'summary',
  'description',
  'tags',
  'externalDocs',
  'security',
  'x-deprecated',
  'x-socketio',
]

/** Reads the namespaces of an AsyncAPI 3 document. */
export const readVersion3 = (document: Json, note: (text: string) => void): readonly ApiNamespace[] => {
  const operations = readOperations(document, note)
  const style = styleOf(document, operations)
  const namespaces = Object.entries(jsonOf(document['channels'])).map(([key, value]) => {
    const channel = resolved(document, value)
    const events = operations
      .filter(operation => operation.key === key)
      .flatMap(operation => operation.messages.map(message => readEvent(document, style, operation, message, note)))
    return readNamespace(document, { address: textOf(channel['address']) ?? key, channel, events })
  })
  return [...joined(namespaces).values()]
}

const readEvent = (
  document: Json,
  style: ArgumentStyle,
  source: Operation,
  message: Json,
  note: (text: string) => void,
): ApiEvent => {
  const { operation, direction } = source
  const name = nameOfEvent(source, message)
  const { payload, note: problem } = payloadOf(document, message)
  if (problem !== undefined) note(`${name}: ${problem}`)
  const answers = readStream(document, operation['x-socketio'], answersOf(document, operation, style))
  if (answers.note !== undefined) note(`${name}: ${answers.note}`)
  // Examples belong to the message; the operation describes the event.
  const { examples: _, ...explained } = operation
  return {
    name,
    direction,
    args:
      payload === undefined
        ? NO_ARGUMENTS
        : isUnspecified(document, payload)
          ? undefined
          : readArguments(document, message, payload, style),
    hasTraceContext: takesTraceContext(message),
    ack: answers.ack,
    errorFirst: answers.errorFirst,
    isAckRequired: jsonOf(operation['x-socketio'])['ackRequired'] === true,
    stream: answers.stream,
    errors: answers.errors,
    limit: limitIn(operation),
    said: readSaid(document, [explained, message]),
    security: readSecurity(document, operation['security']),
    other: { ...without(message, MESSAGE), ...without(operation, OPERATION) },
  }
}

const answersOf = (document: Json, operation: Json, style: ArgumentStyle): Answers => {
  const replies = repliesOf(document, operation)
  if (replies === undefined) return NO_ANSWERS
  const schemas = replies.map(message => payloadOf(document, message).payload)
  if (takesErrorFirst(operation['x-socketio'])) return readErrorFirst(document, schemas)
  const [own, ...failures] = schemas.flatMap(schema => alternatives(document, schema))
  const isReceipt = own === undefined
  const answers = readAnswers(document, isReceipt ? failures : [own, ...failures], style)
  return isReceipt ? { ...answers, ack: { schema: undefined } } : answers
}

/** Returns the argument style: zod-sockets writes all arguments as lists, others mark lists. */
const styleOf = (document: Json, operations: readonly Operation[]): ArgumentStyle => {
  if (isOurs(document)) return 'marked'
  const payloads = operations.flatMap(({ messages }) => messages).map(message => resolved(document, message['payload']))
  const isList = payloads.every(payload => payload['type'] === 'array' && isTuple(payload))
  return payloads.length > 0 && isList ? 'list' : 'marked'
}
