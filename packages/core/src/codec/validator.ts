import type { TSchema } from '@sinclair/typebox'
import type { Issue } from '../wire.js'

/** What checks values against one schema. */
export interface Validator {
  check(value: unknown): boolean
  /** How a value differs: one issue for each place, at most `most`, their paths beginning with `path`. */
  issues(value: unknown, path: string, most: number): Issue[]
}

/** Makes checks of schemas: a server compiles them, a client, which a page's policy may forbid to, walks them. */
export interface Checker {
  /** `path` is where the contract has the schema, for messages. */
  validatorFor(schema: TSchema, path: string): Validator
  /** The check of a part of a schema, which refers to nothing outside. */
  checkOf(part: TSchema): (value: unknown) => boolean
}

/** A peer chooses the names of unexpected properties, and with them the length of a path. */
const LONGEST_PATH = 256

/** How many errors to look at for one issue: many can be of one place, and a client can send a great many. */
const ERRORS_PER_ISSUE = 8

/** The first issue of each place, at most `most`. */
export const firstIssues = (errors: Iterable<Issue>, at: string, most: number): Issue[] => {
  const issues = new Map<string, Issue>()
  // A recursive schema and a deep value exhaust the stack: then the issues so far are what there is to say.
  try {
    let seen = 0
    for (const { path, message } of errors) {
      if (seen++ >= most * ERRORS_PER_ISSUE) break
      const place = (at + path).slice(0, LONGEST_PATH)
      if (!issues.has(place)) issues.set(place, { path: place, message })
      if (issues.size >= most) break
    }
  } catch {
    if (issues.size === 0) issues.set(at, { path: at, message: 'Expected a value that is nested less deeply' })
  }
  return [...issues.values()]
}

/** The check of a value that may be nested more deeply than the stack: then it does not pass. */
export const passes = (validator: Pick<Validator, 'check'>, value: unknown): boolean => {
  try {
    return validator.check(value)
  } catch {
    return false
  }
}
