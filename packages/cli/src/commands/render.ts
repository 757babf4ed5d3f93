import { writeFile } from 'node:fs/promises'
import type { Format } from '@ackwire/docs'
import { write, type Json, readApi } from '@ackwire/docs/tooling'
import { shown } from '../load/contract.js'
import type { RenderFlags } from '../load/options.js'
import { renderContract } from '../load/source.js'
import { messageOf, problemOf } from '../terminal/problem.js'
import type { Terminal } from '../terminal/terminal.js'

export interface RenderCommand extends RenderFlags {
  readonly out?: string
  readonly format?: Format
}

/** Writes the document of a contract to a file or to the standard output. */
export const render = async (
  file: string,
  { out, format, ...flags }: RenderCommand,
  terminal: Terminal,
): Promise<number> => {
  const { content } = await renderContract(file, flags)
  const text = write(content, format ?? formatOf(out))
  if (out === undefined) {
    terminal.print(text)
    return 0
  }
  await save(out, text)
  terminal.tell(`${shown(out)}: ${countsOf(content)}`)
  return 0
}

/** Returns the format that a file's extension implies. */
export const formatOf = (file: string | undefined): Format =>
  file?.toLowerCase().endsWith('.json') === true ? 'json' : 'yaml'

/** Writes a file. @throws A problem that names the file. */
export const save = async (file: string, text: string): Promise<void> => {
  await writeFile(file, text).catch((error: unknown) => {
    throw problemOf(`${file}: can't be written: `, messageOf(error))
  })
}

const countsOf = (content: Json): string => {
  const { namespaces } = readApi(content)
  const events = namespaces.reduce((sum, namespace) => sum + namespace.events.length, 0)
  return `${counted(events, 'event')} in ${counted(namespaces.length, 'namespace')}`
}

const counted = (count: number, word: string): string => `${count} ${word}${count === 1 ? '' : 's'}`
