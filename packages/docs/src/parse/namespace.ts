import type { ApiEvent, ApiNamespace } from './model.js'
import { inside, isJson, type Json, jsonOf, textOf } from './json.js'
import { resolved, sectionIn } from './reference.js'
import { readTags, without } from './metadata.js'

/** The keys of a channel that are read. */
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

const ours = new WeakMap<Json, boolean>()

/** Returns true if ackwire wrote the document, in which channels have Socket.IO extensions. */
export const isOurs = (document: Json): boolean => {
  const known = ours.get(document)
  if (known !== undefined) return known
  const channels = Object.values(sectionIn(document, document, 'channels'))
  const isOurs = channels.some(channel => isJson(jsonOf(channel)['x-socketio']))
  ours.set(document, isOurs)
  return isOurs
}

/** Returns true if a document describes the client, so that each event is reversed. */
export const isClients = (document: unknown): boolean => inside(document, 'x-socketio', 'perspective') === 'client'

/** Returns a namespace's name with a leading slash, without which it would extend the host of a URL. */
export const rooted = (name: string): string => (name.startsWith('/') ? name : `/${name}`)

/** Returns the limit of an event in its operation, or in its message in version 2. */
export const limitIn = (part: Json): Json | undefined => {
  const { limit } = jsonOf(part['x-socketio'])
  return isJson(limit) ? limit : undefined
}

/** A channel, with the parts of its namespace from elsewhere in the document. */
interface Channel {
  readonly address: string
  readonly channel: Json
  readonly events: readonly ApiEvent[]
  /** The schema of `auth`, if the channel has none itself. */
  readonly handshake?: unknown
}

const isEmpty = (schema: unknown): boolean => isJson(schema) && Object.keys(schema).length === 0

/** Reads a channel as a namespace. */
export const readNamespace = (document: Json, { address, channel, events, handshake }: Channel): ApiNamespace => {
  const extension = jsonOf(channel['x-socketio'])
  const bindings = resolved(document, channel['bindings'])
  const { ws, ...otherBindings } = bindings
  const upgrade = resolved(document, ws)
  const parameters = Object.entries(sectionIn(document, channel, 'parameters'))
  const { namespace: _, auth, connectError: __, errors, limit, groupLimits, ...otherExtension } = extension
  return {
    name: rooted(textOf(extension['namespace']) ?? address),
    description: textOf(channel['description'])?.trim() || undefined,
    tags: readTags(document, channel['tags']),
    externalDocs: isJson(channel['externalDocs']) ? resolved(document, channel['externalDocs']) : undefined,
    auth: auth ?? handshake,
    errors: new Map(Object.entries(jsonOf(errors)).map(([code, data]) => [code, isEmpty(data) ? undefined : data])),
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
