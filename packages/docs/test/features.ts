import { event, router } from '@ackwire/core'
import type { DocumentOptions } from '@ackwire/docs'
import { Type } from '@sinclair/typebox'

const Move = Type.Object({ x: Type.Integer(), y: Type.Integer() }, { $id: 'Move', title: 'A move' })
const Shapes = Type.Module({
  Circle: Type.Object({ kind: Type.Literal('circle'), radius: Type.Number() }),
  Square: Type.Object({ kind: Type.Literal('square'), side: Type.Number() }),
  Shape: Type.Union([Type.Ref('Circle'), Type.Ref('Square')]),
  Drawing: Type.Object({
    shapes: Type.Array(Type.Ref('Shape')),
    // Said beside a reference.
    frame: Type.Ref('Square', { description: 'What is around it.', examples: [{ kind: 'square', side: 1 }] }),
    parts: Type.Optional(Type.Array(Type.Ref('Drawing'))),
  }),
  Sketch: Type.Partial(Type.Ref('Drawing')),
})

/** A contract with what the corpus lacks: arguments that may be left out, handshakes, each way to secure an event. */
export const features = router(
  {
    join: event
      .input(Type.String({ title: 'room' }), Type.Optional(Move))
      .limit({ maxBytes: 1_000 })
      .describe({ examples: [{ payload: ['lobby'] }, { payload: ['lobby', { x: 1, y: 2 }] }] }),
    maybe: event.input(Type.Optional(Type.String())),
    save: event.input().ack({ required: true }),
    log: event
      .input(Type.String())
      .rest(Type.Union([Type.String(), Type.Number()]))
      .ack(),
    lines: event.output().rest(Type.String()),
    draw: event
      .input(Shapes.Import('Drawing'))
      .ack(Shapes.Import('Sketch'))
      .errors({ TOO_MANY: Type.Object({ most: Type.Integer({ description: 'How many there may be.' }) }) }),
    strokes: event
      .input(Type.String(), Type.Optional(Type.Integer()))
      .stream(Move)
      .ack(Type.Integer({ description: 'How many there were.' }))
      .errors({ CLOSED: Type.Object({ by: Type.String() }) })
      .describe('The strokes of a board, as they are made'),
    frames: event.input().stream(Type.Uint8Array({ description: 'A PNG.' })),
    // The names that a title would get are taken.
    move: event.input(Type.Object({ by: Move })).ack(Type.Object({ taken: Type.Boolean() }, { $id: 'MoveAck' })),
    picture: event
      .output(Type.Uint8Array({ description: 'A PNG.' }))
      .ack(Type.Uint8Array())
      .describe({ description: 'The whiteboard.', deprecated: true }),
    byHand: event.input(
      Type.Unsafe<unknown[]>({ type: 'array', prefixItems: [{ type: 'string' }, { enum: ['a', 'b'] }], items: false }),
    ),
    key: event.input().describe({ security: ['inQuery', 'inHeader', 'inCookie'], 'x-cost': 3 }),
    password: event.input().describe({ security: ['basic', 'user'] }),
    account: event.input().describe({ security: ['oauth', 'openId'] }),
    export: router(
      {
        pdf: event
          .input()
          .ack(Type.Uint8Array(), { required: true })
          .limit({
            inFlight: { perSocket: 1, total: 10 },
            rate: { perUser: { calls: 5, seconds: 3_600 }, total: { calls: 100, seconds: 1 } },
          }),
        done: event.output(),
      },
      { limit: { inFlight: { perSocket: 2 } } },
    ),
    '/board-{team}-{id}': router(
      { open: event.input().ack(Type.Null()), closed: event.output() },
      {
        params: Type.Object({
          team: Type.Union([Type.Literal('red'), Type.Literal('blue')], { default: 'red' }),
          id: Type.String({ pattern: '^[0-9]+$', description: 'Number of the board.', examples: ['42'] }),
        }),
        auth: Type.Object({ token: Type.String(), role: Type.String({ default: 'guest' }) }),
        security: ['token'],
        traceContext: true,
        limit: { rate: { perSocket: { calls: 50, seconds: 1 } } },
        'x-quota': 10,
      },
    ),
  },
  { description: 'A whiteboard.', security: ['token'], tags: ['boards'] },
)

export const featureOptions = {
  id: 'urn:example:whiteboard',
  info: {
    title: 'Whiteboard',
    version: '2.0.0',
    termsOfService: 'https://example.com/terms',
    contact: { name: 'Boards', url: 'https://example.com', email: 'boards@example.com' },
    license: { name: 'MIT' },
    externalDocs: { url: 'https://example.com/docs', description: 'Guide' },
    'x-audience': 'public',
  },
  servers: {
    any: {
      host: '{region}.example.org',
      protocol: 'wss',
      pathname: '/live/',
      transports: ['websocket'],
      variables: { region: { enum: ['eu', 'us'], default: 'eu', description: 'Where it runs.' } },
      security: ['token'],
      'x-tier': 1,
    },
  },
  handshake: {
    '/': {
      query: Type.Object({ lang: Type.Union([Type.Literal('en'), Type.Literal('de')]) }),
      headers: Type.Object({ 'x-request-id': Type.Optional(Type.String({ format: 'uuid' })) }),
    },
  },
  securitySchemes: {
    token: {
      type: 'http',
      scheme: 'bearer',
      bearerFormat: 'JWT',
      description: 'Sent as `auth.token`.',
      'x-socketio': { in: 'handshake.auth', name: 'token' },
    },
    basic: { type: 'http', scheme: 'basic' },
    user: { type: 'apiKey', in: 'user' },
    inQuery: { type: 'httpApiKey', in: 'query', name: 'key' },
    inHeader: { type: 'httpApiKey', in: 'header', name: 'x-key' },
    inCookie: { type: 'httpApiKey', in: 'cookie', name: 'session' },
    oauth: {
      type: 'oauth2',
      flows: {
        authorizationCode: {
          authorizationUrl: 'https://example.com/authorize',
          tokenUrl: 'https://example.com/token',
          availableScopes: { draw: 'Draw on boards', read: 'See boards' },
        },
      },
      scopes: ['draw'],
    },
    openId: { type: 'openIdConnect', openIdConnectUrl: 'https://example.com/.well-known/openid-configuration' },
  },
  'x-origin': { team: 'boards' },
} satisfies DocumentOptions
