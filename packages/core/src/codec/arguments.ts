import type { EventEntry } from '../contract/contract.js'
import type { Issue } from '../wire.js'
import type { CodecFor } from './schema-codec.js'
import type { Rewrite } from './rewrite.js'
import { passes } from './validator.js'

/** The compiled check of an event's positional arguments. */
export interface ArgumentsValidator {
  /** What is to be checked of those that came in; absent where they are checked as they came. */
  readonly prepare: ((values: readonly unknown[]) => unknown[]) | undefined
  /** Checks those in `values` from `from` up to, but not including, `to`. */
  check(values: readonly unknown[], from: number, to: number): boolean
  /** How they differ: too few, too many, or where. At most `most` issues. */
  issues(values: readonly unknown[], most: number): Issue[]
  /**
   * What a handler is given of them, decoded: one declared argument itself, several or a rest as a tuple, none as
   * `undefined`. It throws what a transform throws.
   */
  inputOf(values: readonly unknown[], from: number, to: number): unknown
  /** Turns those that passed into what the application works with; absent where that is the same. It throws what a transform throws. */
  readonly decode: ((values: readonly unknown[]) => unknown[]) | undefined
  /** Those to send, encoded, which are then to be checked: an optional argument that is `undefined` at the end is left out, as JSON would make it `null`. */
  encode(values: readonly unknown[]): readonly unknown[]
}

/** Compiles the arguments of an event. Where they are not counted, too few or too many pass. */
export const argumentsOf = (
  { args, required, rest, path, direction }: EventEntry,
  portFor: CodecFor,
  isCounted = true,
): ArgumentsValidator => {
  const ports = args.map((schema, index) => portFor(schema, `${path} ${direction}[${index}]`))
  const following = rest === undefined ? undefined : portFor(rest, `${path} ${direction}.rest`)
  const allowed = following === undefined ? ports.length : Number.POSITIVE_INFINITY
  const [first] = ports
  const isOne = allowed === 1
  const rewrite = (kind: 'prepare' | 'decode' | 'encode') =>
    rewriteEach(
      ports.map(port => port[kind]),
      following?.[kind],
      kind === 'prepare',
    )
  const decode = rewrite('decode')
  const encode = rewrite('encode')
  const pick = (values: readonly unknown[], from: number, to: number): unknown =>
    isOne ? (from < to ? values[from] : undefined) : allowed === 0 ? undefined : values.slice(from, to)

  return {
    prepare: rewrite('prepare'),
    check:
      isCounted && isOne && required === 1 && first !== undefined
        ? (values, from, to) => to - from === 1 && first.check(values[from])
        : (values, from, to) => {
            if (isCounted && (to - from < required || to - from > allowed)) return false
            for (let at = from; at < to; at++)
              if ((ports[at - from] ?? following)?.check(values[at]) === false) return false
            return true
          },
    issues(values, most) {
      if (isCounted && (values.length < required || values.length > allowed))
        return [arity(required, allowed, values.length)]
      const issues: Issue[] = []
      for (let index = 0; index < values.length && issues.length < most; index++) {
        const port = ports[index] ?? following
        const value = values[index]
        if (port !== undefined && !passes(port, value)) {
          issues.push(...port.issues(value, `/${index}`, most - issues.length))
        }
      }
      return issues
    },
    decode,
    inputOf: decode === undefined ? pick : (values, from, to) => pick(decode(values.slice(from, to)), 0, to - from),
    encode(values) {
      let end = values.length
      while (end > required && values[end - 1] === undefined) end--
      const given = end === values.length ? values : values.slice(0, end)
      return encode === undefined ? given : encode(given)
    },
  }
}

/** Rewrites each argument, and those missing if they are to be made; `undefined` where there is nothing to rewrite. */
const rewriteEach = (
  rewrites: readonly (Rewrite | undefined)[],
  following: Rewrite | undefined,
  makesMissing: boolean,
): ((values: readonly unknown[]) => unknown[]) | undefined => {
  if (following === undefined && rewrites.every(rewrite => rewrite === undefined)) return undefined
  return values => {
    const made = [...values]
    for (let index = 0; index < Math.max(values.length, makesMissing ? rewrites.length : 0); index++) {
      const rewrite = index < rewrites.length ? rewrites[index] : following
      if (rewrite === undefined) continue
      const value = rewrite(values[index])
      // Nothing can stand after an argument that is still missing.
      if (index < values.length || (value !== undefined && index === made.length)) made[index] = value
    }
    return made
  }
}

const arity = (required: number, allowed: number, came: number): Issue => ({
  path: `/${Math.min(came, allowed)}`,
  message: `Expected ${expected(required, allowed)}, got ${came}`,
})

const expected = (required: number, allowed: number): string => {
  if (allowed === Number.POSITIVE_INFINITY) return `at least ${counted(required)}`
  return required === allowed ? counted(allowed) : `${required} to ${counted(allowed)}`
}

const counted = (count: number): string => `${count} argument${count === 1 ? '' : 's'}`
