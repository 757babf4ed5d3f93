import { TransformDecodeError, TransformEncodeError } from '@sinclair/typebox/value'
import type { Issue } from '../wire.js'
import type { Rewrite } from './rewrite.js'

/**
 * Wraps a decode or an encode so that its errors don't hold the value, which is a payload and would be logged with them.
 */
export const withoutValues = (rewrite: Rewrite | undefined): Rewrite | undefined =>
  rewrite &&
  (value => {
    try {
      return rewrite(value)
    } catch (error) {
      if (isTransformFailure(error)) Reflect.deleteProperty(error, 'value')
      throw error
    }
  })

/** Puts the place of a value before the path in the error of its transform, and returns the error. */
export const transformFailureAt = (error: unknown, place: string): unknown =>
  isTransformFailure(error) ? Object.assign(error, { path: place + error.path }) : error

/** Returns the issue of a value whose encoding failed. `place` leads to the value, unless the error knows it. */
export const encodeIssue = (error: unknown, place: string): Issue => ({
  path: isTransformFailure(error) ? place + error.path : place,
  message: 'Expected a value that can be encoded',
})

const isTransformFailure = (error: unknown): error is TransformDecodeError | TransformEncodeError => {
  // The thrown value can be a proxy that throws when it is inspected.
  try {
    return error instanceof TransformDecodeError || error instanceof TransformEncodeError
  } catch {
    return false
  }
}
