import type { Router } from '@ackwire/core'
import type { AttachOptions, ErrorReport, ServerOf } from '@ackwire/core/server'
import { serve as start } from '@ackwire/core/testing'
import type { Server, ServerOptions } from 'socket.io'
import { io as connect, type ManagerOptions, type Socket, type SocketOptions } from 'socket.io-client'
import type { TestContext } from '../../../test/harness.js'

export type Transport = 'websocket' | 'polling'
export const TRANSPORTS: readonly Transport[] = ['websocket', 'polling']

export interface Served<Contract extends Router> {
  readonly io: Server
  readonly url: string
  readonly server: ServerOf<Contract>
  /** The errors that the error handler got. A test that expects an error removes it; any left over fails the test. */
  readonly errors: ErrorReport[]
  /** A connected, plain Socket.IO client. */
  client(namespace?: string, options?: Partial<ManagerOptions & SocketOptions>): Promise<Socket>
}

export interface ServeOptions extends AttachOptions {
  readonly transport?: Transport
  /** Socket.IO's own options. */
  readonly io?: Partial<ServerOptions>
}

/** A started server on a free port, closed when the test ends. */
export const serve = async <Contract extends Router>(
  api: Contract,
  { defer }: TestContext,
  { transport = 'websocket', ...options }: ServeOptions = {},
): Promise<Served<Contract>> => {
  const errors: ErrorReport[] = []
  const { io, server, url, close } = await start(api, own => own.onError(report => void errors.push(report)), options)
  defer(() => {
    if (errors.length > 0) throw new Error(`unexpected: ${errors.map(report => String(report.error)).join(', ')}`)
  })
  defer(close)

  const client: Served<Contract>['client'] = async (namespace = '/', more) => {
    const socket = connect(url + namespace, { transports: [transport], reconnection: false, forceNew: true, ...more })
    defer(() => socket.disconnect())
    await new Promise<void>((resolve, reject) => socket.once('connect', resolve).once('connect_error', reject))
    return socket
  }
  return { io, url, server, errors, client }
}

/** Emits with an ack and returns all that the ack was called with. */
export const ask = (socket: Socket, event: string, ...args: unknown[]): Promise<unknown[]> =>
  new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`no ack for ${event}`)), 8_000)
    socket.emit(event, ...args, (...reply: unknown[]) => {
      clearTimeout(timer)
      resolve(reply)
    })
  })

/** Waits until `condition` holds; the test's time limit is the limit. */
export const until = async (condition: () => boolean): Promise<void> => {
  while (!condition()) await new Promise(resolve => setTimeout(resolve, 5))
}

/** Returns the message of the error with which a promise rejects. */
export const failureOf = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => '',
    (error: Error) => error.message,
  )
