import { differs, type Check, type Difference, type Found, type Keyword, type Evaluated, isRecord } from './check.js'
import { firstOf, listOf, tableOf } from './operands.js'

/** The keywords that hold schemas for the value itself. */
export const COMBINATORS: Readonly<Record<string, Keyword>> = {
  allOf: (operand, compile) => {
    const checks = listOf(operand).map(compile)
    return (value, found, seen) => firstOf(checks, check => check(value, found, seen))
  },
  anyOf: (operand, compile) => {
    const checks = listOf(operand).map(compile)
    return (value, found, seen) => {
      let closest: Difference | undefined
      let fits = false
      for (const check of checks) {
        const difference = checkBranch(check, value, found, seen)
        if (difference !== undefined) closest = deeper(closest, difference)
        else fits = true
        // The others may have looked at more.
        if (fits && seen === undefined) break
      }
      return fits ? undefined : (closest ?? NOTHING_FITS)
    }
  },
  oneOf: (operand, compile) => {
    const checks = listOf(operand).map(compile)
    return (value, found, seen) => {
      let closest: Difference | undefined
      let fitting = 0
      for (const check of checks) {
        const difference = checkBranch(check, value, found, seen)
        if (difference === undefined) fitting++
        else closest = deeper(closest, difference)
        if (fitting > 1) return differs('Expected a value that matches only one of the schemas')
      }
      return fitting === 1 ? undefined : (closest ?? NOTHING_FITS)
    }
  },
  not: (operand, compile) => {
    const check = compile(operand)
    const difference = differs('Expected a value that does not match the schema')
    return (value, found, seen) => (check(value, found, seen && new Set()) === undefined ? difference : undefined)
  },
  if: (operand, compile, siblings) => {
    const condition = compile(operand)
    const [then, otherwise] = [siblings['then'] ?? true, siblings['else'] ?? true].map(compile)
    return (value, found, seen) =>
      (checkBranch(condition, value, found, seen) === undefined ? then : otherwise)?.(value, found, seen)
  },
  dependentSchemas: (operand, compile) => {
    const checks = tableOf(operand, compile)
    return (value, found, seen) =>
      isRecord(value)
        ? firstOf(checks, ([name, check]) => (Object.hasOwn(value, name) ? check(value, found, seen) : undefined))
        : undefined
  },
}

const NOTHING_FITS = differs('Expected a value that matches one of the schemas')

/** A check whose looking counts only if the value fits. */
const checkBranch = (
  check: Check,
  value: unknown,
  found: Found,
  seen: Evaluated | undefined,
): Difference | undefined => {
  if (seen === undefined) return check(value, found)
  const own: Evaluated = new Set()
  const difference = check(value, found, own)
  if (difference === undefined) for (const key of own) seen.add(key)
  return difference
}

/** Returns the deeper of two differences: the schema there got further. */
const deeper = (one: Difference | undefined, other: Difference): Difference =>
  one === undefined || other.depth > one.depth ? other : one
