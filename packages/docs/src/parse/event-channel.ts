import type { ApiEvent } from './model.js'
import { type Json, jsonOf, listOf, textOf } from './json.js'
import { sectionIn } from './reference.js'
import { without } from './metadata.js'

/** The ways to read a channel whose address has no leading slash. */
export type ChannelKind = 'event' | 'namespace'

/** The options for reading a document. */
export interface ReadOptions {
  /**
   * Reads each channel whose address has no leading slash as an event of `/`, or as a namespace. By default it is an event if it has
   * one message in a direction, or if the protocol of a server is Socket.IO's.
   */
  readonly channels?: ChannelKind
}

/** The names of Socket.IO's protocol in documents. */
const SOCKET_IO = /^socket[.-]?io$|^sio$/i

/** Returns true if one of the document's servers speaks Socket.IO by name; others use `ws`, which says nothing of events. */
export const isSocketIo = (document: Json): boolean =>
  Object.values(sectionIn(document, document, 'servers')).some(server =>
    SOCKET_IO.test(textOf(jsonOf(server)['protocol']) ?? ''),
  )

/** A channel whose kind is in question. */
export interface ChannelShape {
  /** The address, if the document has one. */
  readonly address: string | undefined
  /** The extension with a namespace, if any. */
  readonly extension: unknown
  /** The largest number of messages in one direction. */
  readonly messages: number
}

/** Returns true if a channel stands for one event. */
export const isEventChannel = (
  { address, extension, messages }: ChannelShape,
  hasSocketIo: boolean,
  { channels }: ReadOptions,
): boolean => {
  if (address === undefined || address === '' || address.startsWith('/')) return false
  if (typeof jsonOf(extension)['namespace'] === 'string') return false
  return channels === undefined ? messages <= 1 || hasSocketIo : channels === 'event'
}

/** The parts of a channel that describe its event. */
export const ABOUT_EVENT = ['summary', 'description', 'tags', 'externalDocs']

/** Returns the properties of a channel that its event does not carry. */
export const leftOfChannel = (channel: Json): Json =>
  without(channel, [
    ...ABOUT_EVENT,
    'address',
    'title',
    'operationId',
    'messages',
    'servers',
    'publish',
    'subscribe',
    'x-socketio',
  ])

/** Returns one message for several, any of which an event can carry. */
export const anyOfMessages = (messages: readonly Json[]): readonly Json[] => {
  const [first, ...others] = messages
  if (first === undefined || others.length === 0) return messages
  const payloads = messages.map(message => message['payload'] ?? {})
  const examples = messages.flatMap(message => listOf(message['examples']))
  const said = ABOUT_EVENT.map(key => [key, messages.map(message => message[key]).find(value => value !== undefined)])
  return [
    Object.assign(Object.fromEntries(said), without(first, ['name', ...ABOUT_EVENT]), {
      payload: { anyOf: payloads },
      ...(examples.length === 0 ? {} : { examples }),
    }),
  ]
}

/** Tells that channels are read as events, in one remark. */
export const remarkOn = (events: readonly ApiEvent[], remark: (text: string) => void): void => {
  const [first] = events
  if (first === undefined) return
  const name = JSON.stringify(first.name)
  const [address, isRead, them] =
    new Set(events.map(event => event.name)).size === 1
      ? [`the address ${name}, which has no leading slash,`, 'is read as an event', 'it as a namespace']
      : [`addresses without a leading slash, such as ${name},`, 'are read as events', 'them as namespaces']
  remark(`channels: ${address} ${isRead} of /; \`--channels namespace\` reads ${them}`)
}
