'use client'

/**
 * Hooks for React, and options for TanStack Query.
 *
 * @module
 */

// The connection
export { useClient } from './client.js'
export { useConnection, type Connection } from './connection.js'

// Events
export { useEvent, type Subscribe } from './event.js'
export { useCall, type CallState, type CallControls } from './call.js'
export { useStream, type StreamOptions, type StreamState, type StreamControls } from './stream.js'

// TanStack Query
export {
  mutationOptions,
  queryKey,
  queryOptions,
  type CallKey,
  type MutationOptions,
  type QueryOptions,
} from './query.js'
