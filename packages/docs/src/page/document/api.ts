import { createEvent, type ApiEvent } from './event.js'
import { entriesIn, type Json, jsonOf, listIn, textIn, textOf } from '../../parse/json.js'
import { readNamespace } from '../../parse/namespace.js'
import { readOperations } from '../../parse/operation.js'
import { parameterSchema } from '../../parse/parameter.js'
import { createResolve, resolved, type Resolve } from '../../parse/reference.js'
import { createSecurity, type Scheme } from './security.js'

export interface Parameter {
  readonly name: string
  readonly description: string | undefined
  readonly schema: unknown
}

export interface Namespace {
  readonly key: string
  /** The name in Socket.IO: `/`, `/admin`, `/game-{id}`. */
  readonly name: string
  readonly description: string | undefined
  readonly externalDocs: Json | undefined
  readonly tags: readonly string[]
  readonly parameters: readonly Parameter[]
  readonly auth: unknown
  /** The schema of each error with which the handshake can be refused, by code. */
  readonly errors: ReadonlyMap<string, unknown>
  readonly query: unknown
  readonly headers: unknown
  readonly events: readonly ApiEvent[]
}

export interface ApiServer {
  readonly name: string
  readonly title: string
  readonly description: string | undefined
  /** The address in the document: `wss://chat.example.org`. */
  readonly address: string
  readonly path: string
  readonly security: readonly Scheme[]
}

/** The page's model of a document. */
export interface Api {
  readonly document: unknown
  readonly title: string
  readonly version: string
  readonly description: string | undefined
  readonly info: Json
  readonly servers: readonly ApiServer[]
  readonly namespaces: readonly Namespace[]
  readonly events: ReadonlyMap<string, ApiEvent>
  readonly schemas: ReadonlyMap<string, unknown>
  readonly resolve: Resolve
}

/** Reads an AsyncAPI 3 document. Unknown parts are ignored. */
export const createApi = (given: unknown): Api => {
  const document = jsonOf(given)
  const resolve = createResolve(document)
  const info = jsonOf(document['info'])
  const events = readOperations(document).flatMap(operation => {
    // An operation whose message is not described is an event nevertheless.
    const messages = operation.messages.length === 0 ? [{}] : operation.messages
    return messages.map((message, index) => createEvent(document, operation, message, index))
  })
  return {
    document,
    title: textIn(info, 'title') ?? 'Socket.IO API',
    version: textIn(info, 'version') ?? '',
    description: textIn(info, 'description'),
    info,
    servers: entriesIn(document, 'servers').map(([name, server]) => createServer(name, resolve(server).value, resolve)),
    namespaces: entriesIn(document, 'channels').map(([key, channel]) =>
      createNamespace(document, key, resolved(document, channel), events),
    ),
    events: new Map(events.map(event => [event.id, event])),
    schemas: new Map(entriesIn(document['components'], 'schemas')),
    resolve,
  }
}

const createNamespace = (document: Json, key: string, channel: Json, events: readonly ApiEvent[]): Namespace => {
  const read = readNamespace(document, { address: textIn(channel, 'address') ?? key, channel, events: [] })
  return {
    key,
    name: read.name,
    description: read.description,
    externalDocs: read.externalDocs,
    tags: read.tags.map(tag => String(tag['name'])),
    parameters: [...read.parameters].map(([name, { description, ...parameter }]) => ({
      name,
      description: textOf(description),
      schema: parameterSchema(parameter),
    })),
    auth: read.auth,
    errors: read.errors,
    query: read.query,
    headers: read.headers,
    events: events.filter(event => event.channel === key),
  }
}

const createServer = (name: string, server: unknown, resolve: Resolve): ApiServer => {
  const variables = Object.fromEntries(
    entriesIn(server, 'variables').map(([key, variable]) => [key, textIn(resolve(variable).value, 'default')]),
  )
  const fill = (template: string): string =>
    template.replaceAll(/\{([^}]*)\}/g, (whole, key: string) => variables[key] ?? whole)
  return {
    name,
    title: textIn(server, 'title') ?? name,
    description: textIn(server, 'description'),
    address: `${textIn(server, 'protocol') ?? 'ws'}://${fill(textIn(server, 'host') ?? '')}`,
    path: fill(textIn(server, 'pathname') ?? '/socket.io/'),
    security: createSecurity(listIn(server, 'security'), resolve),
  }
}
