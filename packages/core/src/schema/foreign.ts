import { Kind, type TSchema } from '@sinclair/typebox'
import type { Issue } from '../wire.js'

/** The kind of a schema of another library. */
export const FROM = 'ackwire:from'

/** The property that holds what the contract knows of such a schema; it is a function, which TypeBox does not clone. */
export const FOREIGN: unique symbol = Symbol.for('ackwire:foreign') as never

/** The reason why a schema of another library can't be used. */
export interface ForeignProblem {
  /** The path from the schema, such as `.user.birthday`. */
  readonly step: string
  readonly message: string
}

/** A schema of another library. */
export interface Foreign {
  /** The library's name. */
  readonly library: string
  /** The JSON Schema of the values that travel, with its definitions. */
  readonly json: Readonly<Record<string, unknown>>
  readonly problem: ForeignProblem | undefined
  /** The reason why the values of the application can't be converted to those that travel; absent if they can. */
  readonly oneWay: string | undefined
  /** True if values can be nested to any depth. */
  readonly isRecursive: boolean
  readonly acceptsUndefined: boolean
  /** Returns whether the library accepts a value as it travels, or has failed at it, in which case decoding the value throws. */
  check(this: void, value: unknown): boolean
  /** Returns the places at which a value differs, relative to it. */
  issues(this: void, value: unknown): readonly Issue[]
}

/** Returns what is known of a schema of another library; `undefined` for a schema of TypeBox. */
export const foreignOf = (schema: TSchema): Foreign | undefined => {
  if (schema[Kind] !== FROM) return undefined
  const holder: unknown = Reflect.get(schema, FOREIGN)
  return typeof holder === 'function' ? holder() : undefined
}
