import * as fc from 'fast-check'

type Json = Readonly<Record<string, unknown>>

/** A word that is in one place of a document only, so that it is found again or told of. */
export interface Marked {
  readonly content: Json
  /** The files of its folder. */
  readonly files: Readonly<Record<string, unknown>>
  readonly marks: readonly string[]
}

const some = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined })
const defined = (value: object): Json =>
  Object.fromEntries(Object.entries(value).filter(([, part]) => part !== undefined))

/** Replaces each `MARK` in a value by a word of its own. */
const marked = (value: unknown, words: string[]): unknown => {
  if (value === 'MARK') {
    const word = `mark${words.length}end`
    words.push(word)
    return word
  }
  if (Array.isArray(value)) return value.map(part => marked(part, words))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, marked(part, words)]))
}

const NAMES = ['a', 'example', 'default', 'const', 'enum', 'properties', 'b']
const TARGETS = ['A', 'B', 'C']

const { schema: schemas } = fc.letrec<{ schema: unknown }>(tie => ({
  schema: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc
      .record({ type: fc.constantFrom('string', 'integer', 'boolean'), description: some(fc.constant('MARK')) })
      .map(defined),
    fc.record({ type: fc.constant('string'), 'x-said': fc.constant('MARK') }),
    fc.constantFrom(
      { minimum: 1 },
      { type: 'integer', maximum: 2 ** 60 },
      { enum: ['a', 'b'] },
      { const: 'a' },
      { not: { type: 'string' } },
      true,
      {},
    ),
    fc.constantFrom(...TARGETS).map(name => ({ $ref: `#/components/schemas/${name}` })),
    fc.constantFrom('./one.json', 'two.yaml#/definitions/D').map($ref => ({ $ref })),
    fc
      .record({
        type: fc.constant('object'),
        properties: fc.dictionary(fc.constantFrom(...NAMES), tie('schema'), { maxKeys: 3, noNullPrototype: true }),
        required: some(fc.subarray(['a', 'b'], { minLength: 1 })),
        title: some(fc.constant('MARK')),
      })
      .map(defined),
    fc.record({ type: fc.constant('array'), items: tie('schema') }),
    fc.record({ anyOf: fc.array(tie('schema'), { minLength: 1, maxLength: 2 }) }),
    fc.record({ allOf: fc.array(tie('schema'), { minLength: 1, maxLength: 2 }) }),
    tie('schema').map(schema => ({ schemaFormat: 'application/schema+json;version=draft-07', schema })),
    fc.constant({ schemaFormat: 'application/vnd.apache.avro;version=1.9.0', schema: { type: 'string' } }),
  ),
}))

const messages = fc
  .record({
    title: some(fc.constant('MARK')),
    summary: some(fc.constant('MARK')),
    description: some(fc.constant('MARK')),
    tags: some(fc.constant([{ name: 'MARK' }])),
    externalDocs: some(fc.constant({ url: 'https://example.org', description: 'MARK' })),
    payload: some(schemas),
    'x-more': some(fc.constant('MARK')),
  })
  .map(defined)

const operations = fc.record({
  action: fc.constantFrom('receive', 'send'),
  message: messages,
  isFile: fc.boolean(),
  address: fc.constantFrom('/', '/chat', 'chat:join', 'left'),
  said: fc
    .record({
      summary: some(fc.constant('MARK')),
      title: some(fc.constant('MARK')),
      description: some(fc.constant('MARK')),
    })
    .map(defined),
  reply: some(schemas),
})

/** Generates documents of AsyncAPI 3 in the shapes that other people write, with words to look for. */
export const foreignDocuments: fc.Arbitrary<Marked> = fc
  .record({
    events: fc.array(operations, { minLength: 1, maxLength: 4 }),
    components: fc.tuple(schemas, schemas, schemas),
    file: schemas,
    protocol: fc.constantFrom('ws', 'wss', 'socketio', 'socket.io', 'mqtt'),
    host: fc.constantFrom('h.example.org', 'h.example.org/path', 'ws://h.example.org:80/'),
    security: fc.boolean(),
  })
  .map(({ events, components, file, protocol, host, security }) => {
    const words: string[] = []
    const files: Record<string, unknown> = {
      'one.json': { type: 'object', properties: { self: { $ref: '#' }, role: { $ref: 'two.yaml#/definitions/D' } } },
      'two.yaml': { definitions: { D: marked(plain(file), words) } },
    }
    const channels: Record<string, unknown> = {}
    const operations: Record<string, unknown> = {}
    for (const [index, { action, message, isFile, address, said, reply }] of events.entries()) {
      const name = `e${index}`
      const content = { name, ...Object(marked(message, words)) }
      if (isFile) files[`${name}.yaml`] = { messages: { [name]: moved(content) } }
      const $ref = `#/channels/${name}`
      channels[name] = {
        address: address.startsWith('/') ? address : `${address}${index}`,
        messages: {
          [name]: isFile ? { $ref: `./${name}.yaml#/messages/${name}` } : content,
          ...(reply === undefined ? {} : { reply: { payload: marked(reply, words) } }),
        },
      }
      operations[name] = {
        action,
        channel: { $ref },
        messages: [{ $ref: `${$ref}/messages/${name}` }],
        ...(reply === undefined ? {} : { reply: { messages: [{ $ref: `${$ref}/messages/reply` }] } }),
        ...Object(marked(said, words)),
      }
    }
    const content = {
      asyncapi: '3.0.0',
      info: { title: 'T', version: '1.0.0' },
      servers: {
        main: { host, protocol, ...(security ? { security: [{ type: 'http', scheme: 'bearer' }] } : {}) },
      },
      channels,
      operations,
      components: { schemas: Object.fromEntries(TARGETS.map((name, index) => [name, plain(components[index])])) },
    }
    return { content, files, marks: words }
  })

/** Returns a component without references and words: it may not be used. */
const plain = (schema: unknown): unknown =>
  JSON.parse(
    JSON.stringify({ allOf: [schema] })
      .replaceAll(/"\$ref":"[^"]*"/g, '"type":"string"')
      .replaceAll('"MARK"', '"word"'),
  )

/** Returns a message for another file, where references to components lead elsewhere. */
const moved = (message: unknown): unknown =>
  JSON.parse(JSON.stringify(message).replaceAll('"#/components/schemas/', '"a.json#/components/schemas/'))
