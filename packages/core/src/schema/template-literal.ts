/**
 * Tells texts of a `Type.TemplateLiteral` in time that grows with their length, whatever they are. TypeBox makes a regular
 * expression of the template, and one with several open parts, `${string}` or `${number}`, is tried with each way to divide
 * the text among them. Here all ways are followed at once.
 */
export type Matches = (text: string) => boolean

/** The check of a template's pattern; `undefined` where it has no two open parts, so that its regular expression takes no longer, or is not TypeBox's own. */
export const templateOf = (pattern: string): Matches | undefined => {
  if (!pattern.startsWith('^') || !pattern.endsWith('$')) return undefined
  const parser: Parser = { pattern, at: 1, end: pattern.length - 1, open: 0 }
  const parts = alternatives(parser)
  return parts === undefined || parser.at !== parser.end || parser.open < 2 ? undefined : matcherOf(parts)
}

/** A character, an open part, or a choice among sequences of parts. */
type Part = { readonly unit: number } | 'string' | 'number' | readonly Sequence[]
type Sequence = readonly Part[]

interface Parser {
  readonly pattern: string
  readonly end: number
  at: number
  /** How many open parts there have been. */
  open: number
}

const OPEN = [
  ['(.*)', 'string'],
  ['(0|[1-9][0-9]*)', 'number'],
] as const

/** What a regular expression reads as something else, unless a backslash stands before it. */
const SPECIAL = /[.*+?^${}()|[\]\\]/

/** Reads up to the end, or to a parenthesis that has not been opened; `undefined` where TypeBox would not have written it so. */
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
    choices.at(-1)?.push(part)
  }
  return choices
}

const partOf = (parser: Parser): Part | undefined => {
  const { pattern } = parser
  const open = OPEN.find(([text]) => pattern.startsWith(text, parser.at))
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
  // A backslash before anything else, such as a letter, means what no template can.
  return character !== '\\' || SPECIAL.test(String.fromCharCode(unit)) ? { unit } : undefined
}

/** Where a text can be in a template: before a character of a kind, or at several places at once. */
interface Place {
  readonly index: number
  /** Whether a character, as a UTF-16 unit, can stand here; absent where there is none, and the places in `next` hold as well. */
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
  /** Any number of such characters. */
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

  return text => {
    // When a place was last reached, counted from one.
    const reached = new Uint32Array(places.length)
    let here: Place[] = []
    const reach = (to: Place, time: number, all: Place[]): void => {
      if (reached[to.index] === time) return
      reached[to.index] = time
      if (to.takes !== undefined) all.push(to)
      else for (const next of to.next) reach(next, time, all)
    }
    reach(start, 1, here)
    for (let at = 0; at < text.length; at++) {
      const unit = text.charCodeAt(at)
      const after: Place[] = []
      for (const from of here) if (from.takes?.(unit) === true) for (const next of from.next) reach(next, at + 2, after)
      if (after.length === 0 && reached[end.index] !== at + 2) return false
      here = after
    }
    return reached[end.index] === text.length + 1
  }
}

const [ZERO, NINE] = [48, 57]
const isDigit = (unit: number): boolean => unit >= ZERO && unit <= NINE

/** What the dot of a regular expression stands for: anything but the end of a line. */
const isInLine = (unit: number): boolean => unit !== 0x0a && unit !== 0x0d && unit !== 0x2028 && unit !== 0x2029
