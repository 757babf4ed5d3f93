/**
 * Hooks for React, and options for TanStack Query.
 *
 * @module
 */

// The connection
export { useClient } from './react/client.js'
export { useConnection, type Connection } from './react/connection.js'

// Events
export { useEvent, type Subscribe } from './react/event.js'
export { useCall, type CallState, type UsedCall } from './react/call.js'
export { useStream, type StreamOptions, type StreamState, type UsedStream } from './react/stream.js'

// TanStack Query
export {
  mutationOptions,
  queryKey,
  queryOptions,
  type CallKey,
  type MutationOptions,
  type QueryOptions,
} from './react/query.js'
