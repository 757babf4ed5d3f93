import type { Router } from '@ackwire/core'
import type { AsyncApiDocument } from '../asyncapi/asyncapi-document.js'
import type { Info } from '../asyncapi/asyncapi-types.js'
import { createChannel } from './channel.js'
import { objectOf } from '../definition/definition-error.js'
import { nameChannels, type Entry } from './naming.js'
import { extensionsOf } from '../asyncapi/extensions.js'
import { createConnectError, createSharedFailure } from './error-message.js'
import { checkHandshakes, createHandshake } from './handshake.js'
import { createMessages } from './message.js'
import { createOperation, SHARED_ERROR, SHARED_FAILURE, sharedErrorOf } from './operation.js'
import type { AnyOptions } from '../options/options.js'
import { registryOf } from './contract-schemas.js'
import { createSchemes } from './security.js'
import { createServer } from './server.js'
import { createTags } from '../asyncapi/tags.js'

/** Creates the AsyncAPI 3 document of a contract, from which the 2.6 document is derived. */
export const createDocument = (
  api: Router,
  options: AnyOptions,
  version: AsyncApiDocument['asyncapi'],
): AsyncApiDocument => {
  const { securitySchemes: schemes = {}, handshake: handshakes = {}, perspective = 'server' } = options
  const channels = nameChannels(api['~router'].namespaces, perspective)
  checkHandshakes(handshakes, channels)
  const registry = registryOf(channels, handshakes)
  const written = channels.map(channel => ({
    channel,
    events: channel.entries.map(entry => ({ entry, messages: createMessages(entry, registry) })),
    handshake: createHandshake(channel, handshakes[channel.namespace.name] ?? {}, registry),
  }))
  const entries = channels.flatMap(channel => channel.entries)
  const used = new Set(entries.map(sharedErrorOf))
  // Added after the contract's own schemas, so that those keep their names.
  const shared = [SHARED_ERROR, SHARED_FAILURE]
    .filter(key => used.has(key))
    .map(key => [key, createSharedFailure(registry, key === SHARED_FAILURE)] as const)
  const hasAuth = written.some(({ handshake }) => handshake.auth !== undefined || handshake.errors !== undefined)
  const connectError = hasAuth ? createConnectError(registry) : undefined

  return {
    asyncapi: version,
    id: options.id,
    info: createInfo(api, options.info ?? {}, entries),
    defaultContentType: 'application/json',
    servers: objectOf(
      Object.entries(options.servers ?? {}).map(([name, server]) => [name, createServer(name, server, schemes)]),
    ),
    channels: Object.fromEntries(
      written.map(({ channel, events, handshake }) => [
        channel.key,
        createChannel(
          channel,
          events.map(({ messages }) => messages),
          handshake,
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
      messages: objectOf(shared),
      securitySchemes: createSchemes(schemes),
      schemas: objectOf(registry.schemas()),
    },
    'x-socketio': perspective === 'client' ? { perspective } : undefined,
    ...extensionsOf(options, 'options'),
  }
}

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
    ...extensionsOf(options, 'router options'),
    ...info,
  }
}

const INTRODUCTION = `A Socket.IO API. A channel is a namespace, a message's name is the event's, and its payload is the event's argument, or an array of them where there are several. What a server receives can be answered with the acknowledgement that the reply describes.`
