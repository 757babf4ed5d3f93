import { type AnyOptions, isJson, jsonOf } from '@ackwire/docs/tooling'
import { problem } from '../terminal/problem.js'
import { loadModule, type Module } from './contract.js'
import { isDocumentFile, readYaml, type ReferenceFlags } from './document.js'

/** The flags of all commands that render a contract. */
export interface RenderFlags extends ReferenceFlags {
  readonly export?: string
  readonly options?: string
  readonly title?: string
  readonly apiVersion?: string
  readonly description?: string
  readonly asyncapi?: string
  readonly perspective?: string
}

/** Returns the options of a rendering: the module's export `docs` or those of a file, overridden by flags. */
export const documentOptions = async (flags: RenderFlags, contract: Module, file: string): Promise<AnyOptions> => {
  const given = flags.options === undefined ? exported(contract, file) : await fromFile(flags.options)
  const { title, apiVersion: version, description } = flags
  const info = Object.entries({ title, version, description }).filter(([, value]) => value !== undefined)
  const options: unknown = {
    ...given,
    ...(flags.asyncapi === undefined ? {} : { version: flags.asyncapi }),
    ...(flags.perspective === undefined ? {} : { perspective: flags.perspective }),
    ...(info.length === 0 ? {} : { info: { ...given.info, ...Object.fromEntries(info) } }),
  }
  return isOptions(options) ? options : given
}

const exported = ({ exports }: Module, file: string): AnyOptions => {
  const { docs = {} } = exports
  if (isOptions(docs)) return docs
  throw problem(
    `${file}: the export "docs" is expected to be the document's options, an object such as { info: { title } }`,
  )
}

const fromFile = async (file: string): Promise<AnyOptions> => {
  const content = isDocumentFile(file) ? await readYaml(file) : optionsIn(jsonOf((await loadModule(file)).exports))
  if (isOptions(content)) return content
  throw problem(
    `${file}: no options found; export them as "docs" or by default, as an object such as { info: { title } }`,
  )
}

const optionsIn = (exports: Readonly<Record<string, unknown>>): unknown => exports['docs'] ?? exports['default']

// The document checks each option, with its path.
const isOptions = (value: unknown): value is AnyOptions => isJson(value)
