import { type Json, jsonOf, listOf, textOf } from './json.js'
import { isClients } from './namespace.js'
import { createResolve, danglingIn, decode, MISSING, nameOf, resolved, sectionIn, unescape } from './reference.js'

/** An operation of an AsyncAPI 3 document, with the parts that it refers to. */
export interface Operation {
  readonly id: string
  readonly operation: Json
  /** The key of its channel. */
  readonly key: string
  readonly channel: Json
  /** The direction from the server's point of view, as in a contract. */
  readonly direction: 'input' | 'output'
  /** The messages that it can carry, each of which is an event. */
  readonly messages: readonly Json[]
}

/** The maximum number of events. Operations without messages have all messages of their channel, which multiplies. */
const MOST_EVENTS = 50_000

/** Reads the operations in their order. One without a direction or a channel is left out, with a note. */
export const readOperations = (document: Json, note: (text: string) => void = () => {}): readonly Operation[] => {
  const channels = sectionIn(document, document, 'channels')
  const isFlipped = isClients(document)
  const found = Object.entries(sectionIn(document, document, 'operations')).flatMap(([id, value]) => {
    const operation = resolved(document, value)
    const { action, channel } = operation
    const key = keyOf(channel, channels)
    if ((action !== 'send' && action !== 'receive') || key === undefined) {
      note(`operations.${id}: ${problemOf(action, channel)}; it is left out`)
      return []
    }
    const direction = (action === 'receive') === isFlipped ? 'output' : 'input'
    return [{ id, operation, key, channel: resolved(document, channels[key]), direction } as const]
  })
  const count = found.reduce((sum, { operation, channel }) => sum + messagesIn(document, operation, channel).length, 0)
  if (count > MOST_EVENTS)
    throw new RangeError(`describes ${count} events; expected at most ${MOST_EVENTS}: name the messages of operations`)
  return found.map(({ id, operation, key, channel, direction }) => {
    const messages = messagesOf(document, operation, channel)
    return { id, operation, key, channel, direction, messages }
  })
}

const problemOf = (action: unknown, channel: unknown): string => {
  if (action !== 'send' && action !== 'receive')
    return `expected its action to be send or receive, got ${JSON.stringify(action) ?? 'none'}`
  const reference = textOf(jsonOf(channel)['$ref'])
  return reference === undefined ? 'it names no channel' : `its channel ${reference} is not one of the document's`
}

/** Returns the key of the channel that a reference leads to, or that is the same reference. */
const keyOf = (reference: unknown, channels: Json): string | undefined => {
  const pointer = textOf(jsonOf(reference)['$ref'])
  const [, step] = /^#\/channels\/(.*)$/s.exec(pointer ?? '') ?? []
  if (step !== undefined) return [unescape(step), unescape(decode(step))].find(key => Object.hasOwn(channels, key))
  return pointer === undefined
    ? undefined
    : Object.keys(channels).find(key => jsonOf(channels[key])['$ref'] === pointer)
}

const messagesIn = (document: Json, owner: Json, channel: Json): readonly unknown[] =>
  owner['messages'] === undefined
    ? Object.values(sectionIn(document, channel, 'messages'))
    : listOf(createResolve(document)(owner['messages']).value)

/**
 * Returns the messages of an operation or a reply: those that it names, or all of its channel. If there are several, a message without
 * a name has that of its key. A message that can't be read has its reference.
 */
const messagesOf = (document: Json, owner: Json, channel: Json): readonly Json[] => {
  const keys = owner['messages'] === undefined ? Object.keys(sectionIn(document, channel, 'messages')) : []
  const messages = messagesIn(document, owner, channel)
  return messages.map((given, index) => {
    const message = resolved(document, given)
    const dangling = danglingIn(document, given)
    const name = messages.length > 1 || dangling !== undefined ? (keys[index] ?? nameOf(given)) : undefined
    return Object.assign(
      name === undefined ? {} : { name },
      message,
      dangling === undefined ? {} : { [MISSING]: dangling },
    )
  })
}

/** Returns the messages that can answer an operation, or `undefined` if it is not answered. */
export const repliesOf = (document: Json, operation: Json): readonly Json[] | undefined => {
  if (operation['reply'] === undefined) return undefined
  const reply = resolved(document, operation['reply'])
  return messagesOf(document, reply, resolved(document, reply['channel']))
}

/** Returns the name of the event that a message stands for. */
export const nameOfEvent = ({ id, operation }: Pick<Operation, 'id' | 'operation'>, message: Json): string =>
  textOf(message['name']) || textOf(operation['title']) || id
