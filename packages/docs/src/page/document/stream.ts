import { inside, textIn } from '../../parse/json.js'
import type { Resolve } from '../../parse/reference.js'
import { type StreamSchemas, streamSchemas } from '../../parse/stream.js'

/** What an event opens: the events that it is read with, and the schemas of what comes. */
export interface ApiStream extends StreamSchemas {
  readonly next: string
  readonly stop: string
  readonly resume: string
}

/** The stream that an operation opens, if it opens one. `page` is the schema of what it is answered with. */
export const createStream = (operation: unknown, page: unknown, resolve: Resolve): ApiStream | undefined => {
  const said = inside(operation, 'x-socketio', 'stream')
  const [next, stop, resume] = [textIn(said, 'next'), textIn(said, 'stop'), textIn(said, 'resume')]
  if (next === undefined || stop === undefined || resume === undefined) return undefined
  return { next, stop, resume, ...streamSchemas(page, resolve) }
}
