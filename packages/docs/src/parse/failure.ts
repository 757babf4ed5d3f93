import { ENVELOPE } from '@ackwire/core/wire'
import { constantOf, property, textOf } from './json.js'
import type { Resolve } from './reference.js'

/** The schema of an error in an answer. */
export interface FailureSchema {
  /** The code, if the schema describes a single error. */
  readonly code: string | undefined
  /** The schema of its data. */
  readonly data: unknown
}

/** Returns the error that an answer's schema describes, or `undefined` for a value. */
export const failureIn = (schema: unknown, resolve: Resolve): FailureSchema | undefined => {
  const envelope = property(property(resolve(schema).value, 'properties'), ENVELOPE)
  if (envelope === undefined) return undefined
  return bareFailureIn(envelope, resolve)
}

/** Returns the error that a schema describes without an envelope. */
export const bareFailureIn = (schema: unknown, resolve: Resolve): FailureSchema => {
  const parts = property(resolve(schema).value, 'properties')
  return { code: textOf(constantOf(resolve(property(parts, 'code')).value)), data: property(parts, 'data') }
}
