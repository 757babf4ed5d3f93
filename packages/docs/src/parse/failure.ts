import { ENVELOPE } from '@ackwire/core/wire'
import { property, textOf } from './json.js'
import type { Resolve } from './reference.js'

/** What a schema says of a failure that an event is answered with. */
export interface FailureSchema {
  /** The code, where the schema is that of one alone. */
  readonly code: string | undefined
  /** The schema of its data. */
  readonly data: unknown
}

/** The failure that an answer's schema describes, `undefined` for one of a value. */
export const failureIn = (schema: unknown, resolve: Resolve): FailureSchema | undefined => {
  const envelope = property(property(resolve(schema).value, 'properties'), ENVELOPE)
  if (envelope === undefined) return undefined
  const parts = property(resolve(envelope).value, 'properties')
  return { code: textOf(property(resolve(property(parts, 'code')).value, 'const')), data: property(parts, 'data') }
}
