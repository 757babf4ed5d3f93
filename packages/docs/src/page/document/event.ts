import { readArguments } from '../../parse/arguments.js'
import { takesErrorFirst } from '../../parse/answer.js'
import { bareFailureIn, failureIn } from '../../parse/failure.js'
import { inside, type Json, jsonOf, listIn, listOf, property, textIn, textOf } from '../../parse/json.js'
import { readSaid } from '../../parse/metadata.js'
import { nameOfEvent, type Operation, repliesOf } from '../../parse/operation.js'
import { payloadOf } from '../../parse/payload.js'
import { createResolve, resolved, type Resolve } from '../../parse/reference.js'
import { createLimits, type Limit } from './limit.js'
import { kindOf } from './schema.js'
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
  /** The schema of the error's data, if it is declared with one. */
  readonly data: unknown
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
  /** True if the answer takes an error first. The second of its replies is then the application's own error. */
  readonly isErrorFirst: boolean
  /** True if the server refuses the event without a request for its answer. */
  readonly isAckRequired: boolean
  /** The stream that the event opens, if any. The first of its replies is then a page. */
  readonly stream: ApiStream | undefined
  readonly replies: readonly Reply[]
}

/** Reads an event: an operation with one of its messages. Further messages of an operation have a number in their id. */
export const createEvent = (document: Json, source: Operation, message: Json, index: number): ApiEvent => {
  const { id, operation, key, channel, direction } = source
  const resolve = createResolve(document)
  const isErrorFirst = takesErrorFirst(operation['x-socketio'])
  const replies = (repliesOf(document, operation) ?? []).map((reply, index) =>
    isErrorFirst ? createFirst(document, reply, index) : createReply(document, reply, resolve),
  )
  const args = argumentsOf(document, message, channel['x-socketio'] !== undefined)
  const name = nameOfEvent(source, message)
  const said = readSaid(document, [operation, message])
  return {
    id: index === 0 ? id : `${id}:${index + 1}`,
    name,
    direction,
    channel: key,
    summary: said.summary,
    description: said.description,
    externalDocs: said.externalDocs,
    tags: said.tags.map(tag => String(tag['name'])).filter(tag => tag !== 'deprecated'),
    isDeprecated: said.deprecated,
    security: createSecurity(listIn(operation, 'security'), resolve),
    limits: direction === 'input' ? createLimits(name, operation, channel) : [],
    args: args.list,
    rest: args.rest,
    examples: examplesOf(message, payload => (args.isList ? payload : [payload])),
    isAnswered: operation['reply'] !== undefined,
    isErrorFirst,
    isAckRequired: inside(operation, 'x-socketio', 'ackRequired') === true,
    stream: createStream(operation, replies[0]?.schema, resolve),
    replies,
  }
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
  /** False if the payload is the only argument. */
  readonly isList: boolean
}

const argumentsOf = (document: Json, message: Json, isOurs: boolean): Arguments => {
  const payload = shownPayload(document, message)
  if (payload === undefined) return { list: [], rest: undefined, isList: true }
  const { items, required, rest } = readArguments(document, message, payload, isOurs ? 'marked' : 'tuple')
  if (items[0] === payload)
    return { list: [{ name: loneName(document, payload), schema: payload, isRequired: true }], rest, isList: false }
  const names = listIn(message['x-socketio'], 'args')
  // A tuple that says nothing of further items allows them, but few authors mean that.
  const isSaid = items.length === 0 || Object.keys(jsonOf(rest)).length > 0
  return {
    list: items.map((schema, index) => ({
      name: textOf(names[index]) || textIn(resolved(document, schema), 'title'),
      schema,
      isRequired: index < required,
    })),
    rest: isSaid ? rest : undefined,
    isList: true,
  }
}

const SCALARS: ReadonlySet<string> = new Set(['string', 'number', 'integer', 'boolean', 'binary'])

/** Returns the title of the only argument, as its name. Only a scalar's is always its author's: the others have generated ones. */
const loneName = (document: Json, payload: unknown): string | undefined =>
  SCALARS.has(kindOf(payload)) ? textIn(resolved(document, payload), 'title') : undefined

/** Returns a message's payload, also where it is no JSON Schema. */
const shownPayload = (document: Json, message: Json): unknown => {
  const { payload, note } = payloadOf(document, message)
  return note === undefined ? payload : message['payload']
}

const createReply = (document: Json, message: Json, resolve: Resolve): Reply => {
  const payload = shownPayload(document, message)
  const failure = failureIn(payload, resolve)
  return {
    title: textIn(message, 'title') ?? textIn(message, 'name') ?? 'ack',
    summary: textIn(message, 'summary'),
    schema: payload,
    code: failure?.code,
    isError: failure !== undefined,
    data: failure?.data,
    examples: examplesOf(message),
  }
}

/** Reads an answer of an error-first event: the reply, the application's own error, or a failure, in this order. */
const createFirst = (document: Json, message: Json, index: number): Reply => {
  const resolve = createResolve(document)
  const reply = createReply(document, message, resolve)
  if (index === 0) {
    const examples = examplesOf(message, payload => listOf(payload)[1])
    return { ...reply, schema: listOf(resolved(document, reply.schema)['items'])[1], examples }
  }
  if (index === 1) return { ...reply, code: 'error', isError: true }
  const { code, data } = bareFailureIn(reply.schema, resolve)
  return { ...reply, code, data, isError: true }
}
