import type { Socket } from 'socket.io'
import type { NamespaceData } from '../../contract/contract.js'
import { unencodable } from '../../codec/transform-error.js'
import { passes } from '../../codec/validator.js'
import { quiet } from '../../thenable.js'
import type { EventError, Issue } from '../../wire.js'
import type { Validating } from '../validation/directions.js'
import { refused } from '../../codec/failure.js'
import type { Replies } from '../../codec/replies.js'
import { observeEmit } from '../observe/observe-emit.js'
import type { Reporter } from '../observe/error-handler.js'
import { isGroup, eventTreeOf, type EventTree } from '../event-tree.js'
import { eventHolder, unknownMember, type Place } from '../event-members.js'
import { writeTexts } from '../serialization.js'
import type { Observers } from '../observe/observers.js'
import { outputOf, type Output } from './output.js'
import { rejectedEmit } from './rejected-emit.js'
import { sentFormOf, type SentForm } from './sent-form.js'
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

/** Creates the object that has the outputs of a recipient as functions. */
type EmitTo = (recipient: Recipient) => object

/**
 * Compiles the outputs of a namespace. All recipients share them, so that a selection costs two small objects, however many
 * events there are.
 */
export const outboundOf = (namespace: NamespaceData, ackTimeout: number, setting: OutboundSetting): Outbound => {
  const { name, events } = namespace
  const outputs = events.filter(entry => entry.direction === 'output')
  const home = { ...setting, namespace: name }
  return {
    namespace: name,
    emitTo: emittersOf(eventTreeOf(outputs), home, { namespace, verb: 'emit', keys: [] }),
    ackTimeout,
    canAsk: true,
    tell: (event, error, socket) => void setting.reporter.tell({ error, phase: 'ack', event, namespace: name, socket }),
  }
}

const emittersOf = (tree: EventTree, home: NamespaceSetting, place: Place): EmitTo => {
  const members = new Map<string | symbol, (recipient: Recipient) => unknown>()
  const holder = eventHolder(place, `[ackwire: outputs of ${home.namespace}]`)
  for (const [key, inside] of tree) {
    const inner = { ...place, keys: [...place.keys, key] }
    const member = isGroup(inside) ? emittersOf(inside, home, inner) : emitterOf(outputOf(inside, home), home)
    members.set(key, member)
    // Only its name: the proxy has the member. An accessor, because a proxy could not return another value for a frozen one.
    Object.defineProperty(holder, key, { get: () => undefined, enumerable: true })
  }
  Object.freeze(holder)
  // A class, since to create an object with a given prototype and property costs as much as the rest of an emit.
  class Emitter {
    readonly #recipient: Recipient

    constructor(recipient: Recipient) {
      this.#recipient = recipient
    }

    get(target: object, key: string | symbol): unknown {
      const member = members.get(key)
      if (member !== undefined) return member(this.#recipient)
      return key in target ? Reflect.get(target, key) : unknownMember(place, key)
    }
  }
  return recipient => new Proxy(holder, new Emitter(recipient))
}

const emitterOf =
  (output: Output, { observers, reporter, namespace, ...home }: NamespaceSetting) =>
  (recipient: Recipient): ((...args: readonly unknown[]) => unknown) => {
    return (...values) => {
      const { name, replies } = output
      const { socket } = recipient
      let sent: SentForm
      try {
        sent = sentArgs(output, values, home)
      } catch (error) {
        if (replies === undefined) throw error
        return rejectedEmit(error, () => void reporter.tell({ error, phase: 'output', event: name, namespace, socket }))
      }
      const { list } = observers
      if (list === undefined) return deliver(recipient, output, sent)
      const observed = { event: name, namespace, socket, isAnswered: replies !== undefined }
      return observeEmit(observers, list, observed, () => deliver(recipient, output, sent))
    }
  }

/** Returns the arguments of an emit as they are sent. @throws EventError `INVALID_OUTPUT` if the contract or JSON does not allow them. */
const sentArgs = (
  { args: validator, isScalar, replies, invalid }: Output,
  values: readonly unknown[],
  { maxIssues, serialization }: Pick<NamespaceSetting, 'maxIssues' | 'serialization'>,
): SentForm => {
  let args: readonly unknown[]
  try {
    args = validator.encode(values)
  } catch (cause) {
    throw Object.assign(refused(values, invalid(unencodable(cause, ''))), { cause })
  }
  const issuesOf = (given: readonly unknown[]): readonly Issue[] | undefined =>
    passes({ check: () => validator.check(given, 0, given.length) }, given)
      ? undefined
      : validator.issues(given, maxIssues)
  const issues = issuesOf(args)
  if (issues !== undefined) throw refused([values, args], invalid(issues))
  if (isScalar) return { form: args, isText: true }
  // What the parser does to a value is enough, unless an adapter gets it first, or an ack has to be waited for.
  const isAsked = replies !== undefined
  const isCarried = isAsked || serialization.isCarried
  return sentFormOf(args, { invalid, issuesOf, isCarried, encoding: isAsked ? 'msgpack' : 'json' })
}

const deliver = (
  recipient: Recipient,
  { name, replies, invalid }: Output,
  { form: args, isText }: SentForm,
): Promise<unknown> | undefined => {
  const write = (): Promise<unknown> | undefined => {
    if (replies !== undefined) return quiet(recipient.ask(name, args, replies))
    recipient.send(name, args)
    return undefined
  }
  // Listeners of outgoing packets can change a value before it is encoded.
  const isWatched = recipient.socket !== undefined && recipient.socket.listenersAnyOutgoing().length > 0
  try {
    return isText && !isWatched ? writeTexts(args, write) : write()
  } catch (error) {
    // The parser could not serialize them, and does not tell where.
    wireFormsOf(args, invalid)
    throw error
  }
}
