// The mutations of the packages' sources: those that Stryker makes, each as a change of the source's text.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Instrumenter } from '@stryker-mutator/instrumenter'
import { portable } from '../test/files.mjs'
import { published, root } from '../workspace.mjs'

/**
 * A change of one place: `mutated` is the whole source after it. `line` and `column` count from 1, and
 * `text` is the line, trimmed.
 * @typedef {{ file: string, line: number, column: number, text: string, kind: string, original: string, replacement: string, mutated: string }} Mutation
 */

/**
 * A mutation that no test can tell from the original. `line` is the text of the line that it begins on.
 * @typedef {{ file: string, line: string, original: string, replacement: string, reason: string }} Equivalent
 */

const nothing = () => {}
const never = () => false
/** Stryker's progress isn't shown. */
const logger = {
  isTraceEnabled: never,
  isDebugEnabled: never,
  isInfoEnabled: never,
  isWarnEnabled: never,
  isErrorEnabled: never,
  isFatalEnabled: never,
  trace: nothing,
  debug: nothing,
  info: nothing,
  warn: nothing,
  error: nothing,
  fatal: nothing,
}

/** Returns the sources of the published packages, from the root, whose path contains the part. @param {string} part */
export function sourcesNamed(part) {
  return published
    .map(folder => join(folder, 'src'))
    .filter(folder => existsSync(join(root, folder)))
    .flatMap(folder => readdirSync(join(root, folder), { recursive: true }).map(name => join(folder, String(name))))
    .map(portable)
    .filter(file => /\.tsx?$/.test(file) && file.includes(part))
    .toSorted()
}

/** Resolves to every mutation of the sources, in their order. @param {readonly string[]} files @returns {Promise<Mutation[]>} */
export async function mutationsOf(files) {
  const texts = new Map(files.map(file => [file, readFileSync(join(root, file), 'utf8')]))
  const { mutants } = await new Instrumenter(logger).instrument(
    [...texts].map(([name, content]) => ({ name, content, mutate: true })),
    { plugins: null, excludedMutations: [], ignorers: [] },
  )
  return mutants.map(({ fileName, location: { start, end }, mutatorName, replacement = '' }) => {
    const text = texts.get(fileName) ?? ''
    const [from, to] = [start, end].map(({ line, column }) => offsetOf(text, line, column))
    const [before, original, after] = [text.slice(0, from), text.slice(from, to), text.slice(to)]
    return {
      file: fileName,
      line: start.line + 1,
      column: start.column + 1,
      text: (text.split('\n')[start.line] ?? '').trim(),
      kind: mutatorName,
      original,
      replacement,
      mutated: `${before}${inPlace(mutatorName, replacement, before)}${after}`,
    }
  })
}

/** @param {string} text @param {number} line @param {number} column Both count from 0. */
function offsetOf(text, line, column) {
  let at = 0
  for (let passed = 0; passed < line; passed++) at = text.indexOf('\n', at) + 1
  return at + column
}

/**
 * Returns the text to insert. `||` in the place of `&&` needs parentheses inside an expression; at the start of a statement they would
 * make a call of the line before.
 * @param {string} kind @param {string} replacement @param {string} before
 */
const inPlace = (kind, replacement, before) =>
  kind === 'LogicalOperator' && /([=([{,&|?:!>]|\breturn)\s*$/.test(before) ? `(${replacement})` : replacement

/** Returns the mutants that no test can tell from the original, each with the reason. @returns {readonly Equivalent[]} */
export const equivalents = () => JSON.parse(readFileSync(join(root, 'scripts/mutants/equivalent.json'), 'utf8'))

/** Tells whether an entry of the list is this mutation. @param {Mutation} mutation @param {Equivalent} entry */
export const isSame = (mutation, entry) =>
  mutation.file === entry.file &&
  mutation.text === entry.line &&
  mutation.original === entry.original &&
  mutation.replacement === entry.replacement
