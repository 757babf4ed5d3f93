import { event, router } from '@ackwire/core'
import { Kind, Type } from '@sinclair/typebox'
import type { DocumentOptions } from '@ackwire/docs'

const Color = { Red: 'red', Blue: 'blue' } as const

const Email = Type.String({ $id: 'Email', format: 'email', examples: ['bob@example.com'] })
const User = Type.Object({ email: Email, role: Type.Enum(Color) }, { $id: 'User' })
const Filled = Type.Object({ size: Type.Integer({ default: 10 }) }, { $id: 'Filled' })
const Tree = Type.Recursive(This => Type.Object({ value: Type.String(), children: Type.Array(This) }))
const Named = Type.Recursive(This => Type.Object({ next: Type.Optional(This) }), { $id: 'Chain' })
const Module = Type.Module({
  Post: Type.Object({ author: Type.Ref('Author'), replies: Type.Array(Type.Ref('Post')) }),
  Author: Type.Object({ name: Type.String() }),
})

/** Every row of TypeBox's kinds. */
export const kinds = Type.Object({
  string: Type.String({ format: 'date-time', default: '2026-01-02T03:04:05.000Z' }),
  number: Type.Number({ minimum: 0.5 }),
  integer: Type.Integer(),
  boolean: Type.Boolean(),
  null: Type.Null(),
  literal: Type.Literal('on'),
  array: Type.Array(Type.String(), { minItems: 1, contains: Type.Literal('a'), minContains: 1, maxContains: 2 }),
  tuple: Type.Tuple([Type.String(), Type.Number()]),
  empty: Type.Tuple([]),
  object: Type.Object({ inner: Type.Object({ deep: Type.String() }) }),
  closed: Type.Object({}, { additionalProperties: false }),
  open: Type.Object({}, { additionalProperties: Type.Number() }),
  not: Type.Not(Type.String()),
  never: Type.Optional(Type.Never()),
  any: Type.Any(),
  unknown: Type.Unknown(),
  template: Type.TemplateLiteral('user-${string}'),
  literals: Type.Union([Type.Literal('a'), Type.Literal('b')]),
  mixed: Type.Union([Type.Literal('a'), Type.Literal(1)]),
  enum: Type.Enum(Color),
  keyof: Type.KeyOf(Type.Object({ x: Type.Number(), y: Type.Number() })),
  nullableString: Type.Union([Type.String(), Type.Null()]),
  nullableEnum: Type.Union([Type.Literal('a'), Type.Literal('b'), Type.Null()]),
  nullableObject: Type.Union([Type.Object({ a: Type.String() }), Type.Null()]),
  nullableUser: Type.Union([User, Type.Null()]),
  tagged: Type.Union([
    Type.Object({ kind: Type.Literal('circle'), radius: Type.Number() }),
    Type.Object({ kind: Type.Literal('square'), side: Type.Number() }),
  ]),
  untagged: Type.Union([Type.String(), Type.Number()]),
  record: Type.Record(Type.String(), Type.Object({ n: Type.Number() })),
  pattern: Type.Record(Type.RegExp(/^x-/), Type.Number()),
  merged: Type.Intersect([Type.Object({ a: Type.String() }), Type.Object({ b: Type.Number() })], {
    unevaluatedProperties: false,
  }),
  both: Type.Intersect([Type.Object({ a: Type.String() }), Type.Object({ b: Type.Number() })]),
  tree: Tree,
  chain: Named,
  post: Module.Import('Post'),
  date: Type.Date({ minimumTimestamp: 0 }),
  bytes: Type.Uint8Array({ maxByteLength: 3 }),
  regexp: Type.RegExp(/ab+/i),
  absent: Type.Union([Type.String(), Type.Undefined()]),
  absentOr: Type.Union([Type.String(), Type.Number(), Type.Undefined()]),
  transform: Type.Transform(Type.String())
    .Decode(text => new Date(text))
    .Encode(date => date.toISOString()),
  unsafe: Type.Unsafe<string | null>({
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    type: 'object',
    nullable: true,
    example: { default: 'x' },
    properties: { default: { type: 'string', nullable: true }, email: Email },
  }),
  custom: Type.Unsafe<number>({ [Kind]: 'Even', type: 'integer', multipleOf: 2 }),
  computed: Type.String({ default: () => String(Math.random()) }),
})

/** A contract in which every decision about the document occurs. */
export const corpus = router(
  {
    user_sign_up: event
      .input(Type.Object({ email: Email, password: Type.String({ minLength: 8, default: 'correct horse' }) }))
      .ack(Type.Object({ success: Type.Boolean({ default: true }) }))
      .errors({ EMAIL_TAKEN: Type.Object({ suggestion: Email }), GONE: Type.Void() })
      .describe({
        summary: 'Request to create an account.',
        description: 'Creates an account.',
        tags: ['users', { name: 'public', description: 'For everyone' }],
        examples: [{ name: 'valid', summary: 'yes', payload: { email: 'a@b.example', password: '2026-01-02' } }],
        externalDocs: { url: 'https://example.com/sign-up' },
      }),
    signup: event.input(User).describe({ deprecated: true, summary: 'Use user_sign_up.' }),
    all: event.input(kinds).ack(kinds),
    everything: event.output(kinds),
    filled: event.input(Filled).ack(Filled),
    ping: event.input().ack(),
    tick: event.output(),
    both: event.input(Type.Object({ a: Type.String() })),
    again: router(
      { both: event.output(Type.Object({ b: Type.String() })) },
      { tags: ['again'], description: 'A group.' },
    ),
    message: event.output(Type.Object({ text: Type.String() })),
    'two words': event.output(Type.String(), User, Type.Uint8Array()),
    send_message: event.input(
      Type.String({ title: 'room', examples: ['lobby'] }),
      Type.Object({ text: Type.Literal('hi') }),
    ),
    probe: event
      .output(Type.Integer())
      .ack(Type.Integer())
      .errors({ BUSY: Type.Object({ forMs: Type.Integer() }) }),
    todo: router({ create: event.input(Type.String()).ack(Type.Integer()) }, { tags: ['todos'] }),
    upload: event.input(Type.String(), Type.Uint8Array()).describe({
      examples: [{ payload: ['a.png', new Uint8Array([1, 2, 3])] }],
    }),
    '/admin': router(
      {
        ban: event
          .input(Type.String())
          .ack()
          .describe({ security: ['adminToken'] }),
        both: event.input(Type.String()),
        stats: event.output(Type.Number()).describe({ security: [] }),
      },
      {
        auth: Type.Object({ token: Type.String({ description: 'JWT' }) }),
        description: 'Administration.',
        tags: ['admin'],
        security: ['adminToken'],
        externalDocs: { url: 'https://example.com/admin' },
      },
    ),
    '/game-{id}': router({ move: event.input(Type.Integer()) }),
  },
  { description: 'A chat.', tags: [{ name: 'chat', description: 'Messaging' }] },
)

export const options = {
  info: {
    title: 'Chat API',
    version: '1.0.0',
    contact: { name: 'Support', url: 'https://example.com/support', email: 'support@example.com' },
    license: { name: 'MIT', url: 'https://opensource.org/license/mit' },
  },
  servers: {
    production: {
      host: 'chat.example.org',
      protocol: 'wss',
      title: 'Production',
      tags: ['env:production'],
      security: ['adminToken'],
    },
    development: { host: 'localhost:3000' },
  },
  securitySchemes: {
    adminToken: {
      type: 'http',
      scheme: 'bearer',
      'x-socketio': { in: 'handshake.auth', name: 'token' },
    },
  },
} satisfies DocumentOptions
