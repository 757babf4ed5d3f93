import type { ApiEvent, ApiNamespace, Requirement } from './model.js'
import {
  alternatives,
  type Answers,
  NO_ANSWERS,
  readAck,
  readAnswers,
  readErrorFirst,
  readStream,
  takesErrorFirst,
} from './answer.js'
import { ACK } from './ack.js'
import { type ArgumentStyle, NO_ARGUMENTS, readArguments, takesTraceContext } from './arguments.js'
import {
  ABOUT_EVENT,
  anyOfMessages,
  isEventChannel,
  isSocketIo,
  leftOfChannel,
  type ReadOptions,
  remarkOn,
} from './event-channel.js'
import { isJson, type Json, jsonOf, listOf, textOf } from './json.js'
import type { ReadLog } from './log.js'
import { isClients, isOurs, limitIn, readNamespace } from './namespace.js'
import { asNoted, isUnspecified, MESSAGE, payloadOf } from './payload.js'
import { titlesAndLeftovers } from './leftovers.js'
import { createResolve, danglingIn, MISSING, nameOf, resolved, sectionIn } from './reference.js'
import { readSaid, readSecurity, without } from './metadata.js'

/** The names that Python projects document as events, but that Socket.IO reserves. */
const LIFECYCLE: ReadonlySet<string> = new Set(['connect', 'disconnect'])

/**
 * Reads the namespaces of an AsyncAPI 2 document: clients emit the events under `publish`, the server those under `subscribe`.
 */
export const readVersion2 = (document: Json, log: ReadLog, options: ReadOptions): readonly ApiNamespace[] => {
  const isFlipped = isClients(document)
  const hasSocketIo = isSocketIo(document)
  const channels = Object.entries(sectionIn(document, document, 'channels')).map(([address, value]) => {
    const dangling = danglingIn(document, value)
    if (dangling !== undefined)
      log.note(`channels.${address}: the reference ${dangling} leads nowhere in this document`)
    return { address, channel: resolved(document, value) }
  })
  const style = channels.some(({ channel }) => isAsynctions(document, channel)) ? 'tuple' : 'marked'
  const single: ApiEvent[] = []
  const namespaces = channels.map(({ address, channel }) => {
    const sides = (['publish', 'subscribe'] as const).map(key => ({
      key,
      messages: messagesOf(document, channel[key]),
    }))
    const count = Math.max(...sides.map(({ messages }) => messages.length))
    const isEvent = isEventChannel({ address, extension: channel['x-socketio'], messages: count }, hasSocketIo, options)
    const events = sides.flatMap(({ key, messages }) => {
      const operation = resolved(document, channel[key])
      const direction = (key === 'publish') === isFlipped ? 'output' : 'input'
      const security = readSecurity(document, operation['security'])
      const common = { direction, style, security, log } as const
      if (isEvent) {
        const [message] = anyOfMessages(messages.map(each => each.message))
        if (message === undefined)
          return channel[key] === undefined ? [] : [readEvent(document, { ...common, name: address, message: {} })]
        return [readEvent(document, { ...common, name: address, message, around: [operation, channel] })]
      }
      const said = ['summary', 'description', 'tags', 'externalDocs', 'bindings'].filter(
        part => operation[part] !== undefined,
      )
      if (said.length > 0 && !isOurs(document))
        log.note(`${address} ${key}: ${said.join(', ')} of all its events is left out`)
      return messages
        .filter(({ name, message }) => !LIFECYCLE.has(name) || skip(document, name, message, log))
        .map(each => readEvent(document, { ...common, ...each }))
    })
    if (isEvent) single.push(...events)
    return isEvent
      ? readNamespace(document, { address: '/', channel: {}, events })
      : readNamespace(document, { address, channel, events, handshake: handshakeOf(document, channel) })
  })
  remarkOn(single, log.remark)
  return namespaces
}

/** Returns true for a channel with the handlers of asynction, for which a payload that is a list is all arguments. */
const isAsynctions = (document: Json, channel: Json): boolean =>
  messagesOf(document, channel['publish']).some(({ message }) => typeof message['x-handler'] === 'string')

const messagesOf = (document: Json, side: unknown): readonly { name: string; message: Json }[] => {
  const operation = resolved(document, side)
  const given = createResolve(document)(operation['message']).value
  const members = isJson(given) && 'oneOf' in given ? given['oneOf'] : given
  const list = Array.isArray(members)
    ? listOf(members)
    : members === undefined || members === null
      ? []
      : [operation['message']]
  return list.map(member => {
    const message = resolved(document, member)
    const dangling = danglingIn(document, member)
    const name =
      textOf(message['name']) ?? textOf(message['messageId']) ?? nameOf(member) ?? textOf(operation['operationId'])
    return { name: name ?? 'message', message: dangling === undefined ? message : { [MISSING]: dangling } }
  })
}

const skip = (document: Json, name: string, message: Json, { note }: ReadLog): false => {
  const { payload } = message
  const isCarried = name === 'connect' && payload !== undefined && !isUnspecified(document, payload)
  note(
    `${name}: a Socket.IO event, which a contract does not declare${isCarried ? "; its payload became the namespace's auth" : '; listen to it with server.on'}`,
  )
  return false
}

/** Returns the handshake's `auth`, which Python projects document as the payload of `connect`. */
const handshakeOf = (document: Json, channel: Json): unknown => {
  const found = messagesOf(document, channel['publish']).find(({ name }) => name === 'connect')
  const payload = found?.message['payload']
  return isUnspecified(document, payload) ? undefined : payload
}

interface Read {
  readonly name: string
  readonly message: Json
  readonly direction: 'input' | 'output'
  readonly style: ArgumentStyle
  readonly security: readonly Requirement[] | undefined
  /** The operation and the channel, if they stand for the event. */
  readonly around?: readonly [operation: Json, channel: Json]
  readonly log: ReadLog
}

const readEvent = (document: Json, read: Read): ApiEvent => {
  const { name, message, direction, style, security, around = [], log } = read
  const { payload: given, note: problem } = payloadOf(document, message)
  const payload = problem === undefined ? given : asNoted(given)
  if (problem !== undefined) log.remark(`${name}: ${problem}`)
  const missing = textOf(message[MISSING])
  if (missing !== undefined) log.note(`${name}: its message ${missing} can't be read`)
  const extension = jsonOf(message['x-socketio'])
  const isOpen = payload === undefined ? !isOurs(document) : isUnspecified(document, payload)
  const ack = [message, ...around].map(part => part[ACK]).find(value => value !== undefined)
  const answers = readStream(document, extension, answersOf(document, name, { message, ack }, log))
  if (answers.note !== undefined) log.remark(`${name}: ${answers.note}`)
  const [operation, channel] = around
  const sources = [message, ...around]
  const hasSummary = sources.some(({ summary }) => (textOf(summary)?.trim() ?? '') !== '')
  const titles = isOurs(document) ? [] : titlesAndLeftovers({ name, message, sources, hasSummary }, log)
  return {
    name,
    direction,
    args: isOpen ? undefined : payload === undefined ? NO_ARGUMENTS : readArguments(document, message, payload, style),
    hasTraceContext: takesTraceContext(message),
    ack: answers.ack,
    errorFirst: answers.errorFirst,
    isAckRequired: extension['ackRequired'] === true,
    stream: answers.stream,
    errors: answers.errors,
    limit: limitIn(message),
    said: readSaid(document, sources, titles),
    // If events differ, our documents have the security of each; the channel's covers them all.
    security: 'security' in extension ? readSecurity(document, extension['security']) : security,
    other: {
      ...(channel === undefined ? {} : leftOfChannel(channel)),
      ...(operation === undefined ? {} : without(operation, OPERATION)),
      ...without(message, MESSAGE),
    },
  }
}

/** The keys of an operation that are read, or that only name it. */
const OPERATION = [...ABOUT_EVENT, 'message', 'operationId', 'security', 'traits', ACK]

const answersOf = (
  document: Json,
  name: string,
  { message, ack }: { readonly message: Json; readonly ack: unknown },
  log: ReadLog,
): Answers => {
  const extension = jsonOf(message['x-socketio'])
  const isReceipt = extension['ack'] === true
  if (ack === undefined || ack === null) return isReceipt ? { ...NO_ANSWERS, ack: { schema: undefined } } : NO_ANSWERS
  if (isUnspecified(document, ack)) {
    log.note(`${name}: the acknowledgement has no schema, so none is declared; add .ack(…) if there is one`)
    return NO_ANSWERS
  }
  if (takesErrorFirst(extension)) return readErrorFirst(document, listOf(jsonOf(ack)['oneOf']))
  if (extension['receipt'] !== true) return readAck(document, ack) ?? NO_ANSWERS
  return { ...readAnswers(document, alternatives(document, ack).slice(1), 'marked'), ack: { schema: undefined } }
}
