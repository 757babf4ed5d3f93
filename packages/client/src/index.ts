// The client
export { createClient, type CallOptions } from './client.js'
export type { AuthOptions, Client, ClientOptions, ConnectError, Listener } from './infer.js'

// Errors
export { safe } from './safe.js'
export { EventError } from '@ackwire/core/wire'
