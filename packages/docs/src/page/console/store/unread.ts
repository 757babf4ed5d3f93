import { isJson } from '../../../parse/json.js'
import { escape } from '../../../parse/reference.js'
import { isKept } from '../../document/number.js'
import type { Issue } from './issue.js'

/** A text in an editor that is no value yet. It stands where the value would be, and nothing that contains it is sent. */
export class Unread {
  readonly text: string
  readonly problem: string

  constructor(text: string, problem: string) {
    this.text = text
    this.problem = problem
  }

  /** Leaves it out of JSON, as a value that is missing. */
  toJSON(): undefined {}
}

/** Returns the issues of the texts in a value that are no values yet. */
export const unreadIn = (value: unknown, path = ''): readonly Issue[] => {
  if (value instanceof Unread) return [{ path, message: value.problem }]
  if (Array.isArray(value)) return value.flatMap((each, index) => unreadIn(each, `${path}/${index}`))
  if (!isJson(value) || Object.getPrototypeOf(value) !== Object.prototype) return []
  return Object.entries(value).flatMap(([key, each]) => unreadIn(each, `${path}/${escape(key)}`))
}

/** Returns the value of a text in JSON, or an `Unread` if it is not JSON or has a number that JavaScript would change. */
export const readJson = (text: string): unknown => {
  try {
    const value: unknown = JSON.parse(text)
    const changed = numbersIn(text).find(number => !isKept(number))
    return changed === undefined
      ? value
      : new Unread(text, `JavaScript can't hold the number ${changed} exactly: write it as a string, or shorter.`)
  } catch (error) {
    return new Unread(text, `Not JSON yet: ${error instanceof Error ? error.message : String(error)}`)
  }
}

/** Returns the numbers in a text that is JSON. */
const numbersIn = (json: string): readonly string[] =>
  [...json.matchAll(/"(?:[^"\\]|\\.)*"|(-?\d[\d.eE+-]*)/g)].flatMap(([, number]) =>
    number === undefined ? [] : [number],
  )
