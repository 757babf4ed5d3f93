import { Kind, KindGuard, type TSchema } from '@sinclair/typebox'
import type { Socket } from 'socket.io'
import type { EventEntry, NamespaceData } from '../../contract/contract.js'
import { argumentsOf, type ArgumentsValidator } from '../../codec/arguments.js'
import { encodeIssue } from '../../codec/transform-error.js'
import { passes } from '../../codec/validator.js'
import { holdPromise } from '../../thenable.js'
import { EventError, type Issue } from '../../wire.js'
import { messageOf } from '../../codes.js'
import { exceedsIn } from '../validation/caps.js'
import { codecsOf, type Validating } from '../validation/directions.js'
import { invalidOutput, refused } from '../../codec/failure.js'
import { repliesOf, type MeasuredReplies, type Relay, type Replies } from '../../codec/replies.js'
import { observeEmit } from '../observe/observe-emit.js'
import type { Reporter } from '../observe/error-handler.js'
import { isGroup, eventTreeOf, type EventTree } from '../event-tree.js'
import { label } from '../label.js'
import type { Observers } from '../observe/observers.js'
import { rejectedEmit } from './rejected-emit.js'
import { wireFormsOf } from './wire-form.js'

/** The recipient of an emit. Where the event has an ack, `ask` returns the answers. */
export interface Recipient {
  /** The socket; absent for many sockets. */
  readonly socket?: Socket
  send(event: string, args: readonly unknown[]): void
  ask(event: string, args: readonly unknown[], replies: Replies): Promise<unknown>
}

/** The outputs of a namespace. */
export interface Outbound {
  /** The namespace's name in the contract. */
  readonly namespace: string
  /** Creates the `emit` of a recipient: an object with a function for each output, and an object for each group. */
  emitTo(recipient: Recipient): object
  /** The time that an emit waits for acks, in milliseconds. */
  readonly ackTimeout: number
  /** False for all namespaces of a pattern together, from which Socket.IO can't collect acks. */
  readonly canAsk: boolean
  /** Reports an answer that does not match the contract. The socket is unknown for a broadcast. */
  tell(this: void, event: string, error: EventError, socket?: Socket): void
}

/** The settings that outputs depend on. */
interface OutboundSetting extends Validating {
  readonly reporter: Reporter
  readonly observers: Observers
}

/** The settings that the outputs of a namespace share. */
interface NamespaceSetting extends OutboundSetting {
  readonly namespace: string
}

interface Output {
  readonly name: string
  readonly args: ArgumentsValidator
  /** True if the arguments are numbers, strings and the like, which every adapter and parser carries as they are. */
  readonly isScalar: boolean
  /** Makes the error for invalid arguments. */
  readonly invalid: (issues: readonly Issue[]) => EventError
  /** Absent where the event is not answered. */
  readonly replies: Replies | undefined
}

const RECIPIENT: unique symbol = Symbol('recipient')

interface Emitter {
  readonly [RECIPIENT]: Recipient
}

/**
 * Compiles the outputs of a namespace. All recipients share the functions through a prototype, so that a selection costs
 * one small object, however many events there are.
 */
export const outboundOf = ({ name, events }: NamespaceData, ackTimeout: number, setting: OutboundSetting): Outbound => {
  const outputs = events.filter(entry => entry.direction === 'output')
  const root = prototypeOf(eventTreeOf(outputs), { ...setting, namespace: name })
  return {
    namespace: name,
    emitTo: recipient => emitterOf(root, recipient),
    ackTimeout,
    canAsk: true,
    tell: (event, error, socket) => void setting.reporter.tell({ error, phase: 'ack', event, namespace: name, socket }),
  }
}

const emitterOf = (prototype: object, recipient: Recipient): object =>
  Object.create(prototype, { [RECIPIENT]: { value: recipient } })

const prototypeOf = (tree: EventTree, home: NamespaceSetting): object => {
  // Without a prototype of its own, so that an event may be called `constructor`.
  const prototype: object = Object.create(null)
  for (const [key, inside] of tree) {
    const get = isGroup(inside) ? groupGetter(prototypeOf(inside, home)) : eventGetter(compile(inside, home), home)
    Object.defineProperty(prototype, key, { get, enumerable: true })
  }
  return Object.freeze(label(prototype, `[ackwire: outputs of ${home.namespace}]`))
}

const groupGetter = (prototype: object) =>
  function (this: Emitter): object {
    return emitterOf(prototype, this[RECIPIENT])
  }

const eventGetter = (output: Output, home: NamespaceSetting) =>
  function (this: Emitter): (...args: readonly unknown[]) => unknown {
    const { observers, reporter, namespace } = home
    const recipient = this[RECIPIENT]
    return (...values) => {
      const { name, replies } = output
      const { socket } = recipient
      let args: readonly unknown[]
      try {
        args = sentArgs(output, values, home)
      } catch (error) {
        if (replies === undefined) throw error
        return rejectedEmit(error, () => void reporter.tell({ error, phase: 'output', event: name, namespace, socket }))
      }
      const { list } = observers
      if (list === undefined) return deliver(recipient, output, args)
      const observed = { event: name, namespace, socket, isAnswered: replies !== undefined }
      return observeEmit(observers, list, observed, () => deliver(recipient, output, args))
    }
  }

/** Returns the arguments of an emit as they are sent. @throws EventError `INVALID_OUTPUT` if the contract or JSON does not allow them. */
const sentArgs = (
  { args: validator, isScalar, replies, invalid }: Output,
  values: readonly unknown[],
  { maxIssues, serialization }: NamespaceSetting,
): readonly unknown[] => {
  let args: readonly unknown[]
  try {
    args = validator.encode(values)
  } catch (cause) {
    throw Object.assign(refused(values, invalid([encodeIssue(cause, '')])), { cause })
  }
  if (!passes({ check: () => validator.check(args, 0, args.length) }, args))
    throw refused([values, args], invalid(validator.issues(args, maxIssues)))
  const at = isScalar ? -1 : args.findIndex(holdPromise)
  if (at !== -1) throw invalid([{ path: `/${at}`, message: 'Expected a value, got a promise; await it first' }])
  // What the parser does to a value is enough, unless an adapter gets it first, or an ack has to be waited for.
  const isAsked = replies !== undefined
  return isScalar || !(isAsked || serialization.isCarried) ? args : wireFormsOf(args, invalid, isAsked)
}

const deliver = (
  recipient: Recipient,
  { name, replies, invalid }: Output,
  args: readonly unknown[],
): Promise<unknown> | undefined => {
  if (replies !== undefined) return quiet(recipient.ask(name, args, replies))
  try {
    recipient.send(name, args)
    return undefined
  } catch (error) {
    // The parser could not serialize them, and does not tell where.
    wireFormsOf(args, invalid)
    throw error
  }
}

const compile = (entry: EventEntry, compiling: Validating): Output => ({
  name: entry.name,
  invalid: issues => invalidOutput(`emit.${entry.name}`, issues),
  isScalar: compiling.validate.output && [...entry.args, entry.rest ?? []].flat().every(isScalar),
  args: argumentsOf(entry, codecsOf(compiling, 'output'), compiling.validate.output),
  replies:
    entry.ack === undefined
      ? undefined
      : repliesOf(entry, entry.ack.schema, measuring(entry, compiling), WITHOUT_MESSAGE),
})

/** Tells whether all values of a schema are the same in JSON. */
const isScalar = (schema: TSchema): boolean =>
  SCALARS.has(schema[Kind]) || (KindGuard.IsUnion(schema) && schema.anyOf.every(isScalar))

const SCALARS: ReadonlySet<string> = new Set(['Boolean', 'Integer', 'Literal', 'Null', 'Number', 'String'])

/** Adds the measuring of answers, which happens before they are validated, as for arguments. */
const measuring = ({ ack, errors }: EventEntry, compiling: Validating): MeasuredReplies => {
  const schemas = [...Object.values(errors), ack?.schema, ack?.errorFirst].filter(
    schema => schema !== undefined && schema !== false,
  )
  const exceeds = exceedsIn(schemas, compiling.caps)
  return { ...compiling, measure: exceeds && (answer => exceeds(answer, 0, answer.length)) }
}

/** Keeps only the code and the valid data of a failure, since a client's answers are not trusted. */
const WITHOUT_MESSAGE: Relay = {
  declared: ({ code }, data) => new EventError(code, data),
  standard: (_, code) => new EventError(code, undefined, messageOf(code)),
}

/** Prevents an unhandled rejection of a promise that the caller does not await; a caller that awaits it still gets the error. */
const quiet = <Value>(promise: Promise<Value>): Promise<Value> => {
  promise.catch(() => {})
  return promise
}
