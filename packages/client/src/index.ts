// The client
export { createClient } from './client.js'
export type { CallOptions } from './call.js'
export type { IterateOptions } from './iterate.js'
export type { ListenOptions } from './listen.js'
export type { AuthOptions, Client, ClientOptions, ConnectError, Decoded, Listener, View, Wire } from './infer.js'

// Errors
export { safe } from './safe.js'
export { EventError } from '@ackwire/core/wire'
