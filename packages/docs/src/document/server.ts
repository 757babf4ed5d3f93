import type { ServerObject } from '../asyncapi/asyncapi-types.js'
import type { SecuritySchemes } from '../asyncapi/security-types.js'
import { throwDefinitionError } from '../definition/definition-error.js'
import { extensionsOf } from '../asyncapi/extensions.js'
import { checkComponentKey } from '../asyncapi/identifiers.js'
import type { ServerOptions } from '../options/server-options.js'
import { createSecurity } from './security.js'
import { createTags } from '../asyncapi/tags.js'

/** Creates the Server Object of a server. */
export const createServer = (name: string, server: ServerOptions, schemes: SecuritySchemes): ServerObject => {
  const path = `servers.${name}`
  const { host, protocol = 'ws', pathname = '/socket.io/', transports = ['polling', 'websocket'] } = server
  checkComponentKey(name, path, 'the server')
  checkHost(server, path)
  if (!/^\/[^?#]*$/.test(pathname))
    throwDefinitionError(`${path}.pathname`, `expected a path such as "/socket.io/", got ${JSON.stringify(pathname)}`)
  checkVariables(host + pathname, server.variables ?? {}, path)
  return {
    host,
    pathname,
    protocol,
    title: server.title,
    description: server.description,
    variables: server.variables,
    tags: createTags(server.tags ?? []),
    externalDocs: server.externalDocs,
    security: createSecurity(server.security, schemes, path),
    'x-socketio': { protocol: 5, engineio: 4, transports },
    ...extensionsOf(server, path),
  }
}

const checkVariables = (address: string, variables: object, path: string): void => {
  const unknown = [...address.matchAll(/\{([^}]*)\}/g)].find(([, name = '']) => !Object.hasOwn(variables, name))
  if (unknown !== undefined)
    throwDefinitionError(`${path}.variables`, `${unknown[0]} is not among them; add "${unknown[1]}"`)
}

const checkHost = ({ host }: ServerOptions, path: string): void => {
  const [, scheme, rest = ''] = /^([a-z][a-z\d+.-]*):\/\/(.*)$/i.exec(host) ?? []
  const [name = '', ...steps] = (scheme === undefined ? host : rest).split('/')
  const advice = [
    `host: '${name}'`,
    ...(scheme === undefined ? [] : [`protocol: '${/^(wss|https)$/i.test(scheme) ? 'wss' : 'ws'}'`]),
    ...(steps.join('') === '' ? [] : [`pathname: '/${steps.join('/')}'`]),
  ]
  if (scheme !== undefined || steps.length > 0)
    return throwDefinitionError(`${path}.host`, `"${host}" has more than a host in it; write ${advice.join(', ')}`)
  if (!/^[^?#\s@]+$/.test(host))
    throwDefinitionError(`${path}.host`, `expected a host such as "chat.example.org", got ${JSON.stringify(host)}`)
}
