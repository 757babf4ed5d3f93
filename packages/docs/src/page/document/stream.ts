import { inside, isObject, property, text } from './json.js'
import type { Resolve } from './pointer.js'

/** What an event opens: the events that it is read with, and the schemas of what comes. */
export interface ApiStream {
  readonly next: string
  readonly stop: string
  readonly resume: string
  readonly item: unknown
  /** The schema of the final value, `undefined` where there is none. */
  readonly value: unknown
}

/** The stream that an operation opens, if it opens one. `page` is the schema of what it is answered with. */
export const createStream = (operation: unknown, page: unknown, resolve: Resolve): ApiStream | undefined => {
  const said = inside(operation, 'x-socketio', 'stream')
  const [next, stop, resume] = [text(said, 'next'), text(said, 'stop'), text(said, 'resume')]
  if (next === undefined || stop === undefined || resume === undefined) return undefined
  const properties = property(resolve(page).value, 'properties')
  const items = resolve(property(properties, 'items')).value
  return {
    next,
    stop,
    resume,
    item: isObject(items) ? (property(items, 'items') ?? {}) : {},
    value: property(properties, 'value'),
  }
}
