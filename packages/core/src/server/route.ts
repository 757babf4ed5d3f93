import { kindOf } from '../definition.js'
import type { EventEntry } from '../contract.js'
import { argumentsOf, type ArgumentsValidator } from '../codec/arguments.js'
import type { Call } from './call.js'
import { declaredErrorsOf, type DeclaredErrors } from '../codec/failure.js'
import { portsOf, type Validating } from './validate.js'
import type { Port } from '../codec/port.js'

/** Handles an event; what it returns, or resolves to, is the reply. */
export type AnyHandler = (call: Call) => unknown

/** An input of a namespace, compiled, with its handler. */
export interface Route {
  readonly name: string
  readonly entry: EventEntry
  readonly args: ArgumentsValidator
  /** Absent where the answer has no value. */
  readonly reply: Port | undefined
  readonly errors: DeclaredErrors
  handler: AnyHandler | undefined
}

/** Compiles the inputs of a namespace. The table is a `Map`, because a peer's string indexes it. */
export const routesOf = (events: readonly EventEntry[], compiling: Validating): ReadonlyMap<string, Route> =>
  new Map(events.filter(entry => entry.direction === 'input').map(entry => [entry.name, compile(entry, compiling)]))

const compile = (entry: EventEntry, compiling: Validating): Route => ({
  name: entry.name,
  entry,
  args: argumentsOf(entry, portsOf(compiling, 'input'), compiling.validate.input),
  reply: replyOf(entry, compiling),
  errors: declaredErrorsOf(entry, compiling),
  handler: undefined,
})

const replyOf = ({ ack, path }: EventEntry, compiling: Validating): Port | undefined =>
  ack?.schema && portsOf(compiling, 'reply')(ack.schema, `${path} ack`)

/** Gives an event its handler. The function returned takes it away again. */
export const setHandler = (routes: ReadonlyMap<string, Route>, name: string, handler: unknown): (() => void) => {
  const route = routes.get(name)
  if (route === undefined) throw new TypeError(`ackwire: on.${name}: the contract has no such input`)
  if (!isHandler(handler)) throw new TypeError(`ackwire: on.${name}: expected a function, came ${kindOf(handler)}`)
  if (route.handler !== undefined) {
    throw new TypeError(
      `ackwire: on.${name}: the event has a handler, and answers once; remove it with the function that on.${name} returned`,
    )
  }
  // Its own, so that what removes it does not remove a later one that is the same function.
  const own: AnyHandler = call => handler(call)
  route.handler = own
  return () => {
    if (route.handler === own) route.handler = undefined
  }
}

const isHandler = (value: unknown): value is AnyHandler => typeof value === 'function'
