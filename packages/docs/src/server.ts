import type { Security, Tag } from '@ackwire/core'
import type { ServerObject } from './asyncapi.js'
import { refuse } from './definition.js'
import { checkComponentKey } from './names.js'
import { createSecurity, type SecuritySchemes } from './security.js'
import { createTags } from './tags.js'

/** Where the application can be reached. */
export interface ServerOptions {
  /** The host, with its port if that is not the usual one: `chat.example.org`, `localhost:3000`. */
  readonly host: string
  /** `wss` over TLS, else `ws`. Default: `ws`. */
  readonly protocol?: 'ws' | 'wss'
  /** Socket.IO's option `path`. Default: `/socket.io/`. */
  readonly pathname?: string
  readonly title?: string
  readonly description?: string
  readonly tags?: readonly Tag[]
  /** The names of security schemes, any of which lets a client in. */
  readonly security?: Security
}

/** One server as the document has it. */
export const createServer = (name: string, server: ServerOptions, schemes: SecuritySchemes): ServerObject => {
  const path = `servers.${name}`
  checkComponentKey(name, path, 'the server')
  checkHost(server, path)
  return {
    host: server.host,
    pathname: server.pathname ?? '/socket.io/',
    protocol: server.protocol ?? 'ws',
    title: server.title,
    description: server.description,
    tags: createTags(server.tags ?? []),
    security: createSecurity(server.security, schemes, path),
    'x-socketio': { protocol: 5, engineio: 4, transports: ['polling', 'websocket'] },
  }
}

const checkHost = ({ host }: ServerOptions, path: string): void => {
  const [, scheme, rest = ''] = /^([a-z][a-z\d+.-]*):\/\/(.*)$/i.exec(host) ?? []
  const [name = '', ...steps] = (scheme === undefined ? host : rest).split('/')
  const advice = [
    `host: '${name}'`,
    ...(scheme === undefined ? [] : [`protocol: '${/s$/i.test(scheme) ? 'wss' : 'ws'}'`]),
    ...(steps.join('') === '' ? [] : [`pathname: '/${steps.join('/')}'`]),
  ]
  if (scheme !== undefined || steps.length > 0)
    refuse(`${path}.host`, `"${host}" has more than a host in it; write ${advice.join(', ')}`)
}
