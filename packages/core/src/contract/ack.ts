import { Kind, type TSchema } from '@sinclair/typebox'
import { assertKnownKeys, isPlainObject, kindOf, throwDefinitionError } from '../definition-error.js'
import type { Direction } from './types.js'

/** Options of `.ack`. */
export interface AckOptions {
  /**
   * Refuses an input whose client has requested no ack: it is not handled, and reported as invalid.
   *
   * @default false
   */
  readonly required?: boolean
}

/** The ack of an event. */
export interface AckData {
  /** Absent for a receipt. */
  readonly schema: TSchema | undefined
  /** True if the client has to request it. */
  readonly isRequired: boolean
}

const ACK_OPTIONS: ReadonlySet<string> = new Set<keyof AckOptions>(['required'])

/** Reads the arguments of `.ack`: a schema and options, either of which may be left out. */
export const ackOf = (given: readonly unknown[], direction: Direction): AckData => {
  const [first] = given
  // Not undefined: that is what a schema looks like whose import went wrong.
  if (given.length > 0 && first === undefined)
    throwDefinitionError('.ack', 'expected a schema, got undefined; for a receipt without a value, write .ack()')
  const isReceipt = given.length === 0 || (given.length === 1 && isPlainObject(first) && isAckOptions(first))
  const options = isReceipt ? first : given[1]
  const schema = isReceipt ? undefined : (first as TSchema)
  if (options === undefined) return { schema, isRequired: false }
  if (!isPlainObject(options))
    return throwDefinitionError('.ack', `expected an object of options, got ${kindOf(options)}`)
  assertKnownKeys(options, ACK_OPTIONS, '.ack')
  const { required = false } = options
  if (typeof required !== 'boolean')
    return throwDefinitionError('.ack: required', `expected true or false, got ${kindOf(required)}`)
  if (required && direction === 'output')
    throwDefinitionError('.ack: required', 'the server requests the ack of an output in any case; leave it out')
  return { schema, isRequired: required }
}

const isAckOptions = (value: object): boolean => !(Kind in value) && 'required' in value
