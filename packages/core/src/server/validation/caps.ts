import { types } from 'node:util'
import type { TSchema } from '@sinclair/typebox'
import { kindOf } from '../../definition-error.js'
import { refersBack } from '../../schema/traverse.js'

/** Bounds for the data of a peer, regardless of the contract. */
export interface Caps {
  /**
   * The maximum number of arguments, without the ack.
   *
   * @default 64
   */
  readonly maxArguments?: number
  /**
   * The maximum nesting depth of arrays and objects.
   *
   * @default 128
   */
  readonly maxDepth?: number
  /**
   * The maximum number of values: each argument, item and property counts as one.
   *
   * @default 100_000
   */
  readonly maxNodes?: number
}

/** The default of `maxNamespaceLength`, in UTF-16 code units. */
export const LONGEST_NAMESPACE = 256

/** Fills in the defaults of caps. @throws TypeError unless each cap is a non-negative integer or `Infinity`. */
export const capsOf = (
  place: string,
  { maxArguments = 64, maxDepth = 128, maxNodes = 100_000 }: Caps,
): Required<Caps> => {
  const caps = { maxArguments, maxDepth, maxNodes }
  for (const [name, cap] of Object.entries(caps)) assertCap(`${place}: ${name}`, cap)
  return caps
}

/** Throws unless the cap is a non-negative integer or `Infinity`; `NaN` would disable the check, since every comparison with it is false. */
export const assertCap = (place: string, cap: unknown): void => {
  if ((Number.isInteger(cap) && Number(cap) >= 0) || cap === Number.POSITIVE_INFINITY) return
  const got = typeof cap === 'number' ? String(cap) : kindOf(cap)
  throw new TypeError(`ackwire: ${place}: expected a non-negative integer or Infinity, got ${got}`)
}

/** Returns which bound the values from `from` up to, but not including, `to` exceed, or `undefined` if they exceed none. */
export type Exceeds = (values: readonly unknown[], from: number, to: number) => string | undefined

/** Returns a function that measures values, and never throws. */
export const exceedsOf = (caps: Measures): Exceeds => {
  const measure = measureOf(caps)
  return (values, from, to) => {
    // The application's middleware may have inserted values whose getters throw.
    try {
      return measure(values, from, to)
    } catch {
      return 'values that can be read'
    }
  }
}

/** Returns a function that measures values of these schemas, or `undefined` if the schemas bound the nesting by themselves. */
export const exceedsIn = (schemas: readonly TSchema[], caps: Measures): Exceeds | undefined =>
  schemas.some(refersBack) ? exceedsOf(caps) : undefined

type Measures = Pick<Required<Caps>, 'maxDepth' | 'maxNodes'>

// Traverses the values without recursion, so that no depth exhausts the stack.
const measureOf =
  ({ maxDepth, maxNodes }: Measures): Exceeds =>
  (values, from, to) => {
    let nodes = to - from
    if (nodes > maxNodes) return `at most ${maxNodes} values`
    let level: Container[] = []
    for (let at = from; at < to; at++) keep(level, values[at])
    for (let depth = 1; level.length > 0; depth++) {
      if (depth > maxDepth) return `values that are nested at most ${maxDepth} deep`
      const below: Container[] = []
      for (const container of level) {
        if (Array.isArray(container)) {
          nodes += container.length
          if (nodes > maxNodes) return `at most ${maxNodes} values`
          for (const inside of container) keep(below, inside)
        } else {
          // The msgpack parser makes a property `__proto__` the object's prototype, which counts as a value, too.
          const prototype: unknown = Object.getPrototypeOf(container)
          if (prototype !== Object.prototype) keep(below, prototype)
          for (const key in container) {
            if (++nodes > maxNodes) return `at most ${maxNodes} values`
            if (prototype === Object.prototype || Object.hasOwn(container, key)) keep(below, container[key])
          }
        }
      }
      level = below
    }
    return undefined
  }

type Container = Readonly<Record<string, unknown>>

const keep = (containers: Container[], value: unknown): void => {
  if (isContainer(value)) containers.push(value)
}

// Binary data is one value of any size. Not `instanceof`: an object whose prototype is an ArrayBuffer is an instance, too.
const isContainer = (value: unknown): value is Container =>
  typeof value === 'object' &&
  value !== null &&
  (Array.isArray(value) ||
    Object.getPrototypeOf(value) === Object.prototype ||
    !(ArrayBuffer.isView(value) || types.isAnyArrayBuffer(value) || types.isDate(value)))
