import type { TSchema } from '@sinclair/typebox'
import type { Schema } from '../asyncapi/asyncapi-types.js'
import type { ChannelBindings, ParameterObject } from '../asyncapi/channel-types.js'
import { objectOf, throwDefinitionError } from '../definition/definition-error.js'
import { hasNoData } from './error-message.js'
import type { Channel } from './naming.js'
import { pascal } from '../asyncapi/identifiers.js'
import type { Handshake } from '../options/options.js'
import { createParameters } from './parameters.js'
import type { Registry } from './schema/registry.js'
import { createPlace } from './schema/place.js'

/** The schemas of a client's handshake with a namespace. */
export interface HandshakeSchemas {
  readonly parameters: Readonly<Record<string, ParameterObject>> | undefined
  readonly auth: Schema | undefined
  /** The schema of each declared error's `data`, by code; empty for one without data. */
  readonly errors: Readonly<Record<string, Schema>> | undefined
  readonly bindings: ChannelBindings | undefined
}

/** Creates the schemas of a client's handshake with a namespace. */
export const createHandshake = (
  channel: Channel,
  { query, headers }: Handshake,
  registry: Registry,
): HandshakeSchemas => {
  const { name, options } = channel.namespace
  const prefix = name === '/' ? '' : pascal(channel.key)
  const use = (schema: TSchema | undefined, what: string, fills: boolean): Schema | undefined =>
    schema && registry.use(schema, createPlace(`${name} ${what}`, `${prefix}Handshake${pascal(what)}`, fills))
  // An empty schema would mean that the error has no data.
  const dataOf = (code: string, data: TSchema): Schema => {
    const schema = use(data, `errors ${code.toLowerCase()}`, false) ?? {}
    return Object.keys(schema).length === 0 ? { description: 'Any value.' } : schema
  }
  return {
    parameters: createParameters(name, prefix, options.params, registry),
    auth: use(options.auth, 'auth', true),
    errors: objectOf(
      Object.entries(options.errors ?? {}).map(([code, data]) => [code, hasNoData(data) ? {} : dataOf(code, data)]),
    ),
    // AsyncAPI has no binding for Socket.IO, whose opening request is that of a WebSocket.
    bindings:
      query === undefined && headers === undefined
        ? undefined
        : {
            ws: {
              method: 'GET',
              query: use(query, 'query', false),
              headers: use(headers, 'headers', false),
              bindingVersion: '0.1.0',
            },
          },
  }
}

/** Throws a TypeError if the options describe the handshake of a namespace that the document does not have. */
export const checkHandshakes = (
  handshakes: Readonly<Record<string, Handshake>>,
  channels: readonly Channel[],
): void => {
  const known = channels.map(({ namespace }) => namespace.name)
  const other = Object.keys(handshakes).find(name => !known.includes(name))
  if (other !== undefined)
    throwDefinitionError(
      `options.handshake["${other}"]`,
      `there is no such namespace; there are ${known.join(', ') || 'none'}`,
    )
}
