import type { Socket } from 'socket.io-client'
import type { Limits } from './wait.js'

/** Performs a verb on an event; `adjust` changes its limits. */
export type Act = (
  event: string,
  values: unknown[],
  adjust?: <Bounds extends Limits>(bounds: Bounds) => Bounds,
) => unknown

/** The event behind a member function, with its socket and verb. */
export type Member = readonly [socket: Socket, event: string, act: Act]

/** The key under which a member function holds its event, for code that needs more than to call it. */
export const MEMBER = Symbol()

/** Returns an object with every event as a function and every group as a nested object, each created when first read. */
export const eventsOf = (socket: Socket, act: Act, event = ''): object => {
  const members: Record<string | symbol, unknown> = { __proto__: null, [MEMBER]: [socket, event, act] }
  const member = (...values: unknown[]): unknown => {
    // Called like a plain Socket.IO socket.
    if (!event) throw new TypeError('ackwire: expected an event, as in emit.EVENT(…)')
    return act(event, values)
  }
  return new Proxy(member, {
    get: (target, key) =>
      (members[key] ??=
        // Never events: what JavaScript itself reads, the methods that TypeScript knows of a function, and what test runners read of
        // any value, of which they call the first.
        typeof key !== 'string' ||
        /^(then|toJSON|apply|bind|call|toString|valueOf|asymmetricMatch|\$\$typeof)$/.test(key)
          ? Reflect.get(target, key)
          : eventsOf(socket, act, event ? `${event}:${key}` : key)),
  })
}
