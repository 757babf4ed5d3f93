import { isDeepStrictEqual } from 'node:util'
import * as fc from 'fast-check'
import { chunksOf, packetOf, type Packet, type Style } from './line.js'

/** Throws an error with the given values unless the condition holds. */
export const check = (holds: boolean, message: string, ...about: unknown[]): void => {
  if (!holds) throw new Error(`${message}: ${about.map(each => fc.stringify(each)).join(' ')}`)
}

/** Resolves after all pending ticks and promises, and the ones that they cause. */
export const settled = (): Promise<void> => new Promise(resolve => setImmediate(resolve))

/** Returns values as they arrive after being sent; `undefined` if they cannot be sent. */
export const travelled = (values: readonly unknown[], style: Style): unknown[] | undefined =>
  listIn(packetOf(style, chunksOf(style, { type: 3, nsp: '/', id: 0, data: values })))

/** The values of a packet. */
export const listIn = (packet: Packet | undefined): unknown[] | undefined =>
  Array.isArray(packet?.data) ? packet.data : undefined

/**
 * Returns the failure in an envelope; `undefined` if there is none. It reads the wire on its own, as a client by
 * another author would.
 */
export const failureIn = (reply: unknown): { readonly code?: unknown; readonly data?: unknown } | undefined =>
  typeof reply === 'object' && reply !== null && '$error' in reply && Object.hasOwn(reply, '$error')
    ? Object(reply.$error)
    : undefined

/** Returns whether an object in a value has an own property called `__proto__`, which the server never sends. */
export const holdsPrototype = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  (Object.hasOwn(value, '__proto__') || Object.values(value).some(holdsPrototype))

/** Returns the arguments of an error-first ack as those of another: the value, or the failure in an envelope. */
export const unwrapped = ([error, ...value]: readonly unknown[]): readonly unknown[] => {
  if (error === null || error === undefined) return value
  return [failureIn(error) === undefined ? { $error: error } : error]
}

/** The code of the failure that an ack carries. */
export const codeIn = (answer: readonly unknown[]): unknown => failureIn(answer[0])?.code

/**
 * Returns whether two values are alike. The msgpack parser makes objects with prototypes of received ones, and never
 * the same twice.
 */
export const alike = (one: unknown, other: unknown): boolean =>
  isDeepStrictEqual(one, other) || fc.stringify(one) === fc.stringify(other)
