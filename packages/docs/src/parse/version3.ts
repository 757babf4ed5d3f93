import type { ApiEvent, ApiNamespace } from './model.js'
import {
  type Answers,
  NO_ANSWERS,
  alternatives,
  readAck,
  readAnswers,
  readErrorFirst,
  readStream,
  takesErrorFirst,
} from './answer.js'
import { type ArgumentStyle, isTuple, NO_ARGUMENTS, readArguments, takesTraceContext } from './arguments.js'
import { ACK } from './ack.js'
import {
  anyOfMessages,
  isEventChannel,
  isSocketIo,
  leftOfChannel,
  type ReadOptions,
  remarkOn,
} from './event-channel.js'
import { type Json, jsonOf, listOf, textOf } from './json.js'
import type { ReadLog } from './log.js'
import { isOurs, limitIn, readNamespace } from './namespace.js'
import { nameOfEvent, type Operation, readOperations, repliesOf } from './operation.js'
import { asNoted, isUnspecified, MESSAGE, payloadOf } from './payload.js'
import { titlesAndLeftovers } from './leftovers.js'
import { danglingIn, escape, MISSING, resolved, sectionIn } from './reference.js'
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
  'x-ack',
]

/** Reads the namespaces of an AsyncAPI 3 document. */
export const readVersion3 = (document: Json, log: ReadLog, options: ReadOptions): readonly ApiNamespace[] => {
  const operations = readOperations(document, log.note)
  const style = styleOf(document, operations)
  const hasSocketIo = isSocketIo(document)
  const byChannel = byKey(operations)
  const single: ApiEvent[] = []
  const namespaces = Object.entries(sectionIn(document, document, 'channels')).flatMap(([key, value]) => {
    const channel = resolved(document, value)
    const own = byChannel.get(key) ?? []
    const address = textOf(channel['address'])
    const messages = Math.max(0, ...own.map(operation => operation.messages.length))
    const shape = { address, extension: channel['x-socketio'], messages }
    if (isUnread(document, { key, value, channel, own, operations }, log)) return []
    if (address === undefined || !isEventChannel(shape, hasSocketIo, options)) {
      const events = own.flatMap(operation =>
        operation.messages.map(message => readEvent(document, style, { source: operation, message }, log)),
      )
      return readNamespace(document, { address: address ?? key, channel, events })
    }
    const events = own.flatMap(operation =>
      anyOfMessages(operation.messages.length === 0 ? [{}] : operation.messages).map(message =>
        readEvent(document, style, { source: operation, message, as: { name: address, channel } }, log),
      ),
    )
    single.push(...events)
    return readNamespace(document, { address: '/', channel: {}, events })
  })
  remarkOn(single, log.remark)
  return namespaces
}

const byKey = (operations: readonly Operation[]): ReadonlyMap<string, readonly Operation[]> => {
  const found = new Map<string, Operation[]>()
  for (const operation of operations) {
    const known = found.get(operation.key)
    if (known === undefined) found.set(operation.key, [operation])
    else known.push(operation)
  }
  return found
}

/** A channel with its operations. */
interface ChannelSource {
  readonly key: string
  readonly value: unknown
  readonly channel: Json
  readonly own: readonly Operation[]
  readonly operations: readonly Operation[]
}

/** Returns true for a channel that can't be read, or that is only that of replies. Tells of messages that no operation uses. */
const isUnread = (document: Json, { key, value, channel, own, operations }: ChannelSource, log: ReadLog): boolean => {
  const dangling = danglingIn(document, value)
  if (dangling !== undefined) log.note(`channels.${key}: the reference ${dangling} leads nowhere in this document`)
  if (own.length > 0 || dangling !== undefined) return dangling !== undefined && own.length === 0
  const messages = Object.keys(sectionIn(document, channel, 'messages'))
  if (messages.length === 0) return false
  const start = `#/channels/${escape(key)}`
  const isReply = operations.some(({ operation }) => {
    const reply = resolved(document, operation['reply'])
    const used = [reply['channel'], ...listOf(reply['messages'])].map(part => textOf(jsonOf(part)['$ref']))
    return used.some(pointer => pointer === start || pointer?.startsWith(`${start}/`))
  })
  if (!isReply)
    log.remark(`channels.${key}: no operation uses it, and its messages are left out: ${messages.join(', ')}`)
  return isReply
}

/** A message of an operation; `as` is there if its channel stands for the event. */
interface EventSource {
  readonly source: Operation
  readonly message: Json
  readonly as?: { readonly name: string; readonly channel: Json }
}

const readEvent = (
  document: Json,
  style: ArgumentStyle,
  { source, message, as }: EventSource,
  log: ReadLog,
): ApiEvent => {
  const { operation, direction } = source
  const name = as?.name ?? nameOfEvent(source, message)
  const { payload: given, note: problem } = payloadOf(document, message)
  const payload = problem === undefined ? given : asNoted(given)
  if (problem !== undefined) log.remark(`${name}: ${problem}`)
  const missing = textOf(message[MISSING])
  if (missing !== undefined) log.note(`${name}: its message ${missing} can't be read`)
  const answers = readStream(document, operation['x-socketio'], answersOf(document, operation, message, style))
  if (answers.note !== undefined) log.remark(`${name}: ${answers.note}`)
  // Examples belong to the message; the operation describes the event.
  const { examples: _, ...explained } = operation
  const sources = [explained, message, ...(as === undefined ? [] : [as.channel])]
  const hasSummary = sources.some(({ summary }) => (textOf(summary)?.trim() ?? '') !== '')
  const titles = isOurs(document) ? [] : titlesAndLeftovers({ name, message, sources, hasSummary }, log)
  return {
    name,
    direction,
    args:
      missing !== undefined || (payload !== undefined && isUnspecified(document, payload))
        ? undefined
        : payload === undefined
          ? NO_ARGUMENTS
          : readArguments(document, message, payload, style),
    hasTraceContext: takesTraceContext(message),
    ack: answers.ack,
    errorFirst: answers.errorFirst,
    isAckRequired: jsonOf(operation['x-socketio'])['ackRequired'] === true,
    stream: answers.stream,
    errors: answers.errors,
    limit: limitIn(operation),
    said: readSaid(document, sources, titles),
    security: readSecurity(document, operation['security']),
    other: {
      ...(as === undefined ? {} : leftOfChannel(as.channel)),
      ...without(message, MESSAGE),
      ...without(operation, OPERATION),
    },
  }
}

const answersOf = (document: Json, operation: Json, message: Json, style: ArgumentStyle): Answers => {
  const replies = repliesOf(document, operation)
  if (replies === undefined) return readAck(document, message[ACK] ?? operation[ACK]) ?? NO_ANSWERS
  const schemas = replies.map(reply => (MISSING in reply ? {} : payloadOf(document, reply).payload))
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
