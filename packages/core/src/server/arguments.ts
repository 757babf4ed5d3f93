import type { EventEntry } from '../contract.js'
import type { Issue } from '../wire.js'
import { validatorFor } from './validator.js'

/** The compiled check of an event's positional arguments. */
export interface ArgumentsValidator {
  /** How many arguments there are. */
  readonly count: number
  /** Checks those in `values` from `from` up to, but not including, `to`. */
  check(values: readonly unknown[], from: number, to: number): boolean
  /** How they differ: too few, too many, or where. At most `most` issues. */
  issues(values: readonly unknown[], most: number): Issue[]
}

/** Compiles the arguments of an event. */
export const argumentsOf = ({ args, path, direction }: EventEntry): ArgumentsValidator => {
  const validators = args.map((schema, index) => validatorFor(schema, `${path} ${direction}[${index}]`))
  const count = validators.length
  const [first] = validators

  return {
    count,
    check:
      count === 1 && first !== undefined
        ? (values, from, to) => to - from === 1 && first.check(values[from])
        : (values, from, to) =>
            to - from === count && validators.every((validator, index) => validator.check(values[from + index])),
    issues(values, most) {
      if (values.length !== count) return [arity(count, values.length)]
      return validators.flatMap((validator, index) => validator.issues(values[index], `/${index}`, most)).slice(0, most)
    },
  }
}

const arity = (expected: number, came: number): Issue => ({
  path: came < expected ? `/${came}` : `/${expected}`,
  message: `Expected ${expected} argument${expected === 1 ? '' : 's'}, came ${came}`,
})
