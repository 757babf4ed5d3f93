import type { TSchema } from '@sinclair/typebox'
import type { MessageExtension, MessageObject } from '../asyncapi/asyncapi-types.js'
import { type Entry, isAnswered, isErrorFirst } from './naming.js'
import { createFailure } from './error-message.js'
import { tagsOf } from './event-metadata.js'
import { createKeys } from '../asyncapi/identifiers.js'
import { createExample, createExamples, createPayload, hasBinary, isList } from './payload.js'
import type { Registry } from './schema/registry.js'
import { isUnnamed } from './schema/parts.js'
import { createPlace } from './schema/place.js'
import { createPage } from './stream.js'

/** A message with its key in the channel. */
export type KeyedMessage = readonly [key: string, message: MessageObject]

/** The messages of one event. */
export interface EventMessages {
  readonly event: KeyedMessage
  /** The answers: the reply first, then the declared errors; empty if the event has no answer. */
  readonly answers: readonly KeyedMessage[]
}

/** Returns an event's title, which generators and pages show instead of its name. */
export const titleOf = ({ event }: Entry): string =>
  event.description.deprecated === true ? `${event.name} (deprecated)` : event.name

/** Creates the messages of one event. */
export const createMessages = (entry: Entry, registry: Registry): EventMessages => {
  const { event, key } = entry
  const { summary, deprecated } = event.description
  const message: MessageObject = {
    name: event.name,
    title: titleOf(entry),
    summary,
    tags: tagsOf(entry),
    payload: createPayload(entry, registry),
    examples: createExamples(entry),
    'x-socketio': createExtension(entry),
    'x-deprecated': deprecated === true ? true : undefined,
  }
  return { event: [key, message], answers: isAnswered(entry) ? createAnswers(entry, registry) : [] }
}

const createExtension = (entry: Entry): MessageExtension | undefined => {
  const { args, rest } = entry.event
  const names = isList(entry) ? args.map(nameOf) : undefined
  const binary = [...args, rest].some(hasBinary) ? true : undefined
  const traceContext = entry.event.hasTraceContext ? true : undefined
  const extension: MessageExtension = { args: names, traceContext, binary }
  return Object.values(extension).some(value => value !== undefined) ? extension : undefined
}

/** Returns an argument's name in code: its title or `$id`, if that is an identifier. */
const nameOf = (schema: TSchema, index: number): string => {
  const given = [schema.title, isUnnamed(schema) ? undefined : schema.$id]
  const word = given.find(name => name !== undefined && /^[A-Za-z_$][\w$]*$/.test(name))
  return word === undefined ? `arg${index + 1}` : word.charAt(0).toLowerCase() + word.slice(1)
}

const createAnswers = (entry: Entry, registry: Registry): readonly KeyedMessage[] => {
  const { event, key } = entry
  const { path } = event
  const codes = Object.keys(event.errors)
  const codeKeys = createKeys(codes, code => `${path} errors.${code}`)
  const failures = Object.entries(event.errors).map(([code, data]): KeyedMessage => [
    `${key}.error.${codeKeys.get(code) ?? code}`,
    createFailure(entry, code, data, registry),
  ])
  const answer: KeyedMessage =
    event.stream === undefined
      ? [`${key}.ack`, createAck(entry, registry)]
      : [`${key}.page`, createPage(entry, event.stream, registry)]
  return [answer, ...createOwnError(entry, registry), ...failures]
}

/** Creates the message of the application's own errors, which is the second of an error-first ack. */
const createOwnError = (entry: Entry, registry: Registry): readonly KeyedMessage[] => {
  const { event, key, title } = entry
  const schema = event.ack?.errorFirst
  if (!schema) return []
  const message: MessageObject = {
    title: `${event.name} (error)`,
    summary: `The only argument of the acknowledgement of \`${event.name}\` for an error of the application's own.`,
    payload: registry.use(schema, createPlace(`${event.path} ack errorFirst`, `${title}OwnError`, false)),
  }
  return [[`${key}.error`, message]]
}

const createAck = (entry: Entry, registry: Registry): MessageObject => {
  const { event, title } = entry
  const { path } = event
  const schema = event.ack?.schema
  const heading = { title: `${event.name} (ack)`, summary: `Acknowledgement of \`${event.name}\`.` }
  if (schema === undefined) return { ...heading, summary: `Receipt of \`${event.name}\`, without a value.` }
  const example = createExample(schema, `${path} ack`)
  // Clients' answers get no defaults; only the arguments of inputs do.
  const payload = registry.use(schema, createPlace(`${path} ack`, `${title}Ack`, false))
  const binary = hasBinary(schema) ? { binary: true as const } : undefined
  if (!isErrorFirst(entry)) return { ...heading, payload, examples: example && [example], 'x-socketio': binary }
  return {
    ...heading,
    payload: {
      type: 'array',
      title: registry.titleFor({ name: `${title}AckArgs`, isNamed: false }, [path, entry.id, 'ack']),
      description: `Positional arguments of the acknowledgement of \`${event.name}\`.`,
      items: [{ type: 'null' }, payload],
      additionalItems: false,
      minItems: 2,
      maxItems: 2,
    },
    examples: example && [{ payload: [null, example.payload] }],
    'x-socketio': { args: ['error', 'value'], ...binary },
  }
}
