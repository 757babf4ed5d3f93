import type { Extensions, ExternalDocs, Security, Tag } from '@ackwire/core'
import type { ServerVariable, Transport } from '../asyncapi/asyncapi-types.js'

/** Where the application can be reached. Keys that begin with `x-` stand in the document as they are. */
export interface ServerOptions extends Extensions {
  /** The host, with its port if that is not the usual one: `chat.example.org`, `localhost:3000`. */
  readonly host: string
  /** `wss` over TLS, else `ws`. Default: `ws`. */
  readonly protocol?: 'ws' | 'wss'
  /** Socket.IO's option `path`. Default: `/socket.io/`. */
  readonly pathname?: string
  /** Engine.IO's option `transports`. Default: `polling` and `websocket`. */
  readonly transports?: readonly Transport[]
  readonly title?: string
  readonly description?: string
  /** What stands in braces in the host or the path, by its name. */
  readonly variables?: Readonly<Record<string, ServerVariable>>
  readonly tags?: readonly Tag[]
  readonly externalDocs?: ExternalDocs
  /** The names of security schemes, any of which lets a client in. */
  readonly security?: Security
}
