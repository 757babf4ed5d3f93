import { Type, type TSchema } from '@sinclair/typebox'
import { kindOf } from '../../definition-error.js'
import { eventName, STREAM_VERBS } from '../../contract/names.js'
import type { EventEntry } from '../../contract/contract.js'
import { argumentsOf, type ArgumentsValidator } from '../../codec/arguments.js'
import type { Call } from './call.js'
import { exceedsIn, type Caps, type Exceeds } from '../validation/caps.js'
import { declaredErrorsOf, type DeclaredErrors } from '../../codec/failure.js'
import { codecsOf, type Validating } from '../validation/directions.js'
import type { SchemaCodec } from '../../codec/schema-codec.js'
import { LONGEST_CURSOR } from '../../codec/cursor.js'

/** Handles an event; what it returns, or resolves to, is the reply. */
export type AnyHandler = (call: Call) => unknown

/** An input of a namespace, compiled, with its handler. */
export interface Route {
  readonly name: string
  readonly entry: EventEntry
  readonly args: ArgumentsValidator
  /** The most arguments that a packet may have. */
  readonly maxArguments: number
  /** Measures them; absent where the schemas say how deeply they can be nested. */
  readonly exceeds: Exceeds | undefined
  /** Absent where the answer has no value. */
  readonly reply: SchemaCodec | undefined
  readonly errors: DeclaredErrors
  /** The application's own errors of an error-first ack; absent if the ack is not error-first. */
  readonly ownError: SchemaCodec | undefined
  /** Its part in a stream; absent where it has none. */
  readonly stream: StreamPart | undefined
  handler: AnyHandler | undefined
}

/** The part that a route has in a stream. */
export interface StreamPart {
  readonly verb: 'open' | (typeof STREAM_VERBS)[number]
  /** The route that has the handler; absent where it is this one. */
  readonly opener: Route | undefined
  readonly items: SchemaCodec
}

/** Tells whether packets of a route read a stream, or end it: they are parts of the call that has opened it. */
export const isReading = ({ stream }: Route): boolean => stream?.verb === 'next' || stream?.verb === 'stop'

/** Compiles the inputs of a namespace. The table is a `Map`, because a peer's string indexes it. */
export const routesOf = (events: readonly EventEntry[], compiling: Validating): ReadonlyMap<string, Route> =>
  new Map(
    events
      .filter(entry => entry.direction === 'input')
      .flatMap(entry =>
        entry.stream === undefined
          ? compile(entry, compiling)
          : Array.from(streamRoutes(entry, entry.stream, compiling)),
      )
      .map(route => [route.name, route]),
  )

/** The routes of a stream: what opens it, and what is done with it by the same name. */
const streamRoutes = function* (entry: EventEntry, schema: TSchema, compiling: Validating): Generator<Route> {
  const items = codecsOf(compiling, 'output')(schema, `${entry.path} stream`)
  const opener: Route = { ...compile(entry, compiling), stream: { verb: 'open', opener: undefined, items } }
  yield opener
  const { args, required, rest } = entry
  for (const verb of STREAM_VERBS) {
    const own = verb === 'resume' ? { args: [ID, ...args], required: required + 1, rest } : CURSOR_ALONE
    const control = { ...entry, ...own, name: eventName(entry.name, verb), errors: {} }
    // Validated even if the application turns validation off, since these strings are part of the protocol.
    const validating =
      verb === 'resume' ? compiling : { ...compiling, validate: { ...compiling.validate, input: true } }
    yield { ...compile({ ...control, ack: undefined }, validating), stream: { verb, opener, items } }
  }
}

const ID = Type.String()
const CURSOR_ALONE = {
  args: [Type.String({ maxLength: LONGEST_CURSOR })],
  required: 1,
  rest: undefined,
  hasTraceContext: false,
}

const compile = (entry: EventEntry, compiling: Validating): Route => ({
  name: entry.name,
  entry,
  maxArguments: mostOf(entry, compiling.caps),
  exceeds: exceedsIn(entry.rest === undefined ? entry.args : [...entry.args, entry.rest], compiling.caps),
  args: argumentsOf(entry, codecsOf(compiling, 'input'), compiling.validate.input),
  reply: replyOf(entry, compiling),
  errors: declaredErrorsOf(entry, compiling),
  ownError: ownErrorOf(entry, compiling),
  stream: undefined,
  handler: undefined,
})

/** An event that declares more than anybody is thought to need is believed. */
const mostOf = ({ args, rest }: EventEntry, { maxArguments }: Required<Caps>): number =>
  Math.max(maxArguments, rest === undefined ? args.length : LONGEST_REST)

/** A listener is called with them all, and a call that does not fit on the stack would end the process. */
const LONGEST_REST = 10_000

const replyOf = ({ ack, path }: EventEntry, compiling: Validating): SchemaCodec | undefined =>
  ack?.schema && codecsOf(compiling, 'reply')(ack.schema, `${path} ack`)

const ownErrorOf = ({ ack, path }: EventEntry, compiling: Validating): SchemaCodec | undefined =>
  ack?.errorFirst ? codecsOf(compiling, 'reply')(ack.errorFirst, `${path} ack errorFirst`) : undefined

/** Sets the handler of an event. The returned function removes it. */
export const setHandler = (routes: ReadonlyMap<string, Route>, name: string, handler: unknown): (() => void) => {
  const route = routes.get(name)
  if (route === undefined) throw new TypeError(`ackwire: on.${name}: the contract has no such input`)
  if (!isHandler(handler)) throw new TypeError(`ackwire: on.${name}: expected a function, got ${kindOf(handler)}`)
  if (route.handler !== undefined) {
    throw new TypeError(
      `ackwire: on.${name}: the event already has a handler, and can have only one; remove it with the function that on.${name} returned`,
    )
  }
  // Wrapped, so that the returned function does not remove the same handler if it is registered again later.
  const own: AnyHandler = call => handler(call)
  route.handler = own
  return () => {
    if (route.handler === own) route.handler = undefined
  }
}

const isHandler = (value: unknown): value is AnyHandler => typeof value === 'function'
