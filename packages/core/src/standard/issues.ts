import type { Issue } from '../wire.js'
import type { StandardIssue } from './specification.js'

/** The maximum length of a message, which can list names that a client has chosen. */
const LONGEST_MESSAGE = 256

/** Converts the issues of a library for a value. `messageOf` returns the message of one as far as the library can leave out the value. */
export const issuesOf = (
  given: readonly StandardIssue[],
  value: unknown,
  messageOf: (issue: StandardIssue) => string = ({ message }) => message,
): readonly Issue[] =>
  given.map(issue => {
    const keys = (issue.path ?? []).map(step => (typeof step === 'object' ? step.key : step))
    return {
      path: keys.map(key => `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`).join(''),
      message: withoutValue(messageOf(issue), valueAt(value, keys)).slice(0, LONGEST_MESSAGE),
    }
  })

const valueAt = (value: unknown, keys: readonly PropertyKey[]): unknown => {
  // A getter or a proxy can throw.
  try {
    return keys.reduce<unknown>(
      (at, key) => (typeof at === 'object' && at !== null && Object.hasOwn(at, key) ? Reflect.get(at, key) : undefined),
      value,
    )
  } catch {
    return undefined
  }
}

/** Returns a message that does not repeat the value, which may be a password, and which logs would keep. */
const withoutValue = (message: string, value: unknown): string =>
  textsOf(value).some(text => message.includes(text)) ? 'Invalid value' : message

/** Returns the texts in which a message would show a value. One of a few letters can be part of any message. */
const textsOf = (value: unknown): readonly string[] => {
  if (typeof value === 'number') return String(value).length < FEW ? [] : [String(value)]
  if (typeof value !== 'string' || value === '') return []
  const quoted = [`"${value}"`, JSON.stringify(value), `'${value}'`, `\`${value}\``]
  return value.length < FEW ? quoted : [...quoted, value]
}

const FEW = 6
