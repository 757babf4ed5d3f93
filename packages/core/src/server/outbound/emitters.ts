import type { Socket } from 'socket.io'
import type { EventEntry, NamespaceData } from '../../contract/contract.js'
import { argumentsOf, type ArgumentsValidator } from '../../codec/arguments.js'
import { EventError } from '../../wire.js'
import { messageOf } from '../../codes.js'
import { exceedsIn } from '../validation/caps.js'
import { codecsOf, type Validating } from '../validation/directions.js'
import { invalidOutput } from '../../codec/failure.js'
import { repliesOf, type MeasuredReplies, type Relay, type Replies } from '../../codec/replies.js'
import { observeEmit } from '../observe/observe-emit.js'
import type { Reporter } from '../observe/error-handler.js'
import { isGroup, eventTreeOf, type EventTree } from '../event-tree.js'
import type { Observers } from '../observe/observers.js'

/** The recipient of an emit. Where the event has an ack, `ask` returns the answers. */
export interface Recipient {
  /** The socket; absent for many sockets. */
  readonly socket?: Socket
  send(event: string, args: readonly unknown[]): void
  ask(event: string, args: readonly unknown[], replies: Replies): Promise<unknown>
}

/** The outputs of a namespace. */
export interface Outbound {
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
  return Object.freeze(prototype)
}

const groupGetter = (prototype: object) =>
  function (this: Emitter): object {
    return emitterOf(prototype, this[RECIPIENT])
  }

const eventGetter = (output: Output, { maxIssues, observers, namespace }: NamespaceSetting) =>
  function (this: Emitter): (...args: readonly unknown[]) => unknown {
    const recipient = this[RECIPIENT]
    return (...values) => {
      const { name, replies } = output
      const args = output.args.encode(values)
      if (!output.args.check(args, 0, args.length))
        throw invalidOutput(`emit.${name}`, output.args.issues(args, maxIssues))
      const { list } = observers
      if (list === undefined) return deliver(recipient, output, args)
      const observed = { event: name, namespace, socket: recipient.socket, isAnswered: replies !== undefined }
      return observeEmit(observers, list, observed, () => deliver(recipient, output, args))
    }
  }

const deliver = (
  recipient: Recipient,
  { name, replies }: Output,
  args: readonly unknown[],
): Promise<unknown> | undefined => {
  if (replies !== undefined) return quiet(recipient.ask(name, args, replies))
  recipient.send(name, args)
  return undefined
}

const compile = (entry: EventEntry, compiling: Validating): Output => ({
  name: entry.name,
  args: argumentsOf(entry, codecsOf(compiling, 'output'), compiling.validate.output),
  replies:
    entry.ack === undefined
      ? undefined
      : repliesOf(entry, entry.ack.schema, measuring(entry, compiling), WITHOUT_MESSAGE),
})

/** Adds the measuring of answers, which happens before they are validated, as for arguments. */
const measuring = ({ ack, errors }: EventEntry, compiling: Validating): MeasuredReplies => {
  const schemas = Object.values(errors)
  const exceeds = exceedsIn(ack?.schema === undefined ? schemas : [...schemas, ack.schema], compiling.caps)
  return { ...compiling, measure: exceeds && (answer => exceeds([answer], 0, 1)) }
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
