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

/** Compares a committed document with the rendering of the contract, and prints the difference. */
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
  const { content: before } = await readDocument(committed)
  const { content } = await renderContract(file, { asyncapi: writable(before), ...flags })
  if (bounded(committed, () => isSame(before, content))) {
    terminal.tell(`${committed} matches ${file}`)
    return 0
  }
  // Both are formatted here, so that differences of formatting don't show.
  const patch = bounded(committed, () => {
    const old = write(before, formatOf(committed))
    const now = write(jsonOf(inOrderOf(before, content)), formatOf(committed))
    const names = [printableLine(committed), printableLine(file)] as const
    return createTwoFilesPatch(...names, old, now, 'committed', 'rendered', { timeout: MOST_MS })
  })
  if (patch === undefined) terminal.tell('The difference is too large to show')
  else terminal.print(coloured(patch, terminal))
  terminal.tell(`${committed} does not match ${file}; update it: ackwire render ${file} -o ${committed}`)
  return 1
}

/** The time limit for finding a minimal difference, in milliseconds. */
const MOST_MS = 10_000

/**
 * Returns the AsyncAPI version to render: that of the committed document if it is supported, otherwise the newest of the same
 * major version.
 */
const writable = (before: Json): string => {
  const version = versionOf(before) ?? ''
  return version.startsWith('2') ? '2.6.0' : version.startsWith('3.0') ? '3.0.0' : '3.1.0'
}

/** Returns a value with its keys in the order of a model, so that the difference shows changes only. */
const inOrderOf = (model: unknown, value: unknown): unknown => {
  if (Array.isArray(model) && Array.isArray(value)) return value.map((part, index) => inOrderOf(model[index], part))
  if (!isJson(model) || !isJson(value)) return value
  const keys = [...Object.keys(model).filter(key => Object.hasOwn(value, key)), ...Object.keys(value)]
  return Object.fromEntries([...new Set(keys)].map(key => [key, inOrderOf(model[key], value[key])]))
}

/** The number of lines in a patch's header, which name the files. */
const HEAD_LINES = 2

const coloured = (patch: string, { colors }: Terminal): string =>
  patch
    .split('\n')
    .slice(1)
    // The header is printable already, and its tabs belong to the format.
    .map((line, index) => (index < HEAD_LINES ? line : printableLine(line)))
    .map(line => {
      if (line.startsWith('+')) return colors.green(line)
      if (line.startsWith('-')) return colors.red(line)
      return line.startsWith('@@') ? colors.cyan(line) : line
    })
    .join('\n')
