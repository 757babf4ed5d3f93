import {
  differs,
  inside,
  isRecord,
  keysOf,
  type Check,
  type Difference,
  type Found,
  type Keyword,
  type Evaluated,
} from './check.js'
import { firstOf, listOf, tableOf } from './operands.js'

/** The keywords that hold schemas for parts of a value; those for what no other has looked at are last. */
export const APPLICATORS: Readonly<Record<string, Keyword>> = {
  prefixItems: (operand, compile) => {
    const checks = listOf(operand).map(compile)
    return (value, found, seen) => {
      if (!Array.isArray(value)) return undefined
      for (const [index, check] of checks.entries()) {
        if (index >= value.length) break
        const difference = check(value[index], found)
        if (difference !== undefined) return inside(index, difference)
        seen?.add(index)
      }
      return undefined
    }
  },
  items: (operand, compile, siblings) => {
    const check = compile(operand)
    const from = 'prefixItems' in siblings ? listOf(siblings['prefixItems']).length : 0
    return (value, found, seen) => {
      if (!Array.isArray(value)) return undefined
      for (let index = from; index < value.length; index++) {
        const difference = check(value[index], found)
        if (difference !== undefined) return inside(index, difference)
        seen?.add(index)
      }
      return undefined
    }
  },
  contains: (operand, compile, { minContains = 1, maxContains = Number.POSITIVE_INFINITY }) => {
    const check = compile(operand)
    const difference = differs('Expected a different number of items that match the schema')
    return (value, found, seen) => {
      if (!Array.isArray(value)) return undefined
      let count = 0
      for (const [index, item] of value.entries()) {
        if (check(item, found) !== undefined) continue
        count++
        seen?.add(index)
      }
      return count < Number(minContains) || count > Number(maxContains) ? difference : undefined
    }
  },

  properties: (operand, compile) => {
    const checks = tableOf(operand, compile).map(([name, check]) => [name, propertyCheck(check)] as const)
    return (value, found, seen) =>
      isRecord(value)
        ? firstOf(checks, ([name, check]) => (Object.hasOwn(value, name) ? check(value, name, found, seen) : undefined))
        : undefined
  },
  patternProperties: (operand, compile) => {
    const checks = patternsOf(operand).map(([pattern, schema]) => [pattern, propertyCheck(compile(schema))] as const)
    return (value, found, seen) =>
      isRecord(value)
        ? firstOf(keysOf(value), name =>
            firstOf(checks, ([pattern, check]) => (pattern.test(name) ? check(value, name, found, seen) : undefined)),
          )
        : undefined
  },
  additionalProperties: (operand, compile, { properties, patternProperties }) => {
    const check = propertyCheck(compile(operand))
    const named = new Set(Object.keys(isRecord(properties) ? properties : {}))
    const patterns = patternsOf(patternProperties)
    const isDeclared = (name: string): boolean => named.has(name) || patterns.some(([pattern]) => pattern.test(name))
    return (value, found, seen) =>
      isRecord(value)
        ? firstOf(keysOf(value), name => (isDeclared(name) ? undefined : check(value, name, found, seen)))
        : undefined
  },
  propertyNames: (operand, compile) => {
    const check = compile(operand)
    return (value, found) =>
      isRecord(value)
        ? firstOf(keysOf(value), name => {
            const difference = check(name, found)
            return difference && inside(name, difference)
          })
        : undefined
  },

  unevaluatedItems: (operand, compile) => {
    const check = compile(operand)
    return (value, found, seen) => {
      if (!Array.isArray(value)) return undefined
      for (let index = 0; index < value.length; index++) {
        if (seen?.has(index) === true) continue
        const difference = check(value[index], found)
        if (difference !== undefined) return inside(index, difference)
        seen?.add(index)
      }
      return undefined
    }
  },
  unevaluatedProperties: (operand, compile) => {
    const check = propertyCheck(compile(operand))
    return (value, found, seen) =>
      isRecord(value)
        ? firstOf(keysOf(value), name => (seen?.has(name) === true ? undefined : check(value, name, found, seen)))
        : undefined
  },
}

const patternsOf = (operand: unknown): readonly (readonly [RegExp, unknown])[] =>
  Object.entries(isRecord(operand) ? operand : {}).map(
    ([pattern, schema]) => [new RegExp(pattern, 'u'), schema] as const,
  )

type PropertyCheck = (
  value: Readonly<Record<string, unknown>>,
  name: string,
  found: Found,
  seen: Evaluated | undefined,
) => Difference | undefined

/** Makes of a check one of a property that an object has. */
const propertyCheck =
  (check: Check): PropertyCheck =>
  (value, name, found, seen) => {
    const difference = check(value[name], found)
    if (difference !== undefined) return inside(name, difference)
    seen?.add(name)
    return undefined
  }
