import type { EventEntry } from '../contract/contract.js'
import type { Issue } from '../wire.js'
import type { CodecFor, SchemaCodec } from './schema-codec.js'
import type { Rewrite } from './rewrite.js'
import { throwAt } from './transform-error.js'
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
   * `undefined`; in the middle they become `null`, as JSON makes them, which the other side takes for absent ones.
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
  const canBeSkipped = (index: number): boolean => index >= required && index < lastOf(args, rest)
  const isSkipped = (value: unknown, index: number): boolean =>
    (value === null || value === undefined) && canBeSkipped(index)
  const rewrite = (kind: 'prepare' | 'decode' | 'encode') =>
    rewriteEach(
      codecs.map((codec, index) => withSkipping(codec, kind, canBeSkipped(index))),
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
            for (let at = from; at < to; at++) {
              if (isSkipped(values[at], at - from)) continue
              if ((codecs[at - from] ?? following)?.check(values[at]) === false) return false
            }
            return true
          },
    issues(values, most) {
      if (isCounted && (values.length < required || values.length > allowed))
        return [arity(required, allowed, values.length)]
      const issues: Issue[] = []
      for (let index = 0; index < values.length && issues.length < most; index++) {
        const codec = codecs[index] ?? following
        const value = values[index]
        if (codec !== undefined && !isSkipped(value, index) && !passes(codec, value)) {
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

/** Returns the index before which an optional argument can be skipped: another may follow it. */
const lastOf = (args: EventEntry['args'], rest: EventEntry['rest']): number =>
  rest === undefined ? args.length - 1 : args.length

/**
 * Returns the rewrite of an argument. If it can be skipped, it is absent where it is `null`, as JSON sends `undefined`, and
 * its schema does not accept `null`.
 */
const withSkipping = (
  codec: SchemaCodec,
  kind: 'prepare' | 'decode' | 'encode',
  canBeSkipped: boolean,
): Rewrite | undefined => {
  const rewrite = codec[kind]
  if (!canBeSkipped) return rewrite
  if (kind === 'decode') return rewrite && (value => (value === undefined ? value : rewrite(value)))
  if (kind === 'encode') return value => (value === undefined ? null : rewrite === undefined ? value : rewrite(value))
  let acceptsNull: boolean | undefined
  return value => {
    const given = value === null && !(acceptsNull ??= codec.acceptsNull()) ? undefined : value
    return rewrite === undefined ? given : rewrite(given)
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
      try {
        const value = rewrite(values[index])
        // No argument can follow one that is still missing.
        if (index < values.length || (value !== undefined && index === made.length)) made[index] = value
      } catch (error) {
        throwAt(index, error)
      }
    }
    return made
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
