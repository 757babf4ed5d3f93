import type { Api, ApiNamespace } from '../parse/model.js'
import type { Json } from '../parse/json.js'
import { parameterSchema } from '../parse/parameter.js'
import { pascal } from '../asyncapi/identifiers.js'
import { printableLine } from '../untrusted/printable.js'
import { isOurs } from '../parse/namespace.js'
import { sectionIn } from '../parse/reference.js'
import { type Code, comment, literal, object } from './code.js'
import { clustersOf } from './component.js'
import { createWriter, definitionsOf, type Found } from './definition.js'
import { whyNoNamespace } from './known.js'
import { formatLoop } from './format-loop.js'
import { namespaceCode } from './namespace.js'
import type { Writer } from './place.js'
import { roundedIn } from './rounded.js'
import { settingsOf } from './settings.js'

/** The source of a contract, and notes on the parts of the document that it lacks. */
export interface Contract {
  /** The TypeScript source. */
  readonly text: string
  /** The notes, each of which is one line without invisible characters. */
  readonly notes: readonly string[]
}

/** The names that are reserved or used in every contract. */
const TAKEN: ReadonlySet<string> = new Set([
  'Type',
  'FormatRegistry',
  'This',
  'DocumentOptions',
  'RegExp',
  'Object',
  'Array',
  'String',
  'Number',
  'Boolean',
  'Symbol',
  'Error',
  'Date',
  'Map',
  'Set',
])

/** Creates the contract that a document describes. `from` is the origin named in the file. */
export const contractOf = (api: Api, from = 'an AsyncAPI document'): Contract => {
  const found: Found = { notes: [...api.notes, ...api.remarks], formats: new Set() }
  const { document, namespaces } = api
  const clusters = clustersOf(document, namespaces.flatMap(schemasOf), TAKEN)
  const writer = createWriter(document, clusters, found)
  const definitions = clusters.flatMap(cluster => definitionsOf(cluster, writer))
  const root = namespaces.find(({ name }) => name === '/')
  const others = namespaces.filter(namespace => namespace !== root && isPossible(namespace, found))
  const inner = others.map(namespace => [namespace.name, namespaceCode(namespace, document, writer)] as const)
  const start = 'export const api = '
  const contract = start + namespaceCode(root ?? EMPTY, document, writer, inner).print('', start.length)
  const settings = settingsOf(api, root, text => void found.notes.push(text))
  const head = 'export const docs: DocumentOptions = '
  noteUnused(api, new Set(clusters.flatMap(({ members }) => members.map(({ pointer }) => pointer))), found)
  if (!api.isOurs) found.notes.push(...roundedIn(document))
  const notes = [...new Set(found.notes)].map(printableLine)
  const sections = [
    headerOf(from, notes),
    importsOf(found),
    ...usedOf(definitions, contract),
    contract,
    `/** The rest of the document, which \`ackwire\` reads here. */\n${head}${settingsCode(settings, namespaces, writer).print('', head.length)}`,
  ]
  return { text: `${sections.filter(section => section !== '').join('\n\n')}\n`, notes }
}

/** Returns the constants without those of a module that nothing behind them uses, since only its members may use each other. */
const usedOf = (definitions: readonly string[], contract: string): readonly string[] => {
  const words = new Set<string>()
  const add = (text: string): void => {
    for (const [word] of text.matchAll(/\w+/g)) words.add(word)
  }
  add(contract)
  return definitions
    .toReversed()
    .filter(text => {
      const [, name] = /^const (\w+) = \w+\.Import\(/.exec(text) ?? []
      const isUsed = name === undefined || words.has(name)
      if (isUsed) add(text)
      return isUsed
    })
    .toReversed()
}

/** Creates the options object, in which handshakes are TypeBox schemas. */
const settingsCode = (settings: Json, namespaces: readonly ApiNamespace[], writer: Writer): Code => {
  const handshakes = namespaces.flatMap(({ name, query, headers }) => {
    const prefix = name === '/' ? '' : pascal(name)
    const parts = Object.entries({ query, headers }).filter(([, schema]) => schema !== undefined)
    const written = parts.map(([key, schema]) => {
      const place = { path: `${name} ${key}`, titles: [`${prefix}Handshake${pascal(key)}`], within: new Map() }
      return [key, writer.write(schema, place)] as const
    })
    return written.length === 0 ? [] : [[name, object(written)] as const]
  })
  const entries = Object.entries(settings).map(([key, value]) => [key, literal(value)] as const)
  return object([...entries, ...(handshakes.length === 0 ? [] : [['handshake', object(handshakes)] as const])])
}

/** The root namespace of a document without one. */
export const EMPTY: ApiNamespace = {
  name: '/',
  description: undefined,
  tags: [],
  externalDocs: undefined,
  auth: undefined,
  errors: new Map(),
  query: undefined,
  headers: undefined,
  parameters: new Map(),
  limit: undefined,
  groupLimits: {},
  events: [],
  other: {},
}

const schemasOf = ({ auth, errors, query, headers, parameters, events }: ApiNamespace): readonly unknown[] => [
  ...events.flatMap(({ args, ack, stream, errors, errorFirst }) => [
    ...(args?.items ?? []),
    args?.rest,
    ack?.schema,
    stream?.item,
    errorFirst?.schema,
    ...errors.values(),
  ]),
  auth,
  ...errors.values(),
  query,
  headers,
  ...[...parameters.values()].map(parameterSchema),
]

const isPossible = ({ name }: ApiNamespace, found: Found): boolean => {
  const problem = whyNoNamespace(name)
  if (problem !== undefined) found.notes.push(`${name}: the namespace is left out: ${problem}`)
  return problem === undefined
}

/** The keys of a document that are read, or that are the same in every document. */
const ROOT: ReadonlySet<string> = new Set([
  'asyncapi',
  'id',
  'info',
  'channels',
  'operations',
  'components',
  'servers',
  'defaultContentType',
  'tags',
  'externalDocs',
])

const noteUnused = ({ document }: Api, used: ReadonlySet<string>, found: Found): void => {
  const left = Object.keys(document).filter(key => !ROOT.has(key) && !key.startsWith('x-'))
  for (const key of left) found.notes.push(`${key}: is left out`)
  // Our own documents contain standard schemas that no event of the contract uses.
  if (isOurs(document)) return
  const schemas = Object.keys(sectionIn(document, sectionIn(document, document, 'components'), 'schemas'))
  const unused = schemas.filter(key => !used.has(`#/components/schemas/${key}`))
  if (unused.length > 0) found.notes.push(`components.schemas: no event uses ${unused.join(', ')}; left out`)
}

const headerOf = (from: string, notes: readonly string[]): string => {
  const lines = [`Made by \`ackwire import\` from ${from}. From now on the contract is the source of truth.`]
  if (notes.length > 0) lines.push('', 'Changed or left out:', ...notes.map(note => `- ${note}`))
  return lines.map(comment).join('\n')
}

const importsOf = ({ formats }: Found): string => {
  const names = [...formats].map(format => literal(format).flat).join(', ')
  const registration = `\n\n// Formats that are not registered: give each its own check.\n${formatLoop(`[${names}]`)}`
  return [
    "import { event, router } from '@ackwire/core'",
    "import type { DocumentOptions } from '@ackwire/docs'",
    `import { ${formats.size === 0 ? '' : 'FormatRegistry, '}Type } from '@sinclair/typebox'`,
  ]
    .join('\n')
    .concat(formats.size === 0 ? '' : registration)
}
