/**
 * Starts a server and connects clients to it, for tests of handlers.
 *
 * @module
 */

import { once } from 'node:events'
import { createServer, type Server as HttpServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createClient, type Client, type ClientOptions } from '@ackwire/client'
import { Server, type ServerOptions } from 'socket.io'
import type { Router, RouterTypes } from './contract/contract.js'
import type { AuthOf } from './contract/infer.js'
import { attach } from './server/attach.js'
import type { ServerOf } from './server/signatures/server.js'
import type { AttachOptions } from './server/options.js'

/** Options of a server for a test. */
export interface ServeOptions extends AttachOptions {
  /** Options of the Socket.IO server itself. */
  readonly io?: Partial<ServerOptions>
}

/** A running server for a test, which connects clients to itself. */
export interface Served<Contract extends Router<RouterTypes>> extends AsyncDisposable {
  /** The binding of the contract. */
  readonly server: ServerOf<Contract>
  /** Socket.IO's own server. */
  readonly io: Server
  /** The HTTP server beneath it. */
  readonly http: HttpServer
  /** The URL at which it listens, such as `http://127.0.0.1:40123`. */
  readonly url: string
  /**
   * Connects a client: over websocket and without reconnection unless the options say otherwise. Rejects if the server
   * refuses it.
   */
  client(options?: ClientOptions<AuthOf<Contract>>): Promise<Client<Contract>>
  /** Closes all clients and the server. `await using` calls it at the end of the block. */
  close(): Promise<void>
}

/**
 * Starts a server with a contract on a free port of this machine, for a test of its handlers.
 *
 * @example
 * await using app = await serve(api, server => registerHandlers(server))
 * const client = await app.client()
 * assert.equal(await client.emit.add(1, 2), 3)
 */
export const serve = async <Contract extends Router<RouterTypes>>(
  api: Contract,
  setup: (server: ServerOf<Contract>) => unknown = () => {},
  { io: ioOptions, ...options }: ServeOptions = {},
): Promise<Served<Contract>> => {
  const http = createServer()
  const io = new Server(http, ioOptions)
  const clients = new Set<Client<Contract>>()
  const server = attach(io, api, options)
  await setup(server)
  http.listen(0, '127.0.0.1')
  await once(http, 'listening')
  const url = `http://127.0.0.1:${(http.address() as AddressInfo).port}`

  const close = async (): Promise<void> => {
    for (const client of clients) client.close()
    await io.close()
  }
  return {
    server,
    io,
    http,
    url,
    async client(more) {
      const alone = { transports: ['websocket'], reconnection: false, forceNew: true }
      // A cast, since the options of a contract that is not known are not known, either.
      const connect = createClient as (to: string, options: object) => Client<Contract>
      const client = connect(url, { ...alone, ...more })
      clients.add(client)
      await new Promise<void>((resolve, reject) => {
        client.socket.once('connect', resolve).once('connect_error', reject)
      })
      return client
    },
    close,
    [Symbol.asyncDispose]: close,
  }
}
