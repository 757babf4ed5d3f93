import type { TSchema } from '@sinclair/typebox'
import { TypeCompiler } from '@sinclair/typebox/compiler'
import { refuse } from '../definition.js'
import type { Issue } from '../wire.js'

/** A compiled schema. */
export interface Validator {
  check(value: unknown): boolean
  /** How a value differs: one issue for each place, at most `most`, their paths beginning with `path`. */
  issues(value: unknown, path: string, most: number): Issue[]
}

/** A peer chooses the names of unexpected properties, and with them the length of a path. */
const LONGEST_PATH = 256

/** How many errors to look at for one issue: many can be of one place, and a client can send a great many. */
const ERRORS_PER_ISSUE = 8

const compiled = new WeakMap<TSchema, Validator>()

/** Compiles a schema, once for each schema object in the process. `path` is where the contract has it. */
export const validatorFor = (schema: TSchema, path: string): Validator => {
  const known = compiled.get(schema)
  if (known !== undefined) return known
  const validator = compile(schema, path)
  compiled.set(schema, validator)
  return validator
}

const compile = (schema: TSchema, path: string): Validator => {
  try {
    const type = TypeCompiler.Compile(schema)
    return {
      check: value => type.Check(value),
      issues: (value, at, most) => firstIssues(type.Errors(value), at, most),
    }
  } catch (error) {
    return refuse(path, `TypeBox can't compile this schema: ${String(error)}`)
  }
}

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
export const passes = (validator: Validator, value: unknown): boolean => {
  try {
    return validator.check(value)
  } catch {
    return false
  }
}
