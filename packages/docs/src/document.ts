import type { Router } from '@ackwire/core'
import type { AsyncApiDocument, Info } from './asyncapi.js'
import { createAuth, createChannel } from './channel.js'
import { objectOf } from './definition.js'
import { createChannels, type Channel, type Entry } from './entry.js'
import { createConnectError, createSharedFailure } from './failure.js'
import { createMessages } from './message.js'
import { createOperation, SHARED_ERROR } from './operation.js'
import { createRegistry } from './registry.js'
import { idsIn } from './schema/filled.js'
import { createSchema } from './schema/schema.js'
import type { SecuritySchemes } from './security.js'
import { createServer, type ServerOptions } from './server.js'
import { createTags } from './tags.js'

/** What the contract does not say. */
export interface DocumentOptions {
  /** Defaults: the title `Socket.IO API`, the version `1.0.0`, and the contract's own description, tags and links. */
  readonly info?: Partial<Info>
  /** Where the application can be reached, by a name such as `production`. */
  readonly servers?: Readonly<Record<string, ServerOptions>>
  /** What the names in the contract's `security` stand for: AsyncAPI's Security Scheme Objects. */
  readonly securitySchemes?: SecuritySchemes
}

/**
 * The AsyncAPI 3.0.0 document of a contract as plain JSON. The same contract gives the same document, in the same order.
 *
 * @throws TypeError for what can't be documented and for examples and defaults that don't match, with the path to the entry.
 * @example
 * document(api, { info: { title: 'Chat', version: '2.1.0' } }).operations
 */
export const document = (api: Router, options: DocumentOptions = {}): AsyncApiDocument => {
  const schemes = options.securitySchemes ?? {}
  const channels = createChannels(api['~router'].namespaces)
  const registry = createRegistry(createSchema, filledIds(channels))
  const written = channels.map(channel => ({
    channel,
    events: channel.entries.map(entry => ({ entry, messages: createMessages(entry, registry) })),
    auth: createAuth(channel, registry),
  }))
  const entries = channels.flatMap(channel => channel.entries)
  const isAnswered = entries.some(({ event }) => event.direction === 'input' && event.ack !== undefined)
  // After the contract's own schemas, so that those keep their names.
  const shared = isAnswered ? createSharedFailure(registry) : undefined
  const connectError = written.some(({ auth }) => auth !== undefined) ? createConnectError(registry) : undefined

  const result: AsyncApiDocument = {
    asyncapi: '3.0.0',
    info: createInfo(api, options.info ?? {}, entries),
    defaultContentType: 'application/json',
    servers: objectOf(
      Object.entries(options.servers ?? {}).map(([name, server]) => [name, createServer(name, server, schemes)]),
    ),
    channels: Object.fromEntries(
      written.map(({ channel, events, auth }) => [
        channel.key,
        createChannel(
          channel,
          events.map(({ messages }) => messages),
          auth,
          connectError,
        ),
      ]),
    ),
    operations: Object.fromEntries(
      written.flatMap(({ events }) =>
        events.map(({ entry, messages }) => [entry.id, createOperation(entry, messages, schemes)]),
      ),
    ),
    components: {
      messages: shared && { [SHARED_ERROR]: shared },
      securitySchemes: objectOf(Object.entries(schemes)),
      schemas: objectOf(registry.schemas()),
    },
  }
  // What is undefined vanishes, and what is shared becomes separate: a document is a tree.
  return JSON.parse(JSON.stringify(result))
}

const filledIds = (channels: readonly Channel[]): ReadonlySet<string> =>
  new Set(
    channels
      .flatMap(channel => channel.entries)
      .filter(({ event }) => event.direction === 'input')
      .flatMap(({ event }) => [...event.args, event.rest].flatMap(idsIn)),
  )

const createInfo = (api: Router, info: Partial<Info>, entries: readonly Entry[]): Info => {
  const { options, namespaces } = api['~router']
  const tags = createTags([
    ...namespaces.flatMap(namespace => namespace.options.tags ?? []),
    ...entries.flatMap(({ event }) => [
      ...event.groups.flatMap(group => group.tags ?? []),
      ...(event.description.tags ?? []),
    ]),
  ])
  return {
    title: 'Socket.IO API',
    version: '1.0.0',
    description: options.description ?? INTRODUCTION,
    tags,
    externalDocs: options.externalDocs,
    ...info,
  }
}

const INTRODUCTION = `A Socket.IO API. A channel is a namespace, a message's name is the event's, and its payload is the event's argument, or an array of them where there are several. What a server receives can be answered with the acknowledgement that the reply describes.`
