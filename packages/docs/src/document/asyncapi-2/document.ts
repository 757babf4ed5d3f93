import type { AsyncApiDocument } from '../../asyncapi/asyncapi-document.js'
import type { ServerObject } from '../../asyncapi/asyncapi-types.js'
import { objectOf } from '../../definition/definition-error.js'
import { pascal } from '../../asyncapi/identifiers.js'
import type { SecuritySchemes } from '../../asyncapi/security-types.js'
import type { AsyncApi2Document, Message2Object, Server2Object } from '../../asyncapi/asyncapi-2-types.js'
import { createChannel, grouped, isSecuredAlike, type KeyedOperation } from './channel.js'
import { createMessage, type Find, finder } from './message.js'
import { createRequirements, createScheme } from './security.js'

/**
 * Converts an AsyncAPI 3 document to 2.6 in the form that tools for Python's Socket.IO read, with acknowledgements as `x-ack`.
 */
export const toVersion2 = (content: AsyncApiDocument): AsyncApi2Document => {
  const { asyncapi: _, id, info, defaultContentType, servers, channels, operations, components, ...rest } = content
  const { tags, externalDocs, ...about } = info
  const schemes = components.securitySchemes ?? {}
  const eventsIn = grouped(operations)
  const namespaces = Object.entries(channels).map(([key, channel]) => ({
    key,
    channel,
    events: { receive: eventsIn(key, 'receive'), send: eventsIn(key, 'send') },
    find: finder(channel, components.messages ?? {}),
  }))
  return {
    asyncapi: '2.6.0',
    id: id ?? `urn:socketio:${pascal(info.title).replaceAll(/\W/gu, '') || 'api'}`,
    info: about,
    tags,
    externalDocs,
    defaultContentType,
    servers:
      servers && objectOf(Object.entries(servers).map(([name, server]) => [name, createServer(server, schemes)])),
    channels: Object.fromEntries(
      namespaces.map(({ key, channel, events }) => [channel.address, createChannel(key, channel, events, schemes)]),
    ),
    components: {
      messages: objectOf(
        namespaces.flatMap(({ events, find }) =>
          [events.receive, events.send].flatMap(each => createMessages(each, find, schemes)),
        ),
      ),
      securitySchemes: objectOf(Object.entries(schemes).map(([name, scheme]) => [name, createScheme(scheme)])),
      schemas: components.schemas,
    },
    ...rest,
  }
}

/** Creates the messages of a namespace in one direction. If their security differs, each message has its own. */
const createMessages = (events: readonly KeyedOperation[], find: Find, schemes: SecuritySchemes): KeyedMessage[] => {
  const isAlike = isSecuredAlike(events)
  return events.map(([id, operation]) => {
    const security = isAlike ? undefined : createRequirements(operation.security ?? [], schemes)
    return [id, createMessage(id, operation, security, find)]
  })
}

type KeyedMessage = readonly [id: string, message: Message2Object]

const createServer = (server: ServerObject, schemes: SecuritySchemes): Server2Object => {
  const { host, pathname, protocol, title, description, variables, tags, security, externalDocs: _, ...rest } = server
  return {
    url: host + pathname.replace(/\/$/, ''),
    protocol,
    description: description ?? title,
    variables,
    tags,
    security: createRequirements(security, schemes),
    ...rest,
  }
}
