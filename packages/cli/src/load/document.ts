import { readFile } from 'node:fs/promises'
import { LineCounter, parseDocument } from 'yaml'
import { isJson, type Json, textOf } from '@ackwire/docs/tooling'
import { messageOf, problem } from '../problem.js'
import { existing } from './contract.js'

/** Whether a file is a document rather than a contract, by its name. */
export const isDocumentFile = (file: string): boolean => /\.(ya?ml|json)$/i.test(file)

/** Whether a file is a contract, by its name. */
export const isContractFile = (file: string): boolean => /\.[cm]?[jt]sx?$/i.test(file)

/** Enough for documents that a tool wrote with an anchor per example. */
const MOST_ALIASES = 10_000

/** Reads YAML or JSON. @throws a problem that names the file and the line. */
export const readYaml = async (file: string): Promise<unknown> => {
  const path = existing(file)
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw problem(`${file}: can't be read: ${messageOf(error)}`)
  })
  const lineCounter = new LineCounter()
  const parsed = parseDocument(text, { lineCounter, prettyErrors: true })
  const [error] = parsed.errors
  if (error?.code === 'MULTIPLE_DOCS') {
    const { line } = lineCounter.linePos(error.pos[0])
    throw problem(`${file}:${line}: a second document begins here; expected one document in a file`)
  }
  if (error !== undefined) {
    const { line, col } = lineCounter.linePos(error.pos[0])
    throw problem(
      `${file}:${line}:${col}: not valid YAML or JSON: ${error.message.replace(/ at line \d+, column \d+/, '')}`,
    )
  }
  try {
    const content: unknown = parsed.toJS({ maxAliasCount: MOST_ALIASES })
    if (!isCyclic(content)) return content
  } catch (error) {
    throw problem(`${file}: not valid YAML: ${messageOf(error)}`)
  }
  throw problem(`${file}: an alias leads to what it stands in, so that the document has no end; write it with $ref`)
}

/** Whether a value contains itself. `known` are values that do not. */
const isCyclic = (value: unknown, around = new Set<unknown>(), known = new Set<unknown>()): boolean => {
  if (typeof value !== 'object' || value === null || known.has(value)) return false
  if (around.has(value)) return true
  around.add(value)
  const found = Object.values(value).some(part => isCyclic(part, around, known))
  around.delete(value)
  known.add(value)
  return found
}

/** Reads an AsyncAPI 2.x or 3.x document. @throws a problem for anything else. */
export const readDocument = async (file: string): Promise<Json> => {
  existing(file)
  if (isContractFile(file)) throw problem(`${file}: this is a contract; expected a document here, YAML or JSON`)
  const content = await readYaml(file)
  if (!isJson(content))
    throw problem(`${file}: not an AsyncAPI document; it is expected to begin with "asyncapi: 3.0.0"`)
  const version = textOf(content['asyncapi'])
  if (version !== undefined && /^[23]\.\d/.test(version)) return content
  const other = ['openapi', 'swagger'].find(key => key in content)
  throw problem(
    version !== undefined
      ? `${file}: AsyncAPI ${version} is not known here; 2.x and 3.x are`
      : other !== undefined
        ? `${file}: this is an OpenAPI document, which describes HTTP; expected an AsyncAPI document`
        : `${file}: not an AsyncAPI document; it is expected to begin with "asyncapi: 3.0.0"`,
  )
}
