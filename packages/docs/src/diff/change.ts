import type { Reason } from './schema/reason.js'

/** What a difference means to those who talk to the server. */
export type ChangeClass = 'breaking' | 'compatible' | 'documentation'

/** One difference between two documents. */
export interface Change {
  readonly class: ChangeClass
  /** The namespace, and the event if it is one's: `/admin ban`. */
  readonly where: string
  /** What of it: `input[0].reason`. */
  readonly part: string
  /** What happened to it. */
  readonly what: string
  /** Why it is in its class, where that is not plain. */
  readonly why?: string
}

/** Who sends what a schema describes. */
export type Sender = 'peer' | 'server'

const shown = (value: unknown): string => {
  if (value === undefined) return 'any'
  if (Array.isArray(value) && value.every(part => typeof part === 'string')) return value.join(' | ')
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value))
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text
}

const LONGEST = 60

/** What a reason says, from the old document to the new one. */
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
