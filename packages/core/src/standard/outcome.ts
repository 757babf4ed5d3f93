import type { Foreign } from '../schema/foreign.js'
import type { Issue } from '../wire.js'

/** The result of giving a value to a library. */
export type Outcome =
  | { readonly kind: 'valid'; readonly value: unknown }
  | { readonly kind: 'invalid'; readonly issues: () => readonly Issue[] }
  | { readonly kind: 'failed'; readonly error: unknown }

/** The functions of a library for one schema. None of them throws. */
export interface Runner {
  /** Checks a value that travels, and decodes it. */
  validate(this: void, value: unknown): Outcome
  /** Encodes a value of the application, and checks it. */
  encode(this: void, value: unknown): Outcome
}

/** The functions that a contract calls for a schema of a library. */
export interface Calls extends Pick<Foreign, 'check' | 'issues'> {
  /** Returns the decoded value. @throws the error of `fail` for an invalid value, and what the library has thrown. */
  decode(this: void, value: unknown): unknown
  /** Returns the encoded value. @throws as `decode`. */
  encode(this: void, value: unknown): unknown
}

/** A value that a library has just looked at. */
interface Seen {
  readonly owner: Owner
  readonly value: unknown
  readonly outcome: Outcome
  /** True if the library has made the value itself, to be sent. */
  readonly isSent: boolean
}

/** The values of one schema that were looked at before the last, such as the other items of a list. */
type Owner = WeakMap<object, Seen>

/**
 * The last value that was looked at. Only one is kept for all schemas, so that a client that sends invalid values of many
 * events does not fill the memory.
 */
let last: Seen | undefined

/**
 * Makes a library look at each value once: a contract checks a value first and decodes it afterwards, or encodes it and checks
 * the result, and a library does both in one. `fail` makes the error for an invalid value.
 */
export const callsOf = ({ validate, encode }: Runner, fail: (issues: readonly Issue[]) => Error): Calls => {
  const owner: Owner = new WeakMap()
  const valueIn = (outcome: Outcome): unknown => {
    if (outcome.kind === 'valid') return outcome.value
    throw outcome.kind === 'failed' ? outcome.error : fail(outcome.issues())
  }
  const look = (value: unknown): Outcome => {
    const outcome = validate(value)
    remember({ owner, value, outcome, isSent: false })
    return outcome
  }
  return {
    check: value => recall(owner, value, true) !== undefined || look(value).kind !== 'invalid',
    issues(value) {
      const outcome = recall(owner, value, false) ?? validate(value)
      return outcome.kind === 'invalid' ? outcome.issues() : []
    },
    decode: value => valueIn(recall(owner, value, false) ?? validate(value)),
    encode(given) {
      const outcome = encode(given)
      const value = valueIn(outcome)
      remember({ owner, value, outcome, isSent: true })
      return value
    },
  }
}

const remember = (seen: Seen): void => {
  if (last !== undefined && last.outcome.kind !== 'invalid' && isObject(last.value)) last.owner.set(last.value, last)
  last = seen
}

/** Returns the outcome for a value that has just been looked at, and forgets it, since the value may change. */
const recall = (owner: Owner, value: unknown, isSent: boolean): Outcome | undefined => {
  if (last !== undefined && last.owner === owner && last.value === value && last.isSent === isSent) {
    const { outcome } = last
    last = undefined
    return outcome
  }
  const seen = isObject(value) ? owner.get(value) : undefined
  if (seen === undefined || seen.isSent !== isSent) return undefined
  owner.delete(seen.value as object) // It is the key.
  return seen.outcome
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null
