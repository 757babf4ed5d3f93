import { inside, textIn } from '../../parse/json.js'
import type { Resolve } from '../../parse/reference.js'
import { type StreamSchemas, streamSchemas } from '../../parse/stream.js'

/** The stream that an event opens: the events to read it with, and its schemas. */
export interface ApiStream extends StreamSchemas {
  readonly next: string
  readonly stop: string
  readonly resume: string
}

/** Reads the stream that an operation opens, if any. `page` is the schema of its answer. */
export const createStream = (operation: unknown, page: unknown, resolve: Resolve): ApiStream | undefined => {
  const said = inside(operation, 'x-socketio', 'stream')
  const [next, stop, resume] = [textIn(said, 'next'), textIn(said, 'stop'), textIn(said, 'resume')]
  if (next === undefined || stop === undefined || resume === undefined) return undefined
  return { next, stop, resume, ...streamSchemas(page, resolve) }
}
