import type { TSchema } from '@sinclair/typebox'
import type { Issue } from '../wire.js'

/** Checks values against one schema. */
export interface Validator {
  check(value: unknown): boolean
  /** Returns one issue for each place at which a value differs, at most `most`, with paths that begin with `path`. */
  issues(value: unknown, path: string, most: number): Issue[]
}

/**
 * Makes checks of schemas. A server compiles them; a client interprets them, since the policy of a page can forbid code
 * generated at run time.
 */
export interface Checker {
  /** Returns the validator of a schema. `path` is its place in the contract, for messages. */
  validatorFor(schema: TSchema, path: string): Validator
  /** Returns the check of a part of a schema that refers to nothing outside it. */
  checkOf(part: TSchema): (value: unknown) => boolean
}

/** The maximum length of the path of an issue, since a client can choose the names of unexpected properties. */
export const LONGEST_PATH = 256

/** The maximum number of errors to inspect per issue: many can be at one place, and a client can cause a great many. */
const ERRORS_PER_ISSUE = 8

/** Adds an issue. Returns `false` once there are enough. */
export type AddIssue = (path: string, message: string) => boolean

/** Returns the first issue of each place, at most `most`. */
export const firstIssues = (errors: Iterable<Issue>, at: string, most: number): Issue[] =>
  collectIssues(at, most, add => {
    for (const { path, message } of errors) if (!add(at + path, message)) break
  })

/** Returns the first issue of each place that `find` adds, at most `most`. The whole value is at `at`. */
export const collectIssues = (at: string, most: number, find: (add: AddIssue) => unknown): Issue[] => {
  const issues: Issue[] = []
  // Only made for the second issue, since most values have one.
  let places: Set<string> | undefined
  let seen = 0
  // A deep value of a recursive schema exhausts the stack; then the issues found so far are returned.
  try {
    find((path, message) => {
      if (seen++ >= most * ERRORS_PER_ISSUE) return false
      const place = path.slice(0, LONGEST_PATH)
      if (issues.length > 0) places ??= new Set([issues[0]?.path ?? ''])
      if (places?.has(place) === true) return true
      places?.add(place)
      return issues.push({ path: place, message }) < most
    })
  } catch {
    if (issues.length === 0) issues.push({ path: at, message: 'Expected a value that is nested less deeply' })
  }
  return issues
}

/** Returns whether a value passes. A value that is nested more deeply than the stack allows does not. */
export const passes = (validator: Pick<Validator, 'check'>, value: unknown): boolean => {
  try {
    return validator.check(value)
  } catch {
    return false
  }
}
