import { createTwoFilesPatch } from 'diff'
import { isJson, isSame, jsonOf, printableLine, write, type Json } from '@ackwire/docs/tooling'
import { bounded } from '../load/bounded.js'
import { isContractFile } from '../load/contract.js'
import { isDocumentFile, readDocument } from '../load/document.js'
import type { RenderFlags } from '../load/options.js'
import { renderContract, versionOf } from '../load/source.js'
import { problem } from '../terminal/problem.js'
import type { Terminal } from '../terminal/terminal.js'
import { formatOf } from './render.js'

/** Compares a committed document with what the contract renders, and shows the difference. */
export const check = async (
  file: string,
  committed: string,
  flags: RenderFlags,
  terminal: Terminal,
): Promise<number> => {
  if (isDocumentFile(file) && isContractFile(committed)) {
    throw problem(
      `${committed}: this is a contract, and ${file} a document; the order is ackwire check ${committed} ${file}`,
    )
  }
  const before = await readDocument(committed)
  const { content } = await renderContract(file, { asyncapi: writable(before), ...flags })
  if (bounded(committed, () => isSame(before, content))) {
    terminal.tell(`${committed} is what ${file} renders`)
    return 0
  }
  // Both written by the same hand, so that a formatter's taste does not show.
  const patch = bounded(committed, () => {
    const old = write(before, formatOf(committed))
    const now = write(jsonOf(inOrderOf(before, content)), formatOf(committed))
    const names = [printableLine(committed), printableLine(file)] as const
    return createTwoFilesPatch(...names, old, now, 'committed', 'rendered', { timeout: MOST_MS })
  })
  if (patch === undefined) terminal.tell('The difference is too large to be shown')
  else terminal.print(coloured(patch, terminal))
  terminal.tell(`${committed} is not what ${file} renders; write it anew: ackwire render ${file} -o ${committed}`)
  return 1
}

/** How long a difference is looked for that is as short as can be, in milliseconds. */
const MOST_MS = 10_000

/** The version to render: the committed one where it can be written, the newest of its kind where not. */
const writable = (before: Json): string => {
  const version = versionOf(before) ?? ''
  return version.startsWith('2') ? '2.6.0' : version.startsWith('3.0') ? '3.0.0' : '3.1.0'
}

/** The same value, its keys in the order of another where that has them, so that only what differs is shown. */
const inOrderOf = (model: unknown, value: unknown): unknown => {
  if (Array.isArray(model) && Array.isArray(value)) return value.map((part, index) => inOrderOf(model[index], part))
  if (!isJson(model) || !isJson(value)) return value
  const keys = [...Object.keys(model).filter(key => Object.hasOwn(value, key)), ...Object.keys(value)]
  return Object.fromEntries([...new Set(keys)].map(key => [key, inOrderOf(model[key], value[key])]))
}

/** The lines of a patch that name the files. */
const HEAD_LINES = 2

const coloured = (patch: string, { colors }: Terminal): string =>
  patch
    .split('\n')
    .slice(1)
    // The names in the head have been made so, and its tabs are the format's.
    .map((line, index) => (index < HEAD_LINES ? line : printableLine(line)))
    .map(line => {
      if (line.startsWith('+')) return colors.green(line)
      if (line.startsWith('-')) return colors.red(line)
      return line.startsWith('@@') ? colors.cyan(line) : line
    })
    .join('\n')
