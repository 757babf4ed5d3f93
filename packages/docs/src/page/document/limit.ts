import { entriesIn, inside, property, textIn } from '../../parse/json.js'

/** A limit in words. */
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
      typeof count === 'number' ? [`${count} at once ${wordsOf(per)}`] : [],
    ),
    ...entriesIn(limit, 'rate').flatMap(([per, rate]) => {
      const [calls, seconds] = [property(rate, 'calls'), property(rate, 'seconds')]
      return typeof calls === 'number' && typeof seconds === 'number'
        ? [`${calls} in ${seconds === 1 ? 'a second' : `${seconds} s`} ${wordsOf(per)}`]
        : []
    }),
    ...(typeof bytes === 'number' ? [`${bytes} bytes per call`] : []),
  ]
}

/** Returns the words for the scope of a limit. */
const wordsOf = (per: string): string =>
  ({ perSocket: 'per connection', perUser: 'per user', total: 'in total' })[per] ?? per
