/**
 * A Socket.IO client whose calls are typed by the contract.
 *
 * @module
 */

// The client
export { createClient } from './client.js'
export type { CallOptions, WriteOptions } from './call.js'
export type { IterateOptions } from './iterate.js'
export type { ListenOptions } from './listen.js'
export type { AuthOptions, ClientOptions } from './client-options.js'
export type { Client, Listener } from './infer.js'
export type { ConnectError } from './connect-error.js'
export type { Stream } from './stream-infer.js'

// Errors
export { safe } from './safe.js'
export { EventError } from '@ackwire/core/wire'
