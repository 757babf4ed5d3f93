import type { EventEntry } from '../contract.js'
import type { Issue } from '../wire.js'
import { passes, validatorFor } from './validator.js'

/** The compiled check of an event's positional arguments. */
export interface ArgumentsValidator {
  /** Checks those in `values` from `from` up to, but not including, `to`. */
  check(values: readonly unknown[], from: number, to: number): boolean
  /** How they differ: too few, too many, or where. At most `most` issues. */
  issues(values: readonly unknown[], most: number): Issue[]
  /** What a handler is given of them: one declared argument itself, several or a rest as a tuple, none as `undefined`. */
  inputOf(values: readonly unknown[], from: number, to: number): unknown
  /** Those to send: an optional argument that is `undefined` at the end is left out, as JSON would make it `null`. */
  sent(values: readonly unknown[]): readonly unknown[]
}

/** Compiles the arguments of an event. */
export const argumentsOf = ({ args, required, rest, path, direction }: EventEntry): ArgumentsValidator => {
  const validators = args.map((schema, index) => validatorFor(schema, `${path} ${direction}[${index}]`))
  const following = rest === undefined ? undefined : validatorFor(rest, `${path} ${direction}.rest`)
  const allowed = following === undefined ? validators.length : Number.POSITIVE_INFINITY
  const [first] = validators
  const isOne = allowed === 1

  return {
    check:
      isOne && required === 1 && first !== undefined
        ? (values, from, to) => to - from === 1 && first.check(values[from])
        : (values, from, to) => {
            if (to - from < required || to - from > allowed) return false
            for (let at = from; at < to; at++)
              if (!(validators[at - from] ?? following)?.check(values[at])) return false
            return true
          },
    issues(values, most) {
      if (values.length < required || values.length > allowed) return [arity(required, allowed, values.length)]
      const issues: Issue[] = []
      for (let index = 0; index < values.length && issues.length < most; index++) {
        const validator = validators[index] ?? following
        const value = values[index]
        if (validator !== undefined && !passes(validator, value)) {
          issues.push(...validator.issues(value, `/${index}`, most - issues.length))
        }
      }
      return issues
    },
    inputOf: (values, from, to) =>
      isOne ? (from < to ? values[from] : undefined) : allowed === 0 ? undefined : values.slice(from, to),
    sent(values) {
      let end = values.length
      while (end > required && values[end - 1] === undefined) end--
      return end === values.length ? values : values.slice(0, end)
    },
  }
}

const arity = (required: number, allowed: number, came: number): Issue => ({
  path: `/${Math.min(came, allowed)}`,
  message: `Expected ${expected(required, allowed)}, came ${came}`,
})

const expected = (required: number, allowed: number): string => {
  if (allowed === Number.POSITIVE_INFINITY) return `at least ${counted(required)}`
  return required === allowed ? counted(allowed) : `${required} to ${counted(allowed)}`
}

const counted = (count: number): string => `${count} argument${count === 1 ? '' : 's'}`
