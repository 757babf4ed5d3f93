import { OWN } from './extensions.js'

const reference = { type: 'object', properties: { $ref: { type: 'string' } }, required: ['$ref'] }

/** Returns the schema of an object with these properties and no others. */
const closed = (description: string, properties: object, required: readonly string[]): object => ({
  type: 'object',
  description,
  properties,
  required,
  additionalProperties: false,
})

const limit = { $ref: '#/definitions/limit' }
const rate = { $ref: '#/definitions/rate' }
const count = { type: 'integer', minimum: 1 }

/** The JSON Schema (draft-07) of `x-socketio`, with a definition for each place where it can occur in a document. */
export const extensionSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  $id: 'urn:ackwire:x-socketio:1',
  title: OWN,
  description: 'What a document says about Socket.IO that AsyncAPI has no word for.',
  anyOf: ['root', 'server', 'channel', 'parameter', 'operation', 'message', 'securityScheme'].map(place => ({
    $ref: `#/definitions/${place}`,
  })),
  definitions: {
    schema: { description: 'A schema, or a pointer to one in the document.', type: 'object' },
    root: closed(
      'Of the document: whose application it describes. Without it, that is the server.',
      { perspective: { type: 'string', const: 'client' } },
      ['perspective'],
    ),
    server: closed(
      'Of a server: what a client must speak to reach it.',
      {
        protocol: { type: 'integer', const: 5, description: 'The revision of the Socket.IO protocol.' },
        engineio: { type: 'integer', const: 4, description: 'The revision of the Engine.IO protocol.' },
        transports: { type: 'array', items: { type: 'string', enum: ['polling', 'websocket', 'webtransport'] } },
      },
      ['protocol', 'engineio', 'transports'],
    ),
    channel: closed(
      'Of a channel: the namespace, and what its handshake takes and answers.',
      {
        namespace: { type: 'string', description: 'Its name, or its pattern with parameters in braces.' },
        auth: { $ref: '#/definitions/schema', description: "The handshake's auth." },
        connectError: { ...reference, description: 'What connect_error is given when the handshake is refused.' },
        errors: {
          type: 'object',
          additionalProperties: { $ref: '#/definitions/schema' },
          description:
            "The codes with which a handshake can be refused besides the standard ones: the schema of each one's data, empty for one without data.",
        },
        limit,
        groupLimits: {
          type: 'object',
          additionalProperties: limit,
          description: "Of groups of events, by what the events' names begin with before a colon.",
        },
      },
      ['namespace'],
    ),
    parameter: closed(
      "Of a channel's parameter, which has no schema in AsyncAPI 3.",
      { schema: { $ref: '#/definitions/schema' } },
      ['schema'],
    ),
    operation: closed(
      'Of an operation: what its messages do not say.',
      {
        ack: { type: 'boolean', const: true, description: 'The event is acknowledged. Its reply says with what.' },
        errorFirst: {
          type: 'boolean',
          const: true,
          description:
            "The acknowledgement's arguments are null and the value, null alone if there is no value, or an error alone: one of the application's own, as the second message of the reply says, or one of the following.",
        },
        ackRequired: {
          type: 'boolean',
          const: true,
          description: 'The server refuses the event if the client does not request its acknowledgement.',
        },
        stream: { $ref: '#/definitions/stream' },
        limit,
      },
      [],
    ),
    stream: closed(
      'The acknowledgement is the first page of a stream: { items, next?, lastEventId?, value? }. A page without next is the last.',
      {
        next: {
          type: 'string',
          description: 'The event whose acknowledgement is the next page. Its argument is next.',
        },
        stop: { type: 'string', description: 'The event that ends the stream. Its argument is next.' },
        resume: {
          type: 'string',
          description:
            'The event that goes on after a reconnect. Its arguments are lastEventId, and then those of the stream.',
        },
      },
      ['next', 'stop', 'resume'],
    ),
    message: closed(
      'Of a message: what the payload does not say.',
      {
        args: {
          type: 'array',
          items: { type: 'string' },
          description: 'The payload is the list of the positional arguments, and these are their names.',
        },
        traceContext: {
          type: 'boolean',
          const: true,
          description:
            "One more argument may follow those of the payload: the caller's trace context, { traceparent, tracestate? }, as the W3C's Trace Context has it in headers.",
        },
        binary: { type: 'boolean', const: true, description: 'Bytes are in it.' },
        ack: { type: 'boolean', const: true, description: 'AsyncAPI 2.6: the event is acknowledged.' },
        errorFirst: {
          type: 'boolean',
          const: true,
          description:
            "AsyncAPI 2.6: The acknowledgement's arguments are null and the value, null alone if there is no value, or an error alone: one of the application's own, as the second schema of x-ack says, or one of the following.",
        },
        ackRequired: {
          type: 'boolean',
          const: true,
          description: 'AsyncAPI 2.6: the server refuses the event if the client does not request its acknowledgement.',
        },
        stream: { $ref: '#/definitions/stream', description: 'AsyncAPI 2.6: the acknowledgement is a page.' },
        limit: { ...limit, description: 'AsyncAPI 2.6: what the server takes of the event.' },
        receipt: { type: 'boolean', const: true, description: 'AsyncAPI 2.6: the acknowledgement has no value.' },
        security: {
          type: 'array',
          items: { type: 'object', additionalProperties: { type: 'array', items: { type: 'string' } } },
          description: 'AsyncAPI 2.6: what lets a client in, where not all events of the channel say the same.',
        },
      },
      [],
    ),
    limit: closed(
      'What the server takes: of an event, or of the events of a channel or a group together.',
      {
        inFlight: closed(
          'How many calls may be at work at once. Beyond it the answer is OVERLOADED.',
          { perSocket: count, total: count },
          [],
        ),
        rate: closed(
          'How often calls may come. Beyond it the answer is RATE_LIMITED.',
          { perSocket: rate, perUser: rate, total: rate },
          [],
        ),
        maxBytes: {
          ...count,
          description:
            "How large each call's arguments may be: their JSON without escapes, and bytes. Beyond it the answer is INVALID_INPUT.",
        },
      },
      [],
    ),
    rate: closed('At most so many calls within so many seconds.', { calls: count, seconds: count }, [
      'calls',
      'seconds',
    ]),
    securityScheme: closed(
      "Of a security scheme: it travels in a property of the handshake's auth.",
      { in: { type: 'string', const: 'handshake.auth' }, name: { type: 'string' } },
      ['in', 'name'],
    ),
  },
} as const
