import { types } from 'node:util'
import { put } from '../../codec/objects.js'
import { holdPromise, holdPromises } from '../../thenable.js'
import type { EventError, Issue } from '../../wire.js'

/** Makes the error of an issue. */
type Invalid = (issues: readonly Issue[]) => EventError

/** The reason why JSON can't carry a value. It holds nothing of the value. */
class UnsendableError extends Error {
  /** The arrays and objects that lead to the place, innermost first, each with the key in it. */
  readonly #steps: [parent: object, key: string | number][] = []

  constructor(expected: string, cause?: unknown) {
    super(`Expected ${expected}`, cause === undefined ? {} : { cause })
  }

  /** Adds the next step outwards, and returns the error. */
  within(parent: object, key: string | number): this {
    this.#steps.push([parent, key])
    return this
  }

  /** Returns the error of an issue, whose path is that of the value behind `place`. A value that contains itself ends where it first does. */
  as(invalid: Invalid, place: string): EventError {
    const path: string[] = []
    const parents = new Set<object>()
    for (const [parent, key] of this.#steps.toReversed()) {
      if (parents.has(parent)) break
      parents.add(parent)
      path.push(`/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`)
    }
    const { message, cause } = this
    const error = invalid([{ path: (place + path.join('')).slice(0, LONGEST_PATH), message }])
    return cause === undefined ? error : Object.assign(error, { cause })
  }
}

/** The maximum length of the path of an issue. */
const LONGEST_PATH = 256

/** The maximum nesting depth, so that neither a parser nor an adapter exhausts the stack. */
export const DEEPEST = 1_000

/** The maximum nesting depth of what an adapter may encode with `@msgpack/msgpack`, which allows 100 with the packet. */
export const DEEPEST_IN_MSGPACK = 90

/** The maximum number of values, so that neither a sparse array nor a value that is contained many times fills the memory. */
const MOST_VALUES = 2 ** 24

/** The encoding of a value: JSON, or what an adapter may write instead. */
export type Encoding = 'json' | 'msgpack'

/** The state of one walk. */
interface Walk {
  readonly encoding: Encoding
  values: number
  deepest: number
  hasBytes: boolean
}

/**
 * Returns a copy of a value in the form in which JSON carries it: with `toJSON` applied, without properties that are
 * undefined, functions or symbols. Binary data becomes a Buffer, which Socket.IO carries beside the JSON.
 * @throws the error that `invalid` makes of a value that can't be carried, whose promises are held.
 */
export const wireFormOf = (value: unknown, place: string, invalid: Invalid, encoding: Encoding = 'json'): unknown => {
  const walk: Walk = { encoding, values: 0, deepest: 0, hasBytes: false }
  try {
    const form = formOf(value, '', 0, walk)
    if ((encoding === 'msgpack' || walk.hasBytes) && walk.deepest > DEEPEST_IN_MSGPACK)
      throw new UnsendableError(`a value that is nested at most ${DEEPEST_IN_MSGPACK} deep`)
    return form
  } catch (error) {
    holdPromises(value)
    throw unsendable(error).as(invalid, place)
  }
}

/** Returns the forms of the arguments of a packet. */
export const wireFormsOf = (values: readonly unknown[], invalid: Invalid, encoding?: Encoding): readonly unknown[] =>
  wireFormOf(values, '', invalid, encoding) as unknown[] // The form of an array is an array.

const formOf = (given: unknown, key: string | number, depth: number, walk: Walk): unknown => {
  if (typeof given === 'string' || typeof given === 'boolean' || given === null || given === undefined) return given
  // `-0` becomes 0.
  if (typeof given === 'number') return Number.isFinite(given) ? given + 0 : null
  if (!isPlain(given) && isBytes(given)) return bytesOf(given, walk)
  const { toJSON: toJson }: { readonly toJSON?: unknown } = typeof given === 'object' ? given : Object(given)
  return plainFormOf(typeof toJson === 'function' ? Reflect.apply(toJson, given, [String(key)]) : given, depth, walk)
}

/** Returns the form of a value whose `toJSON` has been applied: a serializer calls it once. */
const plainFormOf = (value: unknown, depth: number, walk: Walk): unknown => {
  if (typeof value === 'bigint') throw new UnsendableError('a value that JSON can carry, got a bigint')
  if (typeof value === 'function' || typeof value === 'symbol') return undefined
  if (typeof value !== 'object' || value === null) return typeof value === 'number' ? formOf(value, '', 0, walk) : value
  if (!isPlain(value)) {
    if (isBytes(value)) return bytesOf(value, walk)
    if (isBoxed(value)) return plainFormOf(value.valueOf(), depth, walk)
    if (holdPromise(value)) throw new UnsendableError('a value, got a promise; await it first')
    if (value instanceof Blob) throw new UnsendableError('binary data, got a Blob; send its arrayBuffer()')
  }
  if (depth > DEEPEST) throw new UnsendableError(`a value that is nested at most ${DEEPEST} deep, and not in itself`)
  if (depth > walk.deepest) walk.deepest = depth
  return Array.isArray(value)
    ? itemsOf(value, depth, walk)
    : propertiesOf(value as Record<string, unknown>, depth, walk) // Every other object has properties.
}

/** Tells whether a value is an array or an object literal, which saves the checks for what else an object can be. */
const isPlain = (value: unknown): boolean =>
  Array.isArray(value) || (typeof value === 'object' && Object.getPrototypeOf(value) === Object.prototype)

const itemsOf = (values: readonly unknown[], depth: number, walk: Walk): unknown[] => {
  const form: unknown[] = []
  count(values.length, walk)
  let at = 0
  try {
    for (; at < values.length; at++) form.push(formOf(values[at], at, depth + 1, walk) ?? null)
    return form
  } catch (error) {
    throw unsendable(error).within(values, at)
  }
}

const propertiesOf = (object: Readonly<Record<string, unknown>>, depth: number, walk: Walk): object => {
  const form: Record<string, unknown> = {}
  const keys = Object.keys(object)
  count(keys.length, walk)
  let at = ''
  try {
    for (const key of keys) {
      at = key
      // Decoders of msgpack throw for this key, and other decoders set a prototype.
      if (key === '__proto__') throw new UnsendableError('no property called __proto__')
      const property = formOf(object[key], key, depth + 1, walk)
      if (property === undefined) continue
      // Assignment would throw where inherited properties are frozen.
      if (key in form) put(form, key, property)
      else form[key] = property
    }
    return form
  } catch (error) {
    throw unsendable(error).within(object, at)
  }
}

const count = (more: number, walk: Walk): void => {
  walk.values += more
  if (walk.values > MOST_VALUES) throw new UnsendableError(`at most ${MOST_VALUES} values`)
}

/** Returns the error for what a getter, a proxy or `toJSON` of the application has thrown. */
const unsendable = (error: unknown): UnsendableError => {
  // It can be a proxy that throws when it is inspected.
  try {
    if (error instanceof UnsendableError) return error
  } catch {}
  return new UnsendableError('a value that can be read', error)
}

const isBytes = (value: unknown): value is ArrayBufferView | ArrayBuffer =>
  ArrayBuffer.isView(value) || types.isArrayBuffer(value)

const bytesOf = (bytes: ArrayBufferView | ArrayBuffer, walk: Walk): Buffer => {
  walk.hasBytes = true
  if (Buffer.isBuffer(bytes)) return bytes
  return ArrayBuffer.isView(bytes) ? Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength) : Buffer.from(bytes)
}

const isBoxed = (value: object): boolean =>
  types.isNumberObject(value) ||
  types.isStringObject(value) ||
  types.isBooleanObject(value) ||
  types.isBigIntObject(value)
