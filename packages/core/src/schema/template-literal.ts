/**
 * Returns whether a string matches a `Type.TemplateLiteral`, in time linear in its length. TypeBox turns a template
 * into a regular expression, which backtracks over each way to divide the string among several open parts (`${string}`
 * or `${number}`). This check follows all ways at once.
 */
export type Matches = (value: string) => boolean

/**
 * Returns the check of the pattern of a template literal; `undefined` if the pattern has fewer than two open parts,
 * where its regular expression is as fast, or if TypeBox did not write it.
 */
export const templateOf = (pattern: string): Matches | undefined => {
  if (!pattern.startsWith('^') || !pattern.endsWith('$')) return undefined
  const parser: Parser = { pattern, at: 1, end: pattern.length - 1, open: 0 }
  const parts = alternatives(parser)
  return parts === undefined || parser.at !== parser.end || parser.open < 2 ? undefined : matcherOf(parts)
}

/** A part of a template: a character, an open part, or a choice among sequences of parts. */
type Part = { readonly unit: number } | 'string' | 'number' | readonly Sequence[]
type Sequence = readonly Part[]

interface Parser {
  readonly pattern: string
  readonly end: number
  at: number
  /** The number of open parts so far. */
  open: number
}

const OPEN = [
  ['(.*)', 'string'],
  ['(0|[1-9][0-9]*)', 'number'],
] as const

/** Characters with a special meaning in a regular expression, unless a backslash precedes them. */
const SPECIAL = /[.*+?^${}()|[\]\\]/

/**
 * Reads up to the end or to an unmatched closing parenthesis; returns `undefined` for a pattern that TypeBox would not
 * have written.
 */
const alternatives = (parser: Parser): readonly Sequence[] | undefined => {
  const choices: Part[][] = [[]]
  while (parser.at < parser.end && parser.pattern[parser.at] !== ')') {
    if (parser.pattern[parser.at] === '|') {
      parser.at++
      choices.push([])
      continue
    }
    const part = partOf(parser)
    if (part === undefined) return undefined
    choices[choices.length - 1]?.push(part)
  }
  return choices
}

const partOf = (parser: Parser): Part | undefined => {
  const { pattern } = parser
  const open = OPEN.find(([source]) => pattern.startsWith(source, parser.at))
  if (open !== undefined) {
    parser.open++
    parser.at += open[0].length
    return open[1]
  }
  const character = pattern[parser.at]
  if (character === '(') {
    parser.at++
    const inside = alternatives(parser)
    if (pattern[parser.at] !== ')') return undefined
    parser.at++
    return inside
  }
  if (character === '\\') parser.at++
  else if (character === undefined || SPECIAL.test(character)) return undefined
  const unit = pattern.charCodeAt(parser.at++)
  // A backslash before any other character, such as a letter, has a meaning that no template has.
  return character !== '\\' || SPECIAL.test(String.fromCharCode(unit)) ? { unit } : undefined
}

/** A state of the matcher: before a character of a kind, or, without `takes`, in all states of `next` at once. */
interface Place {
  readonly index: number
  /**
   * Returns whether a UTF-16 code unit leads from this state to those in `next`; absent if those hold without a
   * character.
   */
  readonly takes: ((unit: number) => boolean) | undefined
  readonly next: Place[]
}

const matcherOf = (choices: readonly Sequence[]): Matches => {
  const places: Place[] = []
  const place = (takes: Place['takes'], ...next: Place[]): Place => {
    const made = { index: places.length, takes, next }
    places.push(made)
    return made
  }
  /** Makes a state that accepts any number of such characters before `next`. */
  const many = (takes: (unit: number) => boolean, next: Place): Place => {
    const start = place(undefined, next)
    start.next.push(place(takes, start))
    return start
  }
  const before = (part: Part, next: Place): Place => {
    if (part === 'string') return many(isInLine, next)
    if (part === 'number') {
      const zero = place(unit => unit === ZERO, next)
      return place(
        undefined,
        zero,
        place(unit => unit > ZERO && unit <= NINE, many(isDigit, next)),
      )
    }
    if ('unit' in part) return place(unit => unit === part.unit, next)
    return place(undefined, ...part.map(sequence => sequence.reduceRight((end, inner) => before(inner, end), next)))
  }
  const end = place(undefined)
  const start = before(choices, end)

  return value => {
    // The time at which each state was last reached, counted from one.
    const reached = new Uint32Array(places.length)
    let here: Place[] = []
    const reach = (to: Place, time: number, all: Place[]): void => {
      if (reached[to.index] === time) return
      reached[to.index] = time
      if (to.takes !== undefined) all.push(to)
      else for (const next of to.next) reach(next, time, all)
    }
    reach(start, 1, here)
    for (let at = 0; at < value.length; at++) {
      const unit = value.charCodeAt(at)
      const after: Place[] = []
      for (const from of here) if (from.takes?.(unit) === true) for (const next of from.next) reach(next, at + 2, after)
      if (after.length === 0 && reached[end.index] !== at + 2) return false
      here = after
    }
    return reached[end.index] === value.length + 1
  }
}

const [ZERO, NINE] = [48, 57]
const isDigit = (unit: number): boolean => unit >= ZERO && unit <= NINE

/** Returns whether the dot of a regular expression matches a code unit: any but a line terminator. */
const isInLine = (unit: number): boolean => unit !== 0x0a && unit !== 0x0d && unit !== 0x2028 && unit !== 0x2029
