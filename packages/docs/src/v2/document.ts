import type { AsyncApiDocument, ServerObject } from '../asyncapi.js'
import { objectOf } from '../definition.js'
import { pascal } from '../names.js'
import type { SecuritySchemes } from '../security.js'
import type { AsyncApi2Document, Message2Object, Server2Object } from './asyncapi.js'
import { createChannel, isSecuredAlike, type KeyedOperation } from './channel.js'
import { createMessage, finder } from './message.js'
import { createRequirements, createScheme } from './security.js'

/** A document of AsyncAPI 3 in the dialect of 2.6, as tools for Python's Socket.IO read it: the acknowledgement is `x-ack`. */
export const inVersion2 = (content: AsyncApiDocument): AsyncApi2Document => {
  const { asyncapi: _, id, info, defaultContentType, servers, channels, operations, components, ...rest } = content
  const { tags, externalDocs, ...about } = info
  const schemes = components.securitySchemes ?? {}
  const namespaces = Object.entries(channels).map(([key, channel]) => {
    const own = Object.entries(operations).filter(([, operation]) => operation.channel.$ref === `#/channels/${key}`)
    return { key, channel, own, find: finder(channel, components.messages ?? {}) }
  })
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
      namespaces.map(({ key, channel, own }) => [channel.address, createChannel(key, channel, own, schemes)]),
    ),
    components: {
      messages: objectOf(
        namespaces.flatMap(({ own, find }) =>
          own.map(event => [event[0], withSecurity(createMessage(...event, find), event, own, schemes)] as const),
        ),
      ),
      securitySchemes: objectOf(Object.entries(schemes).map(([name, scheme]) => [name, createScheme(scheme)])),
      schemas: components.schemas,
    },
    ...rest,
  }
}

/** Where the events of a direction are not all secured the same way, each message says how it is. */
const withSecurity = (
  message: Message2Object,
  [, operation]: KeyedOperation,
  all: readonly KeyedOperation[],
  schemes: SecuritySchemes,
): Message2Object => {
  const likewise = all.filter(([, { action }]) => action === operation.action)
  if (isSecuredAlike(likewise)) return message
  const security = createRequirements(operation.security ?? [], schemes)
  return { ...message, 'x-socketio': { ...message['x-socketio'], security } }
}

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
