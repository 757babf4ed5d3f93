import type { Reason } from './schema/reason.js'

/** The effect of a change on clients. */
export type ChangeClass = 'breaking' | 'compatible' | 'documentation'

/** A difference between two documents. */
export interface Change {
  /** The effect on clients. */
  readonly class: ChangeClass
  /** The namespace, and the event if the change belongs to one: `/admin ban`. */
  readonly where: string
  /** The changed part: `input[0].reason`. */
  readonly part: string
  /** The description of the change. */
  readonly what: string
  /** The explanation of its class, if it is not obvious. */
  readonly why?: string
}

/** The side that sends the values of a schema. */
export type Sender = 'peer' | 'server'

const shown = (value: unknown): string => {
  if (value === undefined) return 'any'
  if (Array.isArray(value) && value.every(part => typeof part === 'string')) return value.join(' | ')
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value))
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text
}

const LONGEST = 60

/** Describes a reason from the old document to the new one. */
export const wordsOf = ({ what, inner, outer }: Reason, isInnerOld: boolean): string => {
  const [before, after] = isInnerOld ? [inner, outer] : [outer, inner]
  if (what === 'required') return after === true ? 'is now required' : 'is no longer required'
  if (what === 'property' || what === 'item') return after === true ? 'is added' : 'is removed'
  if (what === 'additionalProperties')
    return after === true ? 'lets other properties in' : 'lets no other properties in'
  if (what === 'declared') return after === true ? 'is added as optional' : 'is removed'
  if (what === 'value') return after === undefined ? `no longer allows ${shown(before)}` : `now allows ${shown(after)}`
  if (what === 'size') return 'is too large to compare'
  if (what === 'oneOf' || what === 'anyOf' || what === 'not') return `${what} changed`
  return `${what}: ${shown(before)} → ${shown(after)}`
}
