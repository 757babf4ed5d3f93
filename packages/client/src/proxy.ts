import type { Socket } from 'socket.io-client'
import type { Limits } from './wait.js'

/** Does what an event's function is for; `adjust` changes what bounds it. */
export type Act = (event: string, values: unknown[], adjust?: <Given extends Limits>(given: Given) => Given) => unknown

/** What an event's function tells of itself. */
export type Member = readonly [socket: Socket, event: string, act: Act]

/** Where it tells it, for what has to do more than call it. */
export const MEMBER = Symbol()

/** What is never an event: what JavaScript reads on its own, and what every function has and TypeScript lets one call. */
const OWN = /^(then|toJSON|apply|bind|call|toString|valueOf)$/

/** An object that has every event as a function, and every group as an object of them, made when it is first read. */
export const eventsOf = (socket: Socket, act: Act, event = ''): object => {
  const members: Record<string | symbol, unknown> = { __proto__: null, [MEMBER]: [socket, event, act] }
  const own = (...values: unknown[]): unknown => {
    // As plain Socket.IO has it.
    if (!event) throw new TypeError('ackwire: expected an event, as in emit.EVENT(…)')
    return act(event, values)
  }
  return new Proxy(own, {
    get: (own, key) =>
      (members[key] ??=
        typeof key !== 'string' || OWN.test(key)
          ? Reflect.get(own, key)
          : eventsOf(socket, act, event ? `${event}:${key}` : key)),
  })
}
