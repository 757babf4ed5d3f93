import { readFile } from 'node:fs/promises'
import { type Document, LineCounter, parseDocument } from 'yaml'
import { isJson, textOf } from '@ackwire/docs/tooling'
import { messageOf, problem, problemOf } from '../terminal/problem.js'
import { prepareAliases } from './aliases.js'
import { bounded, isTooDeep, tooDeep } from './bounded.js'
import { existing, isContractFile, shown } from './contract.js'
import { duplicateKeyIn } from './duplicate-key.js'
import { extentOf } from './extent.js'
import { applyMergeKeys, hasMergeKeys } from './merge-keys.js'
import { readPlainYaml } from './plain-yaml.js'
import { hasNumberForText, restoreTexts } from './texts.js'
import { type Bundled, bundleReferences } from './references.js'

/** Returns true if a file's extension is that of a document. */
export const isDocumentFile = (file: string): boolean => /\.(ya?ml|json)$/i.test(file)

/**
 * The maximum ratio of a document's size with its aliases expanded to the size of its source, above a minimum that is always
 * allowed.
 */
const MOST_TIMES = 10
const MOST_CHARACTERS = 1_000_000

/** The maximum nesting depth of objects and lists. */
const MOST_LEVELS = 200

/** Restricts YAML to JSON values for every directive and tag: no date, set or binary value, which nothing here supports. */
const JSON_VALUES = { schema: 'core', resolveKnownTags: false } as const

/** Reads YAML or JSON, and applies merge keys. @throws A problem that names the file and the line. */
export const readYaml = async (file: string): Promise<unknown> => {
  const path = existing(file)
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw problemOf(`${file}: can't be read: `, messageOf(error))
  })
  const content = contentOf(file, text)
  if (hasMergeKeys(text)) bounded(file, () => applyMergeKeys(content))
  return content
}

const contentOf = (file: string, text: string): unknown => {
  const plain = bounded(file, () => readPlainYaml(text))
  if (plain !== undefined && !hasNumberForText(plain)) return plain
  const lineCounter = new LineCounter()
  // Its warnings would go to the standard error by Node, as they are.
  const options = { lineCounter, prettyErrors: true, logLevel: 'error', uniqueKeys: false, ...JSON_VALUES } as const
  const parsed = bounded(file, () => parseDocument(text, options))
  const [error] = parsed.errors
  if (error !== undefined && isTooDeep(error.message)) throw tooDeep(file)
  if (error?.code === 'MULTIPLE_DOCS') {
    const { line } = lineCounter.linePos(error.pos[0])
    throw problem(`${file}:${line}: a second document begins here; expected one document in a file`)
  }
  if (error !== undefined) {
    const { line, col } = lineCounter.linePos(error.pos[0])
    const said = error.message.replace(/ at line \d+, column \d+/, '')
    throw problemOf(`${file}:${line}:${col}: not valid YAML or JSON: `, said)
  }
  const twice = bounded(file, () => duplicateKeyIn(parsed))
  if (twice !== undefined) {
    const { line, col } = lineCounter.linePos(twice.offset)
    throw problem(
      `${file}:${line}:${col}: the key ${JSON.stringify(twice.name)} is in its object twice; expected it once`,
    )
  }
  return valueOf(file, text, parsed)
}

const valueOf = (file: string, text: string, parsed: Document.Parsed): unknown => {
  const content = bounded(file, (): unknown => {
    try {
      prepareAliases(parsed)
      restoreTexts(parsed)
      // The expansion is measured below; the number of aliases says little about it.
      return parsed.toJS({ maxAliasCount: -1 })
    } catch (error) {
      if (error instanceof RangeError) throw error
      throw problemOf(`${file}: not valid YAML: `, messageOf(error))
    }
  })
  const { depth, size } = bounded(file, () => extentOf(content))
  if (depth === Number.POSITIVE_INFINITY)
    throw problem(
      `${file}: an alias refers to an object that contains it, so that the document has no end; use $ref instead`,
    )
  if (depth > MOST_LEVELS)
    throw problem(
      `${file}: nests ${depth} levels deep; expected at most ${MOST_LEVELS}: give its parts names, and use $ref`,
    )
  if (size > text.length * MOST_TIMES + MOST_CHARACTERS)
    throw problem(
      `${file}: its aliases expand it to ${Math.round(size / text.length)} times its size; use $ref instead`,
    )
  return content
}

/** Matches a complete version of AsyncAPI 2 or 3 and nothing after it, since the version is written into the contract. */
const VERSION = /^[23]\.\d{1,4}(?:\.\d{1,4})?(?:-[\w.-]{1,40})?$/

/** The folder whose files a document may refer to. */
export interface ReferenceFlags {
  readonly root?: string
}

/** Reads an AsyncAPI 2.x or 3.x document and the files that it refers to. @throws A problem for any other file. */
export const readDocument = async (file: string, { root }: ReferenceFlags = {}): Promise<Bundled> => {
  const path = existing(file)
  if (isContractFile(file)) throw problem(`${file}: this is a contract; expected a document here, YAML or JSON`)
  const content = await readYaml(file)
  if (!isJson(content))
    throw problem(`${file}: not an AsyncAPI document; it is expected to begin with "asyncapi: 3.0.0"`)
  const version = textOf(content['asyncapi'])
  if (version !== undefined && VERSION.test(version)) {
    return bundleReferences(
      path,
      content,
      inner => readYaml(shown(inner)),
      root === undefined ? undefined : existing(root),
    )
  }
  const other = ['openapi', 'swagger'].find(key => key in content)
  throw problem(
    version !== undefined
      ? `${file}: AsyncAPI ${version.slice(0, 40)} is not supported; expected 2.x or 3.x`
      : other !== undefined
        ? `${file}: this is an OpenAPI document, which describes HTTP; expected an AsyncAPI document`
        : `${file}: not an AsyncAPI document; it is expected to begin with "asyncapi: 3.0.0"`,
  )
}
