import { MEMBER, type Member } from '../proxy.js'

/** What an event's function tells of itself. @throws TypeError if it is none. */
export const memberOf = (given: unknown, who: string, example: string): Member => {
  // A function of the client's proxies has it, and nothing else does.
  const member = typeof given === 'function' ? (Reflect.get(given, MEMBER) as Member | undefined) : undefined
  if (member) return member
  throw new TypeError(`ackwire: ${who}: expected an event of a client, such as ${example}, came ${String(given)}`)
}
