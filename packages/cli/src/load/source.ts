import { document } from '@ackwire/docs'
import { jsonOf, textOf, type Json } from '@ackwire/docs/tooling'
import { messageOf, problem, problemOf } from '../terminal/problem.js'
import { existing, loadModule, type Module, routerIn } from './contract.js'
import { isDocumentFile, readDocument } from './document.js'
import { documentOptions, type RenderFlags } from './options.js'

/** A document, and the files that it was created from. */
export interface Source {
  readonly content: Json
  readonly inputs: readonly string[]
}

/** Renders the document of a contract. @throws A problem that names the file. */
export const renderContract = async (file: string, flags: RenderFlags): Promise<Source> => {
  existing(file)
  if (isDocumentFile(file))
    throw problem(`${file}: this is a document; expected a contract here, a TypeScript or JavaScript file`)
  const module = await loadModule(file)
  const router = routerIn(module, file, flags.export)
  const options = await documentOptions(flags, module, file)
  try {
    return { content: jsonOf(document(router, options)), inputs: inputsOf(module, flags) }
  } catch (error) {
    throw problemOf(`${file}: `, messageOf(error))
  }
}

const inputsOf = ({ inputs }: Module, { options }: RenderFlags): readonly string[] =>
  options === undefined ? inputs : [...inputs, existing(options)]

/** Reads a document, or renders that of a contract. */
export const loadSource = async (file: string, flags: RenderFlags): Promise<Source> => {
  if (isDocumentFile(file)) {
    const { content, inputs } = await readDocument(file, flags)
    return { content, inputs: [existing(file), ...inputs] }
  }
  return renderContract(file, flags)
}

/** Returns the AsyncAPI version of a document. */
export const versionOf = (content: Json): string | undefined => textOf(content['asyncapi'])
