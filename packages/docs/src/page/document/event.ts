import { isMarked } from '../../parse/arguments.js'
import { failureIn } from '../../parse/failure.js'
import { isJson, type Json, listIn, property, textIn } from '../../parse/json.js'
import { createLimits, type Limit } from './limit.js'
import type { Resolve } from '../../parse/reference.js'
import { createSecurity, type Scheme } from './security.js'
import { type ApiStream, createStream } from './stream.js'

/** The direction from the server's point of view: it receives inputs and sends outputs. */
export type Direction = 'input' | 'output'

export interface Example {
  readonly name: string | undefined
  readonly summary: string | undefined
  readonly payload: unknown
}

/** A positional argument. */
export interface Argument {
  readonly name: string | undefined
  readonly schema: unknown
  readonly isRequired: boolean
}

/** A possible answer to an event. */
export interface Reply {
  readonly title: string
  readonly summary: string | undefined
  /** The schema of the value; `undefined` for a receipt, which has none. */
  readonly schema: unknown
  /** The code of a declared error; `undefined` for the standard errors, which share a message. */
  readonly code: string | undefined
  readonly isError: boolean
  readonly examples: readonly Example[]
}

export interface ApiEvent {
  readonly id: string
  readonly name: string
  readonly direction: Direction
  /** The key of the event's namespace. */
  readonly channel: string
  readonly summary: string | undefined
  readonly description: string | undefined
  readonly externalDocs: Json | undefined
  readonly tags: readonly string[]
  readonly isDeprecated: boolean
  readonly security: readonly Scheme[]
  readonly limits: readonly Limit[]
  readonly args: readonly Argument[]
  /** The schema of any further arguments. */
  readonly rest: unknown
  /** Examples of the arguments: the payload of each is the list of them. */
  readonly examples: readonly Example[]
  readonly isAnswered: boolean
  /** True if the server refuses the event without a request for its answer. */
  readonly isAckRequired: boolean
  /** The stream that the event opens, if any. The first of its replies is then a page. */
  readonly stream: ApiStream | undefined
  readonly replies: readonly Reply[]
}

/** Reads an operation. `flipped` is true for a document that describes the client. */
export const createEvent = (id: string, operation: Json, resolve: Resolve, flipped: boolean): ApiEvent => {
  const message = resolve(listIn(operation, 'messages')[0]).value
  const isReceived = (property(operation, 'action') === 'receive') !== flipped
  const replies = listIn(property(operation, 'reply'), 'messages').map(each =>
    createReply(resolve(each).value, resolve),
  )
  const payload = property(message, 'payload')
  const channel = resolve(property(operation, 'channel'))
  const args = argumentsOf(message, resolve, property(channel.value, 'x-socketio') !== undefined)
  const isOne = args.list.length === 1 && args.rest === undefined && args.list[0]?.schema === payload
  const name = textIn(message, 'name') ?? textIn(operation, 'title') ?? id
  return {
    id,
    name,
    direction: isReceived ? 'input' : 'output',
    channel: channel.name ?? '',
    summary: textIn(operation, 'summary') ?? textIn(message, 'summary'),
    description: textIn(operation, 'description') ?? textIn(message, 'description'),
    externalDocs: objectAt(operation, 'externalDocs') ?? objectAt(message, 'externalDocs'),
    tags: tagsOf([...listIn(operation, 'tags'), ...listIn(message, 'tags')], resolve),
    isDeprecated: isTrue(operation, 'x-deprecated') || isTrue(message, 'x-deprecated') || isTrue(message, 'deprecated'),
    security: createSecurity(listIn(operation, 'security'), resolve),
    limits: isReceived ? createLimits(name, operation, channel.value) : [],
    args: args.list,
    rest: args.rest,
    examples: examplesOf(message, payload => (isOne ? [payload] : payload)),
    isAnswered: property(operation, 'reply') !== undefined,
    isAckRequired: isTrue(property(operation, 'x-socketio'), 'ackRequired'),
    stream: createStream(operation, replies[0]?.schema, resolve),
    replies,
  }
}

const isTrue = (value: unknown, name: string): boolean => property(value, name) === true

const objectAt = (value: unknown, name: string): Json | undefined => {
  const found = property(value, name)
  return isJson(found) ? found : undefined
}

const tagsOf = (tags: readonly unknown[], resolve: Resolve): readonly string[] => {
  const names = tags.map(tag => textIn(resolve(tag).value, 'name')).filter(name => name !== undefined)
  return [...new Set(names)].filter(name => name !== 'deprecated')
}

const examplesOf = (message: unknown, change = (payload: unknown): unknown => payload): readonly Example[] =>
  listIn(message, 'examples').map(example => ({
    name: textIn(example, 'name'),
    summary: textIn(example, 'summary'),
    payload: change(property(example, 'payload')),
  }))

interface Arguments {
  readonly list: readonly Argument[]
  readonly rest: unknown
}

const argumentsOf = (message: unknown, resolve: Resolve, isOurs: boolean): Arguments => {
  const payload = property(message, 'payload')
  if (payload === undefined) return { list: [], rest: undefined }
  const { value } = resolve(payload)
  const items = property(value, 'items')
  if (!isPositional(message, value, isOurs)) {
    return { list: [{ name: undefined, schema: payload, isRequired: true }], rest: undefined }
  }
  if (!Array.isArray(items)) return { list: [], rest: items ?? true }
  const names = listIn(property(message, 'x-socketio'), 'args')
  const least = Number(property(value, 'minItems') ?? 0)
  const further = property(value, 'additionalItems')
  return {
    list: items.map((schema, index) => ({
      name: nameOf(names[index]) ?? textIn(resolve(schema).value, 'title'),
      schema,
      isRequired: index < least,
    })),
    rest: isJson(further) ? further : undefined,
  }
}

/** Returns true if a payload is the list of the arguments. A single argument may be a list, too, so our documents mark them. */
const isPositional = (message: unknown, payload: unknown, isOurs: boolean): boolean =>
  isMarked(message, payload) || (!isOurs && Array.isArray(property(payload, 'items')))

const nameOf = (name: unknown): string | undefined => (typeof name === 'string' && name !== '' ? name : undefined)

const createReply = (message: unknown, resolve: Resolve): Reply => {
  const payload = property(message, 'payload')
  const failure = failureIn(payload, resolve)
  return {
    title: textIn(message, 'title') ?? textIn(message, 'name') ?? 'ack',
    summary: textIn(message, 'summary'),
    schema: payload,
    code: failure?.code,
    isError: failure !== undefined,
    examples: examplesOf(message),
  }
}
