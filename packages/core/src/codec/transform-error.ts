import type { TSchema } from '@sinclair/typebox'
import { TransformDecodeError, TransformEncodeError } from '@sinclair/typebox/value'
import type { Issue } from '../wire.js'
import { LONGEST_PATH } from './validator.js'

/** The function of a `Type.Transform` to call. */
export type Direction = 'Decode' | 'Encode'

/**
 * The errors of transforms. They are looked up here, not with `instanceof`, because a function of the contract can throw
 * a proxy, which throws when it is inspected.
 */
const errors = new WeakSet<object>()

/** Returns the error for what a transform threw. It gets its path on the way out of the value. */
export const transformError = (direction: Direction, schema: TSchema, value: unknown, cause: unknown): Error => {
  const Failure = direction === 'Decode' ? TransformDecodeError : TransformEncodeError
  const error = new Failure(schema, '', value, cause as Error) // TypeBox checks its type.
  errors.add(error)
  // The value is a payload, and would be logged with the error.
  Reflect.deleteProperty(error, 'value')
  return error
}

const isTransformError = (error: unknown): error is Error & { path: string } =>
  typeof error === 'object' && error !== null && errors.has(error)

/** Throws what the rewrite of a part threw. The error of a transform gets the step to the part. */
export const throwAt = (key: string | number, error: unknown): never => {
  if (isTransformError(error)) error.path = `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}${error.path}`
  throw error
}

/** Returns what the transform threw; any other error itself. */
export const causeOf = (error: unknown): unknown => (isTransformError(error) ? Reflect.get(error, 'error') : error)

/** Returns a function that throws an error that was caught, however often, as it was when it was caught. */
export const rethrowing = (error: unknown): (() => never) => {
  const path = transformPathOf(error)
  return () => {
    if (isTransformError(error)) error.path = path
    throw error
  }
}

/** Returns the JSON pointer to the value whose transform threw; that to the whole value for any other error. */
export const transformPathOf = (error: unknown): string => (isTransformError(error) ? error.path : '')

/** The issues of errors that `mismatch` has made. */
const mismatches = new WeakMap<object, readonly Issue[]>()

/** The maximum number of issues of such an error. */
const MOST_ISSUES = 8

/** Returns the error of a function of a transform that has checked the value itself. The paths of issues begin at the value. */
export const mismatch = (issues: readonly Issue[]): Error => {
  const error = new TypeError('ackwire: the value does not match its schema')
  mismatches.set(error, issues.slice(0, MOST_ISSUES))
  return error
}

/** Returns the issues of a value whose preparation or transform threw. `at` is the path to the whole value. */
const issuesBy = (error: unknown, at: string, message: string): Issue[] => {
  const place = at + transformPathOf(error)
  const cause = causeOf(error)
  const found = typeof cause === 'object' && cause !== null ? mismatches.get(cause) : undefined
  return (found ?? [{ path: '', message }]).map(issue => ({
    path: (place + issue.path).slice(0, LONGEST_PATH),
    message: issue.message,
  }))
}

/** Returns the issues of a received value that could not be read. `at` is the path to the whole value. */
export const unreadable = (error: unknown, at = ''): Issue[] => issuesBy(error, at, 'Expected a value that can be read')

/** Returns the issues of a value that could not be encoded. `at` is the path to the whole value. */
export const unencodable = (error: unknown, at: string): Issue[] =>
  issuesBy(error, at, 'Expected a value that can be encoded')
