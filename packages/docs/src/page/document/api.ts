import { createEvent, type ApiEvent } from './event.js'
import { entriesIn, inside, isJson, type Json, listIn, property, textIn } from '../../parse/json.js'
import { createResolve, type Resolve } from '../../parse/reference.js'
import { isClients, rooted } from '../../parse/namespace.js'
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
export const createApi = (document: unknown): Api => {
  const resolve = createResolve(document)
  const info = property(document, 'info')
  const flipped = isClients(document)
  const operations = entriesIn(document, 'operations').flatMap(([id, operation]) => {
    const { value } = resolve(operation)
    return isJson(value) ? [createEvent(id, value, resolve, flipped)] : []
  })
  return {
    document,
    title: textIn(info, 'title') ?? 'Socket.IO API',
    version: textIn(info, 'version') ?? '',
    description: textIn(info, 'description'),
    info: isJson(info) ? info : {},
    servers: entriesIn(document, 'servers').map(([name, server]) => createServer(name, resolve(server).value, resolve)),
    namespaces: entriesIn(document, 'channels').map(([key, channel]) =>
      createNamespace(key, resolve(channel).value, resolve, operations),
    ),
    events: new Map(operations.map(event => [event.id, event])),
    schemas: new Map(entriesIn(property(document, 'components'), 'schemas')),
    resolve,
  }
}

const createNamespace = (
  key: string,
  channel: unknown,
  resolve: Resolve,
  operations: readonly ApiEvent[],
): Namespace => {
  const extension = property(channel, 'x-socketio')
  const websocket = resolve(property(resolve(property(channel, 'bindings')).value, 'ws')).value
  const docs = property(channel, 'externalDocs')
  return {
    key,
    name: rooted(textIn(extension, 'namespace') ?? textIn(channel, 'address') ?? key),
    description: textIn(channel, 'description'),
    externalDocs: isJson(docs) ? docs : undefined,
    tags: listIn(channel, 'tags').flatMap(tag => textIn(resolve(tag).value, 'name') ?? []),
    parameters: entriesIn(channel, 'parameters').map(([name, parameter]) =>
      createParameter(name, resolve(parameter).value),
    ),
    auth: property(extension, 'auth'),
    query: property(websocket, 'query'),
    headers: property(websocket, 'headers'),
    events: operations.filter(event => event.channel === key),
  }
}

// AsyncAPI 3 has only a few fields for a parameter; its schema is an extension.
const createParameter = (name: string, parameter: unknown): Parameter => {
  const own = inside(parameter, 'x-socketio', 'schema')
  const said = isJson(parameter) ? parameter : {}
  const { enum: values, default: preset, examples } = said
  const facts = Object.entries({ enum: values, default: preset, examples }).filter(([, value]) => value !== undefined)
  return {
    name,
    description: textIn(parameter, 'description'),
    schema: isJson(own) ? own : { type: 'string', ...Object.fromEntries(facts) },
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
