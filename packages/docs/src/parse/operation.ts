import { type Json, jsonOf, listOf, textOf } from './json.js'
import { isClients } from './namespace.js'
import { decode, resolved, unescape } from './reference.js'

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
  const channels = jsonOf(document['channels'])
  const isFlipped = isClients(document)
  const found = Object.entries(jsonOf(document['operations'])).flatMap(([id, value]) => {
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
  const count = found.reduce((sum, { operation, channel }) => sum + messagesIn(operation, channel).length, 0)
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

/** Returns the key of the channel that a reference leads to. */
const keyOf = (reference: unknown, channels: Json): string | undefined => {
  const [, step] = /^#\/channels\/(.*)$/s.exec(textOf(jsonOf(reference)['$ref']) ?? '') ?? []
  if (step === undefined) return undefined
  return [unescape(step), unescape(decode(step))].find(key => Object.hasOwn(channels, key))
}

const messagesIn = (owner: Json, channel: Json): readonly unknown[] =>
  owner['messages'] === undefined ? Object.values(jsonOf(channel['messages'])) : listOf(owner['messages'])

/** Returns the messages of an operation or a reply: those that it names, or all of its channel. */
const messagesOf = (document: Json, owner: Json, channel: Json): readonly Json[] =>
  messagesIn(owner, channel).map(message => resolved(document, message))

/** Returns the messages that can answer an operation, or `undefined` if it is not answered. */
export const repliesOf = (document: Json, operation: Json): readonly Json[] | undefined => {
  if (operation['reply'] === undefined) return undefined
  const reply = resolved(document, operation['reply'])
  return messagesOf(document, reply, resolved(document, reply['channel']))
}

/** Returns the name of the event that a message stands for. */
export const nameOfEvent = ({ id, operation }: Pick<Operation, 'id' | 'operation'>, message: Json): string =>
  textOf(message['name']) || textOf(operation['title']) || id
