/** A kind of document that other people write: its text, with other files of its folder, and what becomes of it. */
export interface Kind {
  readonly title: string
  readonly text: string
  readonly files?: Readonly<Record<string, string>>
  /** The parts of the contract's text, each in one line without line breaks and double spaces. */
  readonly contract: readonly string[]
  /** All that is listed as changed or left out. */
  readonly notes?: readonly string[]
}

/** Returns a document of AsyncAPI 3 whose root namespace has an input `e` with a payload. */
const three = (payload: string, more = ''): string =>
  `asyncapi: 3.0.0
info: { title: T, version: 1.0.0 }
channels: { root: { address: /, messages: { e: { name: e, payload: ${payload} } } } }
operations: { e: { action: receive, channel: { $ref: '#/channels/root' } } }
${more}`

/** Returns a document of AsyncAPI 2 whose root namespace has an input, or several. */
const two = (message: string, more = ''): string =>
  `asyncapi: 2.6.0
info: { title: T, version: 1.0.0 }
channels: { /: { publish: { message: ${message} } } }
${more}`

/** Returns a document of AsyncAPI 3 with these sections. */
const sections = (text: string): string => `asyncapi: 3.0.0\ninfo: { title: T, version: 1.0.0 }\n${text}`

const SLASHES = 'are read as events of /; `--channels namespace` reads them as namespaces'
const ONE = 'which has no leading slash, is read as an event of /; `--channels namespace` reads it as a namespace'

const schemas = (text: string): string => `components: { schemas: { ${text} } }`

const YAML_KINDS: readonly Kind[] = [
  {
    title: 'a merge key in a payload',
    text: three('{ <<: *base, description: D }', 'x-base: &base { type: string, minLength: 2 }').replace(
      /(.*\n)(x-base.*)$/s,
      (_, rest: string, base: string) => rest.replace('channels:', `${base}\nchannels:`),
    ),
    contract: ["e: event.input(Type.String({ minLength: 2, description: 'D' })),"],
  },
  {
    title: 'a merge key of several operations',
    text: sections(`x-op: &op { action: receive, summary: S }
channels: { root: { address: /, messages: { a: { name: a, payload: { type: string } } } } }
operations: { a: { <<: *op, channel: { $ref: '#/channels/root' } } }
`),
    contract: ["a: event.input(Type.String()).describe('S'),"],
  },
  {
    title: 'a version without quotes',
    text: three('{ type: string }').replace('1.0.0 }', '1.10 }'),
    contract: ["info: { title: 'T', version: '1.10' }"],
  },
  {
    title: 'a title that is a number',
    text: three('{ type: string }').replace('title: T', 'title: 2048'),
    contract: ["info: { title: '2048', version: '1.0.0' }"],
  },
  {
    title: 'aliases',
    text: sections(`channels: { root: { address: /, messages: { a: { name: a, payload: &p { type: string } }, b: { name: b, payload: *p } } } }
operations: { a: { action: send, channel: { $ref: '#/channels/root' } } }
`),
    contract: ['a: event.output(Type.String()), b: event.output(Type.String()),'],
  },
]

const FILE_KINDS: readonly Kind[] = [
  {
    title: 'a payload in a file of JSON Schema',
    text: three("{ $ref: './schemas/user.json' }"),
    files: {
      'schemas/user.json':
        '{"type":"object","properties":{"boss":{"$ref":"#"},"role":{"$ref":"role.yaml"},"id":{"$ref":"#/definitions/Id"}},"definitions":{"Id":{"type":"integer"}}}',
      'schemas/role.yaml': 'enum: [a, b]',
    },
    contract: [
      "const Role = Type.Union([Type.Literal('a'), Type.Literal('b')], { $id: 'role' })",
      "const Id = Type.Integer({ $id: 'Id' })",
      'boss: Type.Optional(This), role: Type.Optional(Role), id: Type.Optional(Id)',
      'e: event.input(User),',
    ],
  },
  {
    title: 'a message in a file',
    text: sections(`channels: { root: { address: /, messages: { e: { $ref: './m.yaml#/components/messages/E' } } } }
operations: { e: { action: send, channel: { $ref: '#/channels/root' } } }
`),
    files: {
      'm.yaml':
        "components: { messages: { E: { name: sent, payload: { $ref: '#/components/schemas/X' } } }, schemas: { X: { type: number } } }",
    },
    contract: ["const X = Type.Number({ $id: 'X' })", 'sent: event.output(X),'],
  },
  {
    title: 'a channel in a file',
    text: sections(`channels: { root: { $ref: 'c.yaml#/root' } }
operations: { e: { action: receive, channel: { $ref: '#/channels/root' }, messages: [{ $ref: '#/channels/root/messages/e' }] } }
`),
    files: { 'c.yaml': 'root: { address: /chat, messages: { e: { name: e, payload: { type: boolean } } } }' },
    contract: ["'/chat': router({ e: event.input(Type.Boolean()), }),"],
  },
  {
    title: 'a channel of AsyncAPI 2 in a file',
    text: `asyncapi: 2.6.0\ninfo: { title: T, version: 1.0.0 }\nchannels: { /: { $ref: 'c.yaml' } }\n`,
    files: { 'c.yaml': 'publish: { message: { name: e, payload: { type: boolean } } }' },
    contract: ['e: event.input(Type.Boolean()),'],
  },
  {
    title: 'all channels in a file',
    text: sections(
      `channels: { $ref: 'c.yaml' }\noperations: { e: { action: receive, channel: { $ref: '#/channels/root' } } }\n`,
    ),
    files: { 'c.yaml': 'root: { address: /, messages: { e: { name: e, payload: { type: boolean } } } }' },
    contract: ['e: event.input(Type.Boolean()),'],
  },
  {
    title: 'a server in a file',
    text: three('{ type: string }', "servers: { a: { $ref: './s.yaml#/a' } }"),
    files: { 's.yaml': 'a: { host: a.example.org, protocol: wss }' },
    contract: ["servers: { a: { host: 'a.example.org', protocol: 'wss' } }"],
  },
  {
    title: 'a message in a file that is missing',
    text: sections(`channels: { root: { address: /, messages: { e: { $ref: './gone.yaml#/E' } } } }
operations: { e: { action: send, channel: { $ref: '#/channels/root' } } }
`),
    contract: ['e: event.output().rest(Type.Unknown()),'],
    notes: [
      "e: its message ./gone.yaml#/E can't be read",
      'e output: the document does not describe its arguments, so it accepts any',
    ],
  },
  {
    title: 'a server and a channel in files that are missing',
    text: three('{ type: string }', "servers: { a: { $ref: './s.yaml#/a' } }").replace(
      'channels: {',
      "channels: { lost: { $ref: './gone.yaml' },",
    ),
    contract: ['e: event.input(Type.String()),'],
    notes: [
      'channels.lost: the reference ./gone.yaml leads nowhere in this document',
      'servers.a: the reference ./s.yaml#/a leads nowhere in this document, and is left out',
    ],
  },
  {
    title: 'references to a network and to another folder',
    text: three(
      "{ type: object, properties: { a: { $ref: 'https://example.org/a.json' }, b: { $ref: '../../../b.json' } } }",
    ),
    contract: [
      'e: event.input( Type.Object({ a: Type.Optional(Type.Unknown()), b: Type.Optional(Type.Unknown()) }), ),',
    ],
    notes: [
      'https://example.org/a.json: is not read, since it is not a file; save it beside the document, and refer to that',
      'e input[0].a: the reference https://example.org/a.json leads nowhere in this document, and is written as Type.Unknown()',
      'e input[0].b: the reference ../../../b.json leads nowhere in this document, and is written as Type.Unknown()',
    ],
  },
  {
    title: 'a file that is not YAML',
    text: three("{ $ref: './a.proto' }"),
    files: { 'a.proto': 'message A {\n  string b = 1;\n' },
    contract: ['e: event.input(Type.Unknown()),'],
    notes: [
      './a.proto: is neither an object nor a list in YAML or JSON',
      'e input[0]: the reference ./a.proto leads nowhere in this document, and is written as Type.Unknown()',
    ],
  },
]

const CHANNEL_KINDS: readonly Kind[] = [
  {
    title: 'a channel for each event',
    text: sections(`servers: { dev: { host: 'localhost:3000', protocol: socketio } }
channels:
  join: { address: 'chat:join', description: Enters a room., messages: { m: { payload: { type: string } } } }
  left: { address: 'chat:left', messages: { m: { payload: { type: string } } } }
operations:
  onJoin: { action: receive, channel: { $ref: '#/channels/join' } }
  sendLeft: { action: send, channel: { $ref: '#/channels/left' } }
`),
    contract: [
      "chat: router({ join: event.input(Type.String()).describe({ description: 'Enters a room.' }), left: event.output(Type.String()), }),",
    ],
    notes: [
      `channels: addresses without a leading slash, such as "chat:join", ${SLASHES}`,
      'servers.dev: protocol socketio becomes ws',
    ],
  },
  {
    title: 'a channel for each event, with replies in channels of their own',
    text: sections(`channels:
  join: { address: join, messages: { m: { payload: { type: string } } } }
  joined: { address: 'join:ack', messages: { ok: { payload: { type: boolean } } } }
operations:
  join: { action: receive, channel: { $ref: '#/channels/join' }, reply: { channel: { $ref: '#/channels/joined' } } }
`),
    contract: ['join: event.input(Type.String()).ack(Type.Boolean()),'],
    notes: [`channels: the address "join", ${ONE}`],
  },
  {
    title: 'a channel for each event in both directions',
    text: sections(`channels: { m: { address: message, messages: { m: { payload: { type: string } } } } }
operations:
  a: { action: receive, channel: { $ref: '#/channels/m' } }
  b: { action: send, channel: { $ref: '#/channels/m' } }
`),
    contract: ['message: event.both(event.input(Type.String()), event.output(Type.String())),'],
    notes: [`channels: the address "message", ${ONE}`],
  },
  {
    title: 'a channel for each event of AsyncAPI 2',
    text: `asyncapi: 2.6.0
info: { title: T, version: 1.0.0 }
channels:
  chat:join:
    publish: { operationId: join, summary: Joins., message: { payload: { type: string }, x-ack: { type: boolean } } }
  chat:left: { subscribe: { message: { payload: { type: string } } } }
`,
    contract: [
      "chat: router({ join: event.input(Type.String()).ack(Type.Boolean()).describe('Joins.'), left: event.output(Type.String()), }),",
    ],
    notes: [`channels: addresses without a leading slash, such as "chat:join", ${SLASHES}`],
  },
  {
    title: 'an event with several payloads, by the protocol',
    text: sections(`servers: { a: { host: h, protocol: socket.io } }
channels: { m: { address: m, messages: { a: { payload: { type: string } }, b: { payload: { type: number } } } } }
operations: { m: { action: send, channel: { $ref: '#/channels/m' } } }
`),
    contract: ['m: event.output(Type.Union([Type.String(), Type.Number()])),'],
    notes: [`channels: the address "m", ${ONE}`, 'servers.a: protocol socket.io becomes ws'],
  },
  {
    title: 'a namespace without a leading slash, by its messages',
    text: sections(`servers: { a: { host: h, protocol: ws } }
channels: { m: { address: m, messages: { a: { payload: { type: string } }, b: { payload: { type: number } } } } }
operations: { m: { action: send, channel: { $ref: '#/channels/m' } } }
`),
    contract: ["'/m': router({ a: event.output(Type.String()), b: event.output(Type.Number()), }),"],
  },
  {
    title: 'a message that no operation uses',
    text: three('{ type: string }').replace(
      'channels: {',
      'channels: { other: { address: /other, messages: { a: { payload: { type: string } } } },',
    ),
    contract: ["'/other': router({}),"],
    notes: ['channels.other: no operation uses it, and its messages are left out: a'],
  },
]

const ACK_KINDS: readonly Kind[] = (
  [
    ['a schema', '{ type: boolean }', '.ack(Type.Boolean())'],
    ['asynction’s arguments', '{ args: { type: boolean } }', '.ack(Type.Boolean())'],
    ['a schema inside', '{ schema: { type: boolean }, description: D }', '.ack(Type.Boolean())'],
    ['a message inside', '{ payload: { type: boolean } }', '.ack(Type.Boolean())'],
    ['true', 'true', '.ack()'],
    ['false', 'false', ''],
    ['null', 'null', ''],
    ['a reference', "{ $ref: '#/components/messages/A' }", '.ack(Type.Boolean())'],
    ['no specification', '{ description: Specification is not provided }', ''],
  ] as const
).map(([title, ack, code]) => ({
  title: `x-ack: ${title}`,
  text: two(
    `{ name: e, payload: { type: string }, x-ack: ${ack} }`,
    'components: { messages: { A: { payload: { type: boolean } } } }',
  ),
  contract: [`e: event.input(Type.String())${code},`],
  notes:
    title === 'no specification'
      ? ['e: the acknowledgement has no schema, so none is declared; add .ack(…) if there is one']
      : [],
}))

const SERVER_KINDS: readonly Kind[] = (
  [
    [
      'a host with a path',
      "{ host: 'localhost:3000/ws/socket.io', protocol: ws }",
      "{ a: { host: 'localhost:3000', pathname: '/ws/socket.io' } }",
      [],
    ],
    [
      'a host with a scheme',
      "{ host: 'wss://h.example.org', protocol: wss }",
      "{ a: { host: 'h.example.org', protocol: 'wss' } }",
      [],
    ],
    [
      'no address',
      '{ protocol: ws }',
      '',
      ['servers.a: is left out: options.servers.a.host: expected a string, got undefined'],
    ],
    [
      'another protocol',
      "{ host: h, protocol: mqtt, protocolVersion: '5' }",
      "{ a: { host: 'h' } }",
      ['servers.a: protocol mqtt becomes ws', 'servers.a: protocolVersion 5 is left out'],
    ],
    [
      'a security scheme inside',
      '{ host: h, protocol: ws, security: [{ type: http, scheme: bearer }] }',
      "{ a: { host: 'h', security: ['bearer'] } }, securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } }",
      [],
    ],
  ] as const
).map(([title, server, code, notes]) => ({
  title: `a server with ${title}`,
  text: three('{ type: string }', `servers: { a: ${server} }`),
  contract:
    code === ''
      ? ["export const docs: DocumentOptions = { info: { title: 'T', version: '1.0.0' } }"]
      : [`servers: ${code}`],
  notes,
}))

const AVRO = 'application/vnd.apache.avro;version=1.9.0'

const SCHEMA_KINDS: readonly Kind[] = [
  {
    title: 'a payload in Avro',
    text: three(`{ schemaFormat: '${AVRO}', schema: { type: record, name: U, fields: [] } }`),
    contract: ['e: event.input(Type.Unknown()),'],
    notes: [`e: the payload is written as ${AVRO}, not as JSON Schema`],
  },
  {
    title: 'a component and a property in a format',
    text: three(
      "{ type: object, properties: { a: { $ref: '#/components/schemas/A' }, b: { schemaFormat: application/raml+yaml;version=1.0, schema: 'type: string' } } }",
      schemas('A: { schemaFormat: application/schema+json;version=draft-07, schema: { type: string } }'),
    ),
    contract: ["const A = Type.String({ $id: 'A' })", 'a: Type.Optional(A), b: Type.Optional(Type.Unknown())'],
    notes: [
      'e input[0].b: is written as application/raml+yaml;version=1.0, not as JSON Schema, and becomes Type.Unknown()',
    ],
  },
  {
    title: 'an acknowledgement in a format',
    text: sections(`channels: { root: { address: /, messages: { e: { name: e, payload: { type: string } }, r: { payload: { schemaFormat: '${AVRO}', schema: string } } } } }
operations: { e: { action: receive, channel: { $ref: '#/channels/root' }, messages: [{ $ref: '#/channels/root/messages/e' }], reply: { messages: [{ $ref: '#/channels/root/messages/r' }] } } }
`),
    contract: ['e: event.input(Type.String()).ack(Type.Unknown()),'],
    notes: [`e ack: is written as ${AVRO}, not as JSON Schema, and becomes Type.Unknown()`],
  },
  {
    title: 'properties named as keywords',
    text: three(
      "{ $ref: '#/components/schemas/A' }",
      schemas(
        "A: { type: object, properties: { example: { $ref: '#/components/schemas/B' }, default: { $ref: '#/components/schemas/B' }, const: { $ref: '#/components/schemas/C' }, enum: { $ref: '#/components/schemas/C' } } }, B: { type: string }, C: { type: integer }",
      ),
    ),
    contract: ['example: Type.Optional(B), default: Type.Optional(B), const: Type.Optional(C), enum: Type.Optional(C)'],
  },
  ...(
    [
      ['keywords of numbers without a type', '{ minimum: 1 }', 'Type.Number({ minimum: 1 })', []],
      ['keywords of objects without a type', '{ required: [a] }', 'Type.Object({ a: Type.Unknown() })', []],
      [
        'a format without a type',
        '{ format: date }',
        'Type.Unknown()',
        ['e input[0]: the format "date" is left out, since there is no type'],
      ],
      [
        'an integer beyond 2^53',
        '{ type: integer, maximum: 9223372036854775807 }',
        'Type.Integer({ maximum: 9223372036854776000 })',
        [
          'channels.root.messages.e.payload.maximum: 9223372036854776000 is an integer beyond 2^53, which may have been rounded',
        ],
      ],
      [
        'a list with contains and schemas of its own',
        '{ type: object, properties: { a: { type: array, items: [{ type: string }], minItems: 1, additionalItems: false, contains: { type: string } } } }',
        'Type.Object({ a: Type.Optional(Type.Tuple([Type.String()])) })',
        ['e input[0].a: contains of a list with schemas of its own for its items is left out'],
      ],
      [
        'prefixItems',
        '{ type: object, properties: { a: { type: array, prefixItems: [{ type: string }], minItems: 1, items: false } } }',
        'Type.Object({ a: Type.Optional(Type.Tuple([Type.String()])) })',
        [],
      ],
      ['not', '{ not: { type: string } }', 'Type.Not(Type.String())', []],
      [
        'a condition with a reference',
        "{ if: { $ref: '#/x-a' }, then: { type: string } }",
        `Type.Unknown({ if: {}, then: { type: 'string' } })`,
        [
          'e input[0]: "if" is documented but not checked',
          'e input[0]: "then" is documented but not checked',
          'e input[0]: the reference to #/x-a is left out',
        ],
      ],
    ] as const
  ).map(([title, payload, code, notes]) => ({
    title,
    text: three(payload),
    contract: [`e: event.input(${code}),`],
    notes,
  })),
]

const WORD_KINDS: readonly Kind[] = [
  {
    title: 'a title of a message',
    text: three('{ type: string }').replace('name: e,', 'name: e, title: Something happens,'),
    contract: ["e: event.input(Type.String()).describe('Something happens'),"],
  },
  {
    title: 'a title beside a summary, a content type and headers',
    text: three('{ type: string }').replace(
      'name: e,',
      'name: e, title: More, summary: S, contentType: application/xml, headers: { type: object },',
    ),
    contract: ["e: event.input(Type.String()).describe('S'),"],
    notes: [
      'e: the title "More" is left out',
      'e: contentType "application/xml" is left out',
      '/: e: headers is left out',
    ],
  },
  {
    title: 'asynction’s handlers, with a list of arguments',
    text: two(
      '{ oneOf: [{ name: e, x-handler: a.b, payload: { type: array, prefixItems: [{ type: string }, { type: number }], minItems: 2, items: false } }] }',
    ),
    contract: ['e: event.input(Type.String(), Type.Number()),'],
  },
  {
    title: 'a oneOf without messages',
    text: two('{ oneOf: null }'),
    contract: ['export const api = router({})'],
  },
  {
    title: 'a payload that is null',
    text: two('{ name: e, payload: null }'),
    contract: ['e: event.input().rest(Type.Unknown()),'],
    notes: ['e input: the document does not describe its arguments, so it accepts any'],
  },
  {
    title: 'messages without names',
    text: sections(`channels: { root: { address: /, messages: { joined: { payload: { type: string } }, left: { payload: { type: number } } } } }
operations: { all: { action: send, channel: { $ref: '#/channels/root' } } }
`),
    contract: ['joined: event.output(Type.String()), left: event.output(Type.Number()),'],
  },
  {
    title: 'an operation with a security scheme inside',
    text: three('{ type: string }').replace(
      "'#/channels/root' }",
      "'#/channels/root' }, security: [{ type: userPassword }]",
    ),
    contract: [
      "e: event.input(Type.String()).describe({ security: ['userPassword'] }),",
      "securitySchemes: { userPassword: { type: 'userPassword' } }",
    ],
  },
]

/** Every kind. */
export const KINDS: readonly Kind[] = [
  ...YAML_KINDS,
  ...FILE_KINDS,
  ...CHANNEL_KINDS,
  ...ACK_KINDS,
  ...SERVER_KINDS,
  ...SCHEMA_KINDS,
  ...WORD_KINDS,
]
