import type { NamespaceData } from './contract.js'
import type { Direction } from './types.js'

/** The maximum number of names in a message. */
const MOST_NAMES = 8

/** Returns the names of a namespace's events of one direction, as properties: `todo.create`. */
const namesOf = ({ events }: NamespaceData, direction: Direction): readonly string[] =>
  events.filter(entry => entry.direction === direction).map(({ keys }) => keys.join('.'))

/**
 * Returns a sentence about a name that is no event of this direction: that it is one of the other, or else `otherwise`, and the
 * names that there are, the most similar first. The parts of a name are separated by dots or colons.
 */
export const misnamed = (name: string, direction: Direction, namespace: NamespaceData, otherwise: string): string => {
  const named = name.replaceAll(':', '.')
  const other = direction === 'input' ? 'output' : 'input'
  const sender = direction === 'input' ? 'the server emits' : 'clients emit'
  const isOther = namesOf(namespace, other).includes(named)
  return `${isOther ? `${named} is an ${other}, which ${sender}` : otherwise}; ${listed(named, direction, namespace)}`
}

/** Returns a clause that lists the events of one direction, those whose names are most similar to this one first. */
export const listed = (name: string, direction: Direction, namespace: NamespaceData): string => {
  const names = namesOf(namespace, direction)
  if (names.length === 0) return `there are no ${direction}s`
  const distances = new Map(names.map(each => [each, distanceOf(name, each)]))
  const [first = '', ...others] = [...names]
    // Not `toSorted`, which Hermes lacks.
    .sort((one, two) => (distances.get(one) ?? 0) - (distances.get(two) ?? 0))
    .slice(0, MOST_NAMES)
  const rest = names.length - 1 - others.length
  const all = [first, ...others, ...(rest === 0 ? [] : [`${rest} more`])]
  if (all.length === 1) return `its only ${direction} is ${first}`
  const last = all.pop()
  return `its ${direction}s are ${all.join(', ')} and ${last}`
}

/** Counts the characters to insert, remove or replace in order to make one name of the other. */
const distanceOf = (from: string, to: string): number => {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index)
  for (const [at, letter] of [...from].entries()) {
    const next = [at + 1]
    for (let index = 0; index < to.length; index++) {
      const replaced = (row[index] ?? 0) + (letter === to[index] ? 0 : 1)
      next.push(Math.min(replaced, (row[index + 1] ?? 0) + 1, (next[index] ?? 0) + 1))
    }
    row = next
  }
  return row[to.length] ?? 0
}
