import { createEvent, type ApiEvent } from './event.js'
import { entries, inside, isObject, type JsonObject, list, property, text } from './json.js'
import { createResolve, type Resolve } from './pointer.js'
import { createSecurity, type Scheme } from './security.js'

export interface Parameter {
  readonly name: string
  readonly description: string | undefined
  readonly schema: unknown
}

export interface Namespace {
  readonly key: string
  /** As Socket.IO has it: `/`, `/admin`, `/game-{id}`. */
  readonly name: string
  readonly description: string | undefined
  readonly externalDocs: JsonObject | undefined
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
  /** As the document writes it: `wss://chat.example.org`. */
  readonly address: string
  readonly path: string
  readonly security: readonly Scheme[]
}

/** A document as the page shows it. */
export interface Api {
  readonly document: unknown
  readonly title: string
  readonly version: string
  readonly description: string | undefined
  readonly info: JsonObject
  readonly servers: readonly ApiServer[]
  readonly namespaces: readonly Namespace[]
  readonly events: ReadonlyMap<string, ApiEvent>
  readonly schemas: ReadonlyMap<string, unknown>
  readonly resolve: Resolve
}

/** Reads an AsyncAPI 3 document. What it does not understand is left out. */
export const createApi = (document: unknown): Api => {
  const resolve = createResolve(document)
  const info = property(document, 'info')
  const flipped = inside(document, 'x-socketio', 'perspective') === 'client'
  const operations = entries(document, 'operations').flatMap(([id, operation]) => {
    const { value } = resolve(operation)
    return isObject(value) ? [createEvent(id, value, resolve, flipped)] : []
  })
  return {
    document,
    title: text(info, 'title') ?? 'Socket.IO API',
    version: text(info, 'version') ?? '',
    description: text(info, 'description'),
    info: isObject(info) ? info : {},
    servers: entries(document, 'servers').map(([name, server]) => createServer(name, resolve(server).value, resolve)),
    namespaces: entries(document, 'channels').map(([key, channel]) =>
      createNamespace(key, resolve(channel).value, resolve, operations),
    ),
    events: new Map(operations.map(event => [event.id, event])),
    schemas: new Map(entries(property(document, 'components'), 'schemas')),
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
    name: rooted(text(extension, 'namespace') ?? text(channel, 'address') ?? key),
    description: text(channel, 'description'),
    externalDocs: isObject(docs) ? docs : undefined,
    tags: list(channel, 'tags').flatMap(tag => text(resolve(tag).value, 'name') ?? []),
    parameters: entries(channel, 'parameters').map(([name, parameter]) =>
      createParameter(name, resolve(parameter).value),
    ),
    auth: property(extension, 'auth'),
    query: property(websocket, 'query'),
    headers: property(websocket, 'headers'),
    events: operations.filter(event => event.channel === key),
  }
}

/** A namespace stands behind a URL, of whose host it must not become a part. */
const rooted = (name: string): string => (name.startsWith('/') ? name : `/${name}`)

// AsyncAPI 3 has a few words for a parameter only; a schema is an extension.
const createParameter = (name: string, parameter: unknown): Parameter => {
  const own = inside(parameter, 'x-socketio', 'schema')
  const said = isObject(parameter) ? parameter : {}
  const { enum: values, default: preset, examples } = said
  const facts = Object.entries({ enum: values, default: preset, examples }).filter(([, value]) => value !== undefined)
  return {
    name,
    description: text(parameter, 'description'),
    schema: isObject(own) ? own : { type: 'string', ...Object.fromEntries(facts) },
  }
}

const createServer = (name: string, server: unknown, resolve: Resolve): ApiServer => {
  const variables = Object.fromEntries(
    entries(server, 'variables').map(([key, variable]) => [key, text(resolve(variable).value, 'default')]),
  )
  const fill = (template: string): string =>
    template.replaceAll(/\{([^}]*)\}/g, (whole, key: string) => variables[key] ?? whole)
  return {
    name,
    title: text(server, 'title') ?? name,
    description: text(server, 'description'),
    address: `${text(server, 'protocol') ?? 'ws'}://${fill(text(server, 'host') ?? '')}`,
    path: fill(text(server, 'pathname') ?? '/socket.io/'),
    security: createSecurity(list(server, 'security'), resolve),
  }
}
