import { envelope, ENVELOPE, type Failure } from '@ackwire/core/wire'
import { KindGuard, type TSchema } from '@sinclair/typebox'
import type { MessageObject, Reference, SchemaObject } from '../asyncapi/asyncapi-types.js'
import { type Entry, isErrorFirst } from './naming.js'
import { pascal } from '../asyncapi/identifiers.js'
import { createExample } from './payload.js'
import type { Registry } from './schema/registry.js'
import { createPlace } from './schema/place.js'

/** Returns true if the schema of an error's data says that there is none. */
export const hasNoData = (data: TSchema): boolean => KindGuard.IsVoid(data) || KindGuard.IsUndefined(data)

/** Returns the name of a declared error: `EMAIL_TAKEN` of `user_sign_up` gives `UserSignUpEmailTaken`. */
export const failureName = (entry: Entry, code: string): string =>
  entry.title + pascal(/[a-z]/.test(code) ? code : code.toLowerCase())

/** Creates the message of a declared error. Its `code` has one value, which distinguishes it from the other errors. */
export const createFailure = (entry: Entry, code: string, data: TSchema, registry: Registry): MessageObject => {
  const path = `${entry.event.path} errors.${code}`
  const title = registry.titleFor({ name: failureName(entry, code), isNamed: false }, [entry.id, code])
  const isEmpty = hasNoData(data)
  const example = isEmpty ? { payload: undefined } : createExample(data, path)
  return {
    title: `${entry.event.name} (${code})`,
    payload: createError(title, registry, isErrorFirst(entry), {
      properties: {
        code: {
          type: 'string',
          title: registry.titleFor({ name: `${title}Code`, isNamed: false }, [entry.id, code, 'code']),
          enum: [code],
        },
        message: { type: 'string' },
        ...(isEmpty ? {} : { data: registry.use(data, createPlace(path, `${title}Data`, false)) }),
      },
      required: ['code', 'message', ...(isEmpty ? [] : ['data'])],
    }),
    examples: example && [{ name: code, payload: exampleOf(entry, { code, message: code, data: example.payload }) }],
  }
}

const exampleOf = (entry: Entry, failure: Failure): unknown => (isErrorFirst(entry) ? failure : envelope(failure))

/**
 * Creates the message of the standard errors, which can be the answer to any event, and adds its schemas to the registry. In an
 * error-first ack, an error has no envelope.
 */
export const createSharedFailure = (registry: Registry, isFirst: boolean): MessageObject => {
  const issue = registry.add('Issue', {
    type: 'object',
    title: 'Issue',
    description: 'One way in which the arguments differ from the contract.',
    properties: {
      path: { type: 'string', description: 'A JSON pointer that begins with the index of the argument.' },
      message: { type: 'string' },
    },
    required: ['path', 'message'],
  })
  const name = isFirst ? 'EventFailure' : 'EventError'
  const payload = registry.add(
    name,
    createError(name, registry, isFirst, {
      properties: {
        code: { type: 'string', description: 'INVALID_INPUT, INTERNAL, RATE_LIMITED and the like.' },
        message: { type: 'string' },
        issues: { type: 'array', items: issue, description: 'With INVALID_INPUT: what is wrong, and where.' },
        data: {
          type: 'object',
          title: 'EventErrorData',
          description: 'With RATE_LIMITED and OVERLOADED.',
          properties: { retryAfterMs: { type: 'number', description: 'When to try again, in milliseconds.' } },
        },
      },
      required: ['code', 'message'],
    }),
  )
  const issues = [{ path: '/0/email', message: 'Expected string' }]
  const example = { code: 'INVALID_INPUT', message: 'The input does not match the contract', issues }
  return {
    title: isFirst ? 'failure (ack)' : 'error (ack)',
    summary: isFirst
      ? 'The only argument of the acknowledgement of an event that failed.'
      : 'The acknowledgement of an event that failed.',
    payload,
    examples: [{ name: 'INVALID_INPUT', payload: isFirst ? example : envelope(example) }],
  }
}

/** Creates the schema of the error that a client's `connect_error` receives when the handshake is refused. */
export const createConnectError = (registry: Registry): Reference =>
  registry.add('ConnectError', {
    type: 'object',
    title: 'ConnectError',
    description: "The error that the client's `connect_error` is given when the handshake is refused.",
    properties: {
      message: { type: 'string' },
      data: {
        type: 'object',
        title: 'ConnectErrorData',
        properties: {
          code: { type: 'string', description: 'UNAUTHORIZED and the like.' },
          message: { type: 'string' },
        },
        required: ['code', 'message'],
      },
    },
    required: ['message'],
  })

/** Creates the schema of an error: its details alone in an error-first ack, otherwise in an envelope. */
const createError = (title: string, registry: Registry, isFirst: boolean, detail: SchemaObject): SchemaObject =>
  isFirst
    ? { type: 'object', title, description: 'The error of an event that failed.', ...detail }
    : createEnvelope(title, registry, detail)

const createEnvelope = (title: string, registry: Registry, detail: SchemaObject): SchemaObject => ({
  type: 'object',
  title,
  description: 'The acknowledgement of an event that failed.',
  properties: {
    [ENVELOPE]: {
      type: 'object',
      title: registry.titleFor({ name: `${title}Detail`, isNamed: false }, detail),
      ...detail,
    },
  },
  required: [ENVELOPE],
  additionalProperties: false,
})
