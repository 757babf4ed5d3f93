import { createServer, type Server as HttpServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { event, router } from '@ackwire/core'
import { attach } from '@ackwire/core/server'
import * as docs from '@ackwire/docs'
import { Type } from '@sinclair/typebox'
import { Server } from 'socket.io'

const Email = Type.String({
  $id: 'Email',
  format: 'email',
  description: 'Where the confirmation goes.',
  examples: ['bob@example.com'],
})
const User = Type.Object(
  {
    id: Type.String({ format: 'uuid', examples: ['9f1c3a5e-6a2e-4b9a-9a53-5f0c9f5b2f10'] }),
    email: Email,
    role: Type.Union([Type.Literal('member'), Type.Literal('moderator'), Type.Literal('guest')], { default: 'member' }),
    joinedAt: Type.String({ format: 'date-time', examples: ['2026-01-02T03:04:05.000Z'] }),
  },
  { $id: 'User', description: 'Somebody who has signed up.' },
)
const Comment = Type.Recursive(
  This =>
    Type.Object({
      text: Type.String({ maxLength: 2000 }),
      replies: Type.Array(This, { description: 'Answers to this comment, each of which may have its own.' }),
    }),
  { $id: 'Comment' },
)
const Attachment = Type.Union(
  [
    Type.Object({ kind: Type.Literal('link'), url: Type.String({ format: 'uri' }) }, { title: 'Link' }),
    Type.Object(
      { kind: Type.Literal('poll'), question: Type.String(), choices: Type.Array(Type.String(), { minItems: 2 }) },
      { title: 'Poll' },
    ),
  ],
  { description: 'What is shown below the text.' },
)
const ChatMessage = Type.Object(
  {
    text: Type.String({ minLength: 1, maxLength: 2000, examples: ['Hello there!'] }),
    mentions: Type.Optional(Type.Array(Type.String(), { maxItems: 20, description: 'Names of those to be notified.' })),
    attachment: Type.Optional(Attachment),
    labels: Type.Optional(Type.Record(Type.String(), Type.String())),
  },
  { $id: 'ChatMessage' },
)

/** A contract with everything that the page can show. */
export const chat = router(
  {
    user_sign_up: event
      .input(
        Type.Object(
          {
            email: Email,
            password: Type.String({ format: 'password', minLength: 8, description: 'At least eight characters.' }),
            nickname: Type.Optional(Type.String({ maxLength: 32, examples: ['bob'] })),
            newsletter: Type.Boolean({ default: false, description: 'Whether news may be sent to the address.' }),
          },
          { $id: 'SignUp', additionalProperties: false },
        ),
      )
      .ack(Type.Object({ id: Type.Integer({ minimum: 1 }), welcome: Type.String() }, { $id: 'SignedUp' }))
      .errors({ EMAIL_TAKEN: Type.Object({ suggestion: Email }) })
      .limit({ inFlight: { perSocket: 4 }, rate: { total: { calls: 1_000, seconds: 60 } }, maxBytes: 10_000 })
      .describe({
        summary: 'Creates an account.',
        description:
          'Everybody who is connected hears of it with `user_joined`. The address is **not** confirmed yet:\n\n- a mail is sent to it,\n- the link in it holds for a day.',
        tags: ['users'],
        externalDocs: { url: 'https://example.com/sign-up', description: 'How signing up works' },
        examples: [
          {
            name: 'valid',
            summary: 'An account that can be made',
            payload: { email: 'bob@example.com', password: 'correct horse', newsletter: false },
          },
          {
            name: 'with a name',
            payload: { email: 'alice@example.com', password: 'battery staple', nickname: 'alice', newsletter: true },
          },
        ],
      }),
    signup: event
      .input(Type.Object({ mail: Email }))
      .describe({ summary: 'Use user_sign_up.', deprecated: true, tags: ['users'] }),
    ping: event.input().ack().describe('Says that the server is there.'),
    send_message: event
      .input(
        Type.String({ title: 'room', description: 'Where it is said.', examples: ['lobby', 'random'] }),
        ChatMessage,
      )
      .ack(Type.Object({ messageId: Type.String() }))
      .describe({ summary: 'Says something in a room.', tags: ['chat'] }),
    comment: event.input(Comment).describe({ summary: 'Adds a tree of comments.', tags: ['chat'] }),
    upload_avatar: event
      .input(
        Type.String({ title: 'name', examples: ['avatar.png'] }),
        Type.Uint8Array({ title: 'content', maxByteLength: 1000 }),
      )
      .ack(Type.Object({ size: Type.Integer(), head: Type.Uint8Array() }))
      .describe({ summary: 'Stores a picture.', tags: ['users'] }),
    todo: router(
      {
        create: event
          .input(Type.String({ minLength: 1 }))
          .ack(Type.Integer())
          .describe('Adds something to do.'),
        done: event.output(Type.Integer(), Type.Optional(Type.String())).describe('Something has been done.'),
      },
      { tags: ['todos'] },
    ),
    count_down: event
      .input(Type.Integer({ title: 'from', examples: [3] }))
      .stream(Type.Object({ left: Type.Integer() }))
      .ack(Type.String())
      .errors({ TOO_LONG: Type.Object({ most: Type.Integer() }) })
      .describe('Counts down to nothing.'),
    start_probe: event.input().describe('Asks the server for a probe.'),
    user_joined: event.output(User).describe({ summary: 'Somebody has signed up.', tags: ['users'] }),
    latency_probe: event
      .output(Type.Object({ sentAt: Type.Integer({ description: 'Milliseconds since 1970.' }) }))
      .ack(Type.Object({ receivedAt: Type.Integer({ examples: [1767323045012] }) }))
      .errors({ BUSY: Type.Object({ forMs: Type.Integer() }) })
      .describe('Measures how long a round trip takes.'),
    '/admin': router(
      {
        ban_user: event
          .input(
            Type.Object({ userId: Type.String(), reason: Type.Union([Type.Literal('spam'), Type.Literal('abuse')]) }),
          )
          .ack()
          .describe({ summary: 'Shuts somebody out.', security: ['token'] }),
        stats: event.output(Type.Object({ clients: Type.Integer({ minimum: 0 }) })).describe('Every minute.'),
      },
      {
        auth: Type.Object({ token: Type.String({ minLength: 3, description: 'A JWT.', examples: ['secret'] }) }),
        description: 'For those who keep order. The connection is refused without a valid token.',
        tags: ['admin'],
      },
    ),
    '/game-{id}': router(
      {
        move: event
          .input(Type.Integer({ title: 'x' }), Type.Integer({ title: 'y' }))
          .ack(Type.String())
          .describe('Sets a stone.'),
        moved: event.output(Type.Integer(), Type.Integer()).describe('The other side has set a stone.'),
      },
      { description: 'One game, by its id.' },
    ),
  },
  {
    description:
      'Accounts, presence and messages of a **chat**.\n\nConnect with any Socket.IO client; a raw WebSocket client will not do.',
  },
)

export const options: docs.DocumentOptions = {
  info: {
    title: 'Chat API',
    version: '2.1.0',
    contact: { name: 'API support', url: 'https://example.com/support' },
    license: { name: 'MIT', url: 'https://opensource.org/license/mit' },
  },
  securitySchemes: {
    token: {
      type: 'http',
      scheme: 'bearer',
      description: 'Sent as `auth.token` of the handshake.',
      'x-socketio': { in: 'handshake.auth', name: 'token' },
    },
  },
}

/** Listens on a free port of this machine. */
export const listen = async (server: HttpServer): Promise<string> => {
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

export interface Running {
  readonly url: string
  readonly io: Server
  readonly http: HttpServer
  close(): Promise<void>
}

/** Starts the chat with its page. `onHeard` is called with every event that it receives. */
export const startChat = async (
  given: docs.ServeOptions = {},
  onHeard: (event: string, input: unknown) => void = () => {},
): Promise<Running> => {
  const http = createServer()
  const io = new Server(http)
  const server = attach(io, chat)
  const emails = new Set<string>()

  server.on.user_sign_up(({ input, fail }) => {
    onHeard('user_sign_up', input)
    if (emails.has(input.email)) fail('EMAIL_TAKEN', { suggestion: `2.${input.email}` })
    emails.add(input.email)
    const id = emails.size
    server.emit.user_joined({
      id: `00000000-0000-4000-8000-${String(id).padStart(12, '0')}`,
      email: input.email,
      role: 'member',
      joinedAt: '2026-01-02T03:04:05.000Z',
    })
    return { id, welcome: `Welcome, ${input.nickname ?? 'friend'}!` }
  })
  server.on.ping(() => {})
  server.on.send_message(({ input }) => {
    onHeard('send_message', input)
    return { messageId: 'm-1' }
  })
  server.on.upload_avatar(({ input: [name, content] }) => {
    onHeard('upload_avatar', [name, [...content]])
    return { size: content.length, head: content.subarray(0, 4) }
  })
  server.on.todo.create(({ input, emit }) => {
    emit.todo.done(1, input)
    return 1
  })
  server.on.count_down(async function* ({ input, fail, signal }) {
    if (input > 1_000_000) fail('TOO_LONG', { most: 1_000_000 })
    try {
      for (let left = input; left > 0; left--) yield { left }
      return 'lift off'
    } finally {
      onHeard('count_down', signal.aborted)
    }
  })
  server.on.start_probe(async ({ emit }) => {
    onHeard('latency_probe', await emit.latency_probe({ sentAt: Date.now() }).catch((error: unknown) => error))
  })
  const admin = server.of('/admin').authenticate(({ auth }) => {
    if (auth.token !== 'secret') throw new Error('wrong token')
    return { user: 'root' }
  })
  admin.on.ban_user(({ input }) => onHeard('ban_user', input))
  server.of('/game-{id}').on.move(({ input, params }) => `${params.id}: ${input.join(' ')}`)

  docs.serve(http, chat, { ...options, ...given })
  const url = await listen(http)
  return {
    url,
    io,
    http,
    close: async () => {
      await io.close()
    },
  }
}
