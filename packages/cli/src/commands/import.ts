import { existsSync } from 'node:fs'
import { basename } from 'node:path'
import { contractOf, readApi, type ReadOptions } from '@ackwire/docs/tooling'
import { bounded } from '../load/bounded.js'
import { readDocument, type ReferenceFlags } from '../load/document.js'
import { problemsOf } from '../load/imported.js'
import { versionOf } from '../load/source.js'
import { problem } from '../terminal/problem.js'
import type { Terminal } from '../terminal/terminal.js'
import { save } from './render.js'

export interface ImportCommand extends ReferenceFlags, ReadOptions {
  readonly out?: string
  readonly force?: boolean
}

/** Writes the contract that a document describes, and reports the parts that were not carried over. */
export const importDocument = async (
  file: string,
  { out, force, channels, root }: ImportCommand,
  terminal: Terminal,
): Promise<number> => {
  const { content } = await readDocument(file, root === undefined ? {} : { root })
  if (out !== undefined && existsSync(out) && force !== true) {
    throw problem(`${out}: exists already; choose another name, or overwrite it with --force`)
  }
  const { api, contract } = bounded(file, () => {
    const read = readApi(content, channels === undefined ? {} : { channels })
    return { api: read, contract: contractOf(read, `${basename(file)} (AsyncAPI ${versionOf(content)})`) }
  })
  const { text, notes } = contract
  if (out === undefined) terminal.print(text)
  else await save(out, text)
  if (notes.length > 0) terminal.tell(`${file}: changed or left out:`, ...notes.map(note => `  - ${note}`))
  if (out !== undefined) terminal.tell(`${out}: written`)
  const problems = await problemsOf(contract, api)
  if (problems.length === 0) return 0
  throw problem(
    `${out ?? 'the contract'}: can't be loaded; correct it or the document:`,
    ...problems.map(each => `  - ${each}`),
  )
}
