/**
 * Records spans and metrics of the events of a server.
 *
 * @module
 */

// A server
export { openTelemetry } from './open-telemetry.js'

// Shared by server and client
export { createRecorder, type OpenTelemetryOptions, type Recorder, type Recording } from './recorder.js'
export type { Recorded, Role } from './semantics.js'
