import type { ApiEvent, ApiNamespace } from './model.js'
import { type Answers, NO_ANSWERS, alternatives, readAnswers, readStream } from './answer.js'
import { type ArgumentStyle, isTuple, NO_ARGUMENTS, readArguments, takesTraceContext } from './arguments.js'
import { isJson, type Json, jsonOf, listOf, textOf } from './json.js'
import { joined } from './merge-namespaces.js'
import { isClients, isOurs, limitIn, readNamespace } from './namespace.js'
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
  const operations = Object.entries(jsonOf(document['operations']))
    .map(([id, value]) => ({ id, operation: resolved(document, value) }))
    .filter(({ id, operation }) => {
      const problem = problemOf(operation, Object.keys(jsonOf(document['channels'])))
      if (problem !== undefined) note(`operations.${id}: ${problem}; it is left out`)
      return problem === undefined
    })
  const style = styleOf(
    document,
    operations.map(({ operation }) => operation),
  )
  const isFlipped = isClients(document)
  checkCount(document, operations)
  const namespaces = Object.entries(jsonOf(document['channels'])).map(([key, value]) => {
    const channel = resolved(document, value)
    const own = operations.filter(({ operation }) => isAt(operation['channel'], key))
    const events = own.flatMap(({ id, operation }) =>
      messagesOf(document, operation, channel).map(message =>
        readEvent(document, style, isFlipped, { id, operation, message, note }),
      ),
    )
    return readNamespace(document, { address: textOf(channel['address']) ?? key, channel, events })
  })
  return [...joined(namespaces).values()]
}

/** The maximum number of events. Operations without messages have all messages of their channel, which multiplies. */
const MOST_EVENTS = 50_000

const checkCount = (document: Json, operations: readonly { readonly operation: Json }[]): void => {
  const counts = operations.map(
    ({ operation }) => messagesOf(document, operation, resolved(document, operation['channel'])).length,
  )
  const count = counts.reduce((sum, each) => sum + each, 0)
  if (count > MOST_EVENTS)
    throw new RangeError(`describes ${count} events; expected at most ${MOST_EVENTS}: name the messages of operations`)
}

const problemOf = ({ action, channel }: Json, channels: readonly string[]): string | undefined => {
  if (action !== 'send' && action !== 'receive')
    return `expected its action to be send or receive, got ${JSON.stringify(action) ?? 'none'}`
  if (channels.some(key => isAt(channel, key))) return undefined
  const reference = textOf(jsonOf(channel)['$ref'])
  return reference === undefined ? 'it names no channel' : `its channel ${reference} is not one of the document's`
}

const isAt = (reference: unknown, key: string): boolean =>
  textOf(jsonOf(reference)['$ref'])?.replaceAll('~1', '/').replaceAll('~0', '~') === `#/channels/${key}`

const messagesOf = (document: Json, owner: Json, channel: Json): readonly Json[] => {
  const named = owner['messages'] === undefined ? Object.values(jsonOf(channel['messages'])) : listOf(owner['messages'])
  return named.map(message => resolved(document, message))
}

interface Read {
  readonly id: string
  readonly operation: Json
  readonly message: Json
  readonly note: (text: string) => void
}

const readEvent = (document: Json, style: ArgumentStyle, isFlipped: boolean, read: Read): ApiEvent => {
  const { id, operation, message, note } = read
  const name = textOf(message['name']) ?? textOf(operation['title']) ?? id
  const { payload, note: problem } = payloadOf(document, message)
  if (problem !== undefined) note(`${name}: ${problem}`)
  const answers = readStream(document, operation['x-socketio'], answersOf(document, operation, style))
  if (answers.note !== undefined) note(`${name}: ${answers.note}`)
  const isReceived = operation['action'] === 'receive'
  // Examples belong to the message; the operation describes the event.
  const { examples: _, ...explained } = operation
  return {
    name,
    direction: isReceived === isFlipped ? 'output' : 'input',
    args:
      payload === undefined
        ? NO_ARGUMENTS
        : isUnspecified(document, payload)
          ? undefined
          : readArguments(document, message, payload, style),
    hasTraceContext: takesTraceContext(message),
    ack: answers.ack,
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
  if (operation['reply'] === undefined) return NO_ANSWERS
  const reply = resolved(document, operation['reply'])
  const channel = resolved(document, reply['channel'])
  const schemas = messagesOf(document, reply, channel).map(message => payloadOf(document, message).payload)
  const [own, ...failures] = schemas.flatMap(schema => alternatives(document, schema))
  const isReceipt = own === undefined
  const answers = readAnswers(document, isReceipt ? failures : [own, ...failures], style)
  return isReceipt ? { ...answers, ack: { schema: undefined } } : answers
}

/** Returns the argument style: zod-sockets writes all arguments as lists, others mark lists. */
const styleOf = (document: Json, operations: readonly Json[]): ArgumentStyle => {
  if (isOurs(document)) return 'marked'
  const payloads = operations
    .flatMap(operation => messagesOf(document, operation, resolved(document, operation['channel'])))
    .map(message => resolved(document, message['payload']))
  const isList = payloads.every(payload => isJson(payload) && payload['type'] === 'array' && isTuple(payload))
  return payloads.length > 0 && isList ? 'list' : 'marked'
}
