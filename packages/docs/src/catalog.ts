import type { Direction, ExternalDocs, Limit, Router } from '@ackwire/core'
import type { TSchema } from '@sinclair/typebox'
import type { MessageExample, Schema, SchemaObject } from './asyncapi/asyncapi-types.js'
import { checkRouter } from './options/check-options.js'
import { objectOf } from './definition/definition-error.js'
import { type Channel, nameChannels, type Entry } from './document/naming.js'
import { failureName, hasNoData } from './document/error-message.js'
import { createHandshake, type HandshakeSchemas } from './document/handshake.js'
import { descriptionOf, securityOf, tagsOf } from './document/event-metadata.js'
import { limitsOf } from './document/limits.js'
import { createExamples, hasBinary, placeOf } from './document/payload.js'
import type { Registry } from './document/schema/registry.js'
import { type Resolve, resolver } from './document/schema/inline-refs.js'
import { createPlace } from './document/schema/place.js'
import { registryOf } from './document/contract-schemas.js'

/** An event of a contract, with everything needed to send it or to listen to it. Each schema is self-contained (draft-07). */
export interface CatalogEvent {
  /** `/`, `/admin`, or a pattern such as `/game-{id}`. */
  readonly namespace: string
  /** The name on the wire. */
  readonly name: string
  /** `input` is sent by clients to the server, `output` by the server to clients. */
  readonly direction: Direction
  /** A sentence about the event. */
  readonly summary?: string
  /** The description of the event, in Markdown. */
  readonly description?: string
  /** True if the event is deprecated. */
  readonly deprecated?: true
  /** The names of the event's tags. */
  readonly tags?: readonly string[]
  /** A link to further documentation. */
  readonly externalDocs?: ExternalDocs
  /** The names of security schemes, any of which grants access. */
  readonly security?: readonly string[]
  /** The parameters in the namespace's name. */
  readonly params?: Readonly<Record<string, SchemaObject>>
  /** The schema of the namespace's handshake `auth`. */
  readonly auth?: SchemaObject
  /** The `data` of each declared error with which the namespace's handshake can be refused, by code. */
  readonly connectErrors?: Readonly<Record<string, { readonly data?: SchemaObject }>>
  /** The positional arguments. */
  readonly args: readonly SchemaObject[]
  /** The number of required arguments. */
  readonly required: number
  /** The schema of any further arguments. */
  readonly rest?: SchemaObject
  /** True if the arguments contain bytes. */
  readonly binary?: true
  /** The items of the stream that the event opens. The acknowledgement is then the stream's final value. */
  readonly stream?: { readonly item: SchemaObject }
  /**
   * The acknowledgement: absent if there is none, without a schema if it has no value; required if the server refuses the event without
   * a request for it. With `errorFirst`, the schema of the application's own errors, its first argument is an error, and its second
   * one the value.
   */
  readonly ack?: { readonly schema?: SchemaObject; readonly required?: true; readonly errorFirst?: SchemaObject }
  /** The limits on the event, its groups and its namespace. */
  readonly limits?: readonly { readonly of: string; readonly limit: Limit }[]
  /** The `data` of each declared error, by code. Standard errors are not listed. */
  readonly errors?: Readonly<Record<string, { readonly data?: SchemaObject }>>
  /** Examples of the argument itself if there is always exactly one, otherwise of the array of arguments. */
  readonly examples?: readonly MessageExample[]
}

/**
 * Returns a contract's events as a flat list of plain JSON, for scripts and agents. No reference leads out of a schema.
 *
 * @throws TypeError as `document` does.
 * @example
 * catalog(api).filter(event => event.direction === 'input').map(event => event.name)
 */
export const catalog = (api: Router): readonly CatalogEvent[] => {
  checkRouter(api)
  const channels = nameChannels(api['~router'].namespaces, 'server')
  const registry = registryOf(channels, {})
  // All schemas are written first, since only then all references are known.
  const written = channels.flatMap(channel => {
    const handshake = createHandshake(channel, {}, registry)
    return channel.entries.map(entry => ({ channel, entry, handshake, schemas: createSchemas(entry, registry) }))
  })
  const resolve = resolver(new Map(registry.schemas()))
  const events = written.map(({ channel, entry, handshake, schemas }) =>
    Object.assign(
      describeEvent(channel, entry),
      describeHandshake(handshake, resolve),
      describeSchemas(schemas, resolve),
      { required: entry.event.required, examples: createExamples(entry) },
    ),
  )
  return JSON.parse(JSON.stringify(events))
}

/** The schemas of one event, which may contain references. */
interface EventSchemas {
  readonly args: readonly Schema[]
  readonly rest: Schema | undefined
  readonly stream: Schema | undefined
  readonly ack:
    | {
        readonly schema: Schema | undefined
        readonly required: true | undefined
        readonly errorFirst: Schema | undefined
      }
    | undefined
  readonly errors: readonly (readonly [code: string, data: Schema | undefined])[]
}

const createSchemas = (entry: Entry, registry: Registry): EventSchemas => {
  const { args, rest, stream, ack, errors, path } = entry.event
  const use = (schema: TSchema | undefined, step: string, title: string): Schema | undefined =>
    schema && registry.use(schema, createPlace(`${path} ${step}`, title, false))
  return {
    args: args.map((schema, index) => registry.use(schema, placeOf(entry, index))),
    rest: rest && registry.use(rest, placeOf(entry, args.length)),
    stream: use(stream, 'stream', `${entry.title}Item`),
    ack: ack && {
      schema: use(ack.schema, 'ack', `${entry.title}Ack`),
      required: ack.isRequired,
      errorFirst: use(ack.errorFirst || undefined, 'ack errorFirst', `${entry.title}OwnError`),
    },
    errors: Object.entries(errors).map(([code, data]) => [
      code,
      hasNoData(data) ? undefined : use(data, `errors.${code}`, `${failureName(entry, code)}Data`),
    ]),
  }
}

const describeSchemas = ({ args, rest, stream, ack, errors }: EventSchemas, resolve: Resolve) => ({
  args: args.map(resolve),
  rest: rest && resolve(rest),
  stream: stream && { item: resolve(stream) },
  ack: ack && {
    ...ack,
    schema: ack.schema && resolve(ack.schema),
    errorFirst: ack.errorFirst && resolve(ack.errorFirst),
  },
  errors: objectOf(errors.map(([code, data]) => [code, { data: data && resolve(data) }])),
})

const describeEvent = ({ namespace }: Channel, entry: Entry) => {
  const { name, direction, description: said, args, rest } = entry.event
  return {
    namespace: namespace.name,
    name,
    direction,
    summary: said.summary,
    description: descriptionOf(entry),
    deprecated: said.deprecated === true ? true : undefined,
    tags: tagsOf(entry)?.map(tag => tag.name),
    externalDocs: said.externalDocs,
    security: securityOf(entry),
    binary: [...args, rest].some(hasBinary) ? true : undefined,
    limits: limitsOf(entry, namespace),
  }
}

const describeHandshake = ({ parameters, auth, errors }: HandshakeSchemas, resolve: Resolve) => ({
  connectErrors:
    errors &&
    objectOf(
      Object.entries(errors).map(([code, data]) => [
        code,
        Object.keys(data).length === 0 ? {} : { data: resolve(data) },
      ]),
    ),
  params:
    parameters &&
    objectOf(
      Object.entries(parameters).map(([name, parameter]) => [
        name,
        resolve(parameter['x-socketio']?.schema ?? { type: 'string' }),
      ]),
    ),
  auth: auth && resolve(auth),
})
