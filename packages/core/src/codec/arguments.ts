import type { EventEntry } from '../contract/contract.js'
import type { Issue } from '../wire.js'
import type { CodecFor } from './schema-codec.js'
import type { Rewrite } from './rewrite.js'
import { transformFailureAt } from './transform-failure.js'
import { passes } from './validator.js'

/** The compiled check of the positional arguments of an event. */
export interface ArgumentsValidator {
  /** Prepares received arguments for the check; absent if they are checked as received. */
  readonly prepare: ((values: readonly unknown[]) => unknown[]) | undefined
  /** Checks the arguments `values[from]` to `values[to - 1]`. */
  check(values: readonly unknown[], from: number, to: number): boolean
  /** Returns at most `most` issues: too few arguments, too many, or the places at which they differ. */
  issues(values: readonly unknown[], most: number): Issue[]
  /**
   * Returns the decoded `input` of a handler: the value of the one declared argument, a tuple for several or a rest,
   * `undefined` for none. Throws what a transform throws.
   */
  inputOf(values: readonly unknown[], from: number, to: number): unknown
  /**
   * Decodes arguments that passed the check into the values of the application; absent if the two are equal. Throws
   * what a transform throws.
   */
  readonly decode: ((values: readonly unknown[]) => unknown[]) | undefined
  /**
   * Encodes arguments to be sent, which are checked afterwards. Leaves out optional arguments at the end that are
   * `undefined`, since JSON would make them `null`.
   */
  encode(values: readonly unknown[]): readonly unknown[]
}

/** Compiles the arguments of an event. With `isCounted: false`, too few or too many arguments pass. */
export const argumentsOf = (
  { args, required, rest, path, direction }: EventEntry,
  codecFor: CodecFor,
  isCounted = true,
): ArgumentsValidator => {
  const codecs = args.map((schema, index) => codecFor(schema, `${path} ${direction}[${index}]`))
  const following = rest === undefined ? undefined : codecFor(rest, `${path} ${direction}.rest`)
  const allowed = following === undefined ? codecs.length : Number.POSITIVE_INFINITY
  const [first] = codecs
  const isOne = allowed === 1
  const rewrite = (kind: 'prepare' | 'decode' | 'encode') =>
    rewriteEach(
      codecs.map(codec => codec[kind]),
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
              if ((codecs[at - from] ?? following)?.check(values[at]) === false) return false
            return true
          },
    issues(values, most) {
      if (isCounted && (values.length < required || values.length > allowed))
        return [arity(required, allowed, values.length)]
      const issues: Issue[] = []
      for (let index = 0; index < values.length && issues.length < most; index++) {
        const codec = codecs[index] ?? following
        const value = values[index]
        if (codec !== undefined && !passes(codec, value)) {
          issues.push(...codec.issues(value, `/${index}`, most - issues.length))
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

/**
 * Returns a function that rewrites each argument and, with `makesMissing`, creates missing ones; `undefined` if nothing
 * is to be rewritten.
 */
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
      const value = rewriteAt(rewrite, values[index], index)
      // No argument can follow one that is still missing.
      if (index < values.length || (value !== undefined && index === made.length)) made[index] = value
    }
    return made
  }
}

const rewriteAt = (rewrite: Rewrite, value: unknown, index: number): unknown => {
  try {
    return rewrite(value)
  } catch (error) {
    throw transformFailureAt(error, `/${index}`)
  }
}

const arity = (required: number, allowed: number, got: number): Issue => ({
  path: `/${Math.min(got, allowed)}`,
  message: `Expected ${expected(required, allowed)}, got ${got}`,
})

const expected = (required: number, allowed: number): string => {
  if (allowed === Number.POSITIVE_INFINITY) return `at least ${counted(required)}`
  return required === allowed ? counted(allowed) : `${required} to ${counted(allowed)}`
}

const counted = (count: number): string => `${count} argument${count === 1 ? '' : 's'}`
