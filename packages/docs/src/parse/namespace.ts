import type { ApiEvent, ApiNamespace } from './model.js'
import { inside, isJson, type Json, jsonOf, textOf } from './json.js'
import { resolved } from './reference.js'
import { readTags, without } from './metadata.js'

/** Keys of a channel that are read. */
const CHANNEL = [
  'address',
  'title',
  'description',
  'tags',
  'externalDocs',
  'parameters',
  'messages',
  'bindings',
  'publish',
  'subscribe',
]

/** Whether a document was written by us: it says what a channel is to Socket.IO. */
export const isOurs = (document: Json): boolean =>
  Object.values(jsonOf(document['channels'])).some(channel => isJson(jsonOf(channel)['x-socketio']))

/** Whether a document describes the client's application, so that each event goes the other way round. */
export const isClients = (document: unknown): boolean => inside(document, 'x-socketio', 'perspective') === 'client'

/** The name of a namespace. It stands behind a URL, of whose host it must not become a part. */
export const rooted = (name: string): string => (name.startsWith('/') ? name : `/${name}`)

/** What an operation, or a message of version 2, says the server takes of its event. */
export const limitIn = (part: Json): Json | undefined => {
  const { limit } = jsonOf(part['x-socketio'])
  return isJson(limit) ? limit : undefined
}

/** A channel, and what is read of it elsewhere in its document. */
interface Channel {
  readonly address: string
  readonly channel: Json
  readonly events: readonly ApiEvent[]
  /** Its `auth` where the channel does not say it itself. */
  readonly handshake?: unknown
}

/** One channel as a namespace. */
export const readNamespace = (document: Json, { address, channel, events, handshake }: Channel): ApiNamespace => {
  const extension = jsonOf(channel['x-socketio'])
  const bindings = resolved(document, channel['bindings'])
  const { ws, ...otherBindings } = bindings
  const upgrade = resolved(document, ws)
  const parameters = Object.entries(jsonOf(channel['parameters']))
  const { namespace: _, auth, connectError: __, limit, groupLimits, ...otherExtension } = extension
  return {
    name: rooted(textOf(extension['namespace']) ?? address),
    description: textOf(channel['description'])?.trim() || undefined,
    tags: readTags(document, channel['tags']),
    externalDocs: isJson(channel['externalDocs']) ? resolved(document, channel['externalDocs']) : undefined,
    auth: auth ?? handshake,
    query: upgrade['query'],
    headers: upgrade['headers'],
    parameters: new Map(parameters.map(([parameter, value]) => [parameter, resolved(document, value)])),
    limit: isJson(limit) ? limit : undefined,
    groupLimits: jsonOf(groupLimits),
    events,
    other: {
      ...without(channel, [...CHANNEL, 'x-socketio']),
      ...otherExtension,
      ...(Object.keys(otherBindings).length === 0 ? {} : { bindings: otherBindings }),
    },
  }
}
