import { Kind, Type, type TSchema } from '@sinclair/typebox'
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
  /**
   * Answers as Node's callbacks do: `ack(null, value)`, or `ack(error)` with a failure or with an error of the application's own,
   * which is a string. A schema instead of `true` is that of the own error. Replaces the option `acks` of the router.
   *
   * @default false
   */
  readonly errorFirst?: boolean | TSchema
}

/** Options of an `.ack` that says whether it is error-first. */
export interface ErrorFirstOptions<Own> extends Pick<AckOptions, 'required'> {
  /** The value of the option `errorFirst`. */
  readonly errorFirst: Own
}

/** The ack of an event. */
export interface AckData {
  /** Absent for a receipt. */
  readonly schema: TSchema | undefined
  /** True if the client has to request it. */
  readonly isRequired?: true
  /** The schema of the application's own errors if the ack is error-first; `false` if it is not, whatever the router says. */
  readonly errorFirst?: TSchema | false
}

/** The form of the acks of a router's events: a value, or an error and a value. */
export type AckForm = 'value' | 'error-first'

/** An error of the application's own, without a schema. */
export const ANY_OWN_ERROR: TSchema = Type.String()

const ACK_OPTIONS: ReadonlySet<string> = new Set<keyof AckOptions>(['required', 'errorFirst'])

/** Reads the arguments of `.ack`: a schema and options, either of which may be left out. */
export const ackOf = (given: readonly unknown[], direction: Direction): AckData => {
  const [first] = given
  // Not undefined: that is what a schema looks like whose import went wrong.
  if (given.length > 0 && first === undefined)
    throwDefinitionError('.ack', 'expected a schema, got undefined; for a receipt without a value, write .ack()')
  const isReceipt = given.length === 0 || (given.length === 1 && isPlainObject(first) && isAckOptions(first))
  const options = isReceipt ? first : given[1]
  const schema = isReceipt ? undefined : (first as TSchema)
  if (options === undefined) return { schema }
  if (!isPlainObject(options))
    return throwDefinitionError('.ack', `expected an object of options, got ${kindOf(options)}`)
  assertKnownKeys(options, ACK_OPTIONS, '.ack')
  const { required = false, errorFirst } = options
  if (typeof required !== 'boolean')
    return throwDefinitionError('.ack: required', `expected true or false, got ${kindOf(required)}`)
  if (required && direction === 'output')
    throwDefinitionError('.ack: required', 'the server requests the ack of an output in any case; leave it out')
  const own = ownErrorOf(errorFirst)
  return { schema, ...(required && { isRequired: true }), ...(own !== undefined && { errorFirst: own }) }
}

const isAckOptions = (value: object): boolean => !(Kind in value) && ('required' in value || 'errorFirst' in value)

const ownErrorOf = (given: unknown): TSchema | false | undefined => {
  if (given === undefined || given === false) return given
  if (given === true) return ANY_OWN_ERROR
  if (typeof given === 'object' && given !== null && Kind in given) return given as TSchema
  return throwDefinitionError('.ack: errorFirst', `expected true, false or a schema, got ${kindOf(given)}`)
}

/** Returns the ack of an event in a router whose acks have this form. The pages of a stream are never error-first. */
export const ackWithin = (ack: AckData | undefined, form: AckForm | undefined): AckData | undefined => {
  if (ack === undefined || (ack.errorFirst === undefined && form !== 'error-first')) return ack
  const { errorFirst = ANY_OWN_ERROR, ...rest } = ack
  return Object.freeze(errorFirst === false ? rest : { ...rest, errorFirst })
}
