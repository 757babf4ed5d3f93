import { entriesIn, inside, property, textIn } from '../../parse/json.js'

/** A limit, as sentences. */
export interface Limit {
  /** The owner of the limit: the event, a group or the namespace. */
  readonly of: string
  readonly facts: readonly string[]
}

/** Returns the limits that apply to an event: its own, its groups' from the innermost outwards, then its namespace's. */
export const createLimits = (name: string, operation: unknown, channel: unknown): readonly Limit[] => {
  const extension = property(channel, 'x-socketio')
  const groups = entriesIn(extension, 'groupLimits').filter(([group]) => name.startsWith(`${group}:`))
  groups.sort(([one], [other]) => other.length - one.length)
  return [
    [name, inside(operation, 'x-socketio', 'limit')] as const,
    ...groups.map(([group, limit]) => [`${group}:`, limit] as const),
    [textIn(extension, 'namespace') ?? '/', property(extension, 'limit')] as const,
  ].flatMap(([of, limit]) => {
    const facts = factsOf(limit)
    return facts.length === 0 ? [] : [{ of, facts }]
  })
}

const factsOf = (limit: unknown): readonly string[] => {
  const bytes = property(limit, 'maxBytes')
  return [
    ...entriesIn(limit, 'inFlight').flatMap(([per, count]) =>
      typeof count === 'number' ? [`${counted(count, 'call')} at once ${scopeOf(per, 'per')}.`] : [],
    ),
    ...entriesIn(limit, 'rate').flatMap(([per, rate]) => {
      const [calls, seconds] = [property(rate, 'calls'), property(rate, 'seconds')]
      if (typeof calls !== 'number' || typeof seconds !== 'number') return []
      const time = seconds === 1 ? 'second' : counted(seconds, 'second')
      return [`${counted(calls, 'call')} per ${time} ${scopeOf(per, 'and')}.`]
    }),
    ...(typeof bytes === 'number' ? [`${counted(bytes, 'byte')} per call.`] : []),
  ]
}

const counted = (count: number, what: string): string =>
  `${count.toLocaleString('en')} ${count === 1 ? what : `${what}s`}`

const SCOPES: Readonly<Record<string, string>> = { perSocket: 'connection', perUser: 'user' }

/** Returns the scope of a limit behind a word: `per connection`, `and connection`, `in total`. */
const scopeOf = (per: string, word: string): string => (per === 'total' ? 'in total' : `${word} ${SCOPES[per] ?? per}`)
