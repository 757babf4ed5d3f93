import { MEMBER, type Member } from '../proxy.js'

/** Returns the event behind a member function. @throws TypeError for any other value. */
export const memberOf = (given: unknown, who: string, example: string): Member => {
  // Only the functions of the client's proxies have this key.
  const member = typeof given === 'function' ? (Reflect.get(given, MEMBER) as Member | undefined) : undefined
  if (member) return member
  throw new TypeError(`ackwire: ${who}: expected an event of a client, such as ${example}, got ${String(given)}`)
}
