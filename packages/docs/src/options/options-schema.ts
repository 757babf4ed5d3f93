import { type TSchema, Type } from '@sinclair/typebox'

/** Returns the schema of an object with these keys, extensions (`x-…`) and no others. */
const closed = (properties: Record<string, TSchema>, required: readonly string[] = []): TSchema =>
  Type.Object(
    Object.fromEntries(
      Object.entries(properties).map(([key, schema]) => [key, required.includes(key) ? schema : Type.Optional(schema)]),
    ),
    { additionalProperties: false },
  )

const text = Type.String()
const texts = Type.Array(text)
const byName = (schema: TSchema): TSchema => Type.Record(text, schema)
const externalDocs = closed({ url: text, description: text }, ['url'])
const tag = closed({ name: text, description: text, externalDocs }, ['name'])
const handshake = closed({ query: Type.Object({}), headers: Type.Object({}) })

const info = closed({
  title: text,
  version: text,
  description: text,
  termsOfService: text,
  contact: closed({ name: text, url: text, email: text }),
  license: closed({ name: text, url: text }, ['name']),
  tags: Type.Array(tag),
  externalDocs,
})

const server = closed(
  {
    host: text,
    protocol: text,
    pathname: text,
    transports: texts,
    title: text,
    description: text,
    variables: byName(closed({ enum: texts, default: text, description: text, examples: texts })),
    tags: Type.Array(Type.Union([text, tag], { description: 'a name or { name, description }' })),
    externalDocs,
    security: texts,
  },
  ['host'],
)

const scheme = (properties: Record<string, TSchema>, required: readonly string[]): TSchema =>
  closed({ type: text, description: text, ...properties }, required)

const flow = closed({ authorizationUrl: text, tokenUrl: text, refreshUrl: text, availableScopes: byName(text) }, [
  'availableScopes',
])
const oneOf = (...words: string[]): TSchema => Type.Union(words.map(word => Type.Literal(word)))
const other = scheme({}, [])

/** The schema of each type of security scheme. */
export const SCHEMES: Readonly<Record<string, TSchema>> = {
  http: scheme({ scheme: text, bearerFormat: text }, ['scheme']),
  httpApiKey: scheme({ in: oneOf('query', 'header', 'cookie'), name: text }, ['in', 'name']),
  apiKey: scheme({ in: oneOf('user', 'password') }, ['in']),
  oauth2: scheme(
    {
      flows: closed({ implicit: flow, password: flow, clientCredentials: flow, authorizationCode: flow }),
      scopes: texts,
    },
    ['flows'],
  ),
  openIdConnect: scheme({ openIdConnectUrl: text, scopes: texts }, ['openIdConnectUrl']),
  userPassword: other,
  X509: other,
  symmetricEncryption: other,
  asymmetricEncryption: other,
  plain: other,
  scramSha256: other,
  scramSha512: other,
  gssapi: other,
}

/** The description of a valid `allow`. */
export const ALLOW = 'a function that takes the request and returns a boolean or a promise of one'

const options: Record<string, TSchema> = {
  version: Type.Unknown(),
  perspective: Type.Unknown(),
  id: text,
  info,
  servers: byName(server),
  securitySchemes: byName(Type.Object({ type: oneOf(...Object.keys(SCHEMES)) })),
  handshake: byName(handshake),
  transform: Type.Function([], Type.Unknown()),
  format: oneOf('yaml', 'json'),
  path: text,
  console: Type.Union([Type.Boolean(), closed({ url: Type.Union([text, texts]), path: text })], {
    description: 'true, false or { url, path }',
  }),
}

/** The schema of the options of all functions. Further rules for strings are checked where they are used. */
export const OPTIONS: TSchema = closed(options)

/** The schema of a served page's options, the only page with access control. */
export const SERVE_OPTIONS: TSchema = closed({
  ...options,
  allow: Type.Function([], Type.Unknown(), { description: ALLOW }),
})
