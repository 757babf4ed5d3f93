import type { Extensions, ExternalDocs, Security, Tag } from '@ackwire/core'
import type { ServerVariable, Transport } from '../asyncapi/asyncapi-types.js'

/** A server of the application. Keys that begin with `x-` are copied to the document. */
export interface ServerOptions extends Extensions {
  /** The host, with its port unless it is the default: `chat.example.org`, `localhost:3000`. */
  readonly host: string
  /** `wss` for TLS, otherwise `ws`. @default 'ws' */
  readonly protocol?: 'ws' | 'wss'
  /** Socket.IO's option `path`. @default '/socket.io/' */
  readonly pathname?: string
  /** Engine.IO's option `transports`. @default ['polling', 'websocket'] */
  readonly transports?: readonly Transport[]
  /** A name for readers. By default none. */
  readonly title?: string
  /** The description of the server, in Markdown. By default none. */
  readonly description?: string
  /** The variables in braces in the host or the path, by their names. */
  readonly variables?: Readonly<Record<string, ServerVariable>>
  /** The server's tags. By default none. */
  readonly tags?: readonly Tag[]
  /** A link to further documentation. By default none. */
  readonly externalDocs?: ExternalDocs
  /** The names of security schemes, any of which grants access. */
  readonly security?: Security
}
