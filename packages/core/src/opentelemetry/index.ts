/**
 * Spans and metrics of a server's events.
 *
 * @module
 */

// A server
export { openTelemetry } from './open-telemetry.js'

// What both ends have in common
export { createRecorder, type OpenTelemetryOptions, type Recorder, type Recording } from './recorder.js'
export type { Recorded, Role } from './semantics.js'
