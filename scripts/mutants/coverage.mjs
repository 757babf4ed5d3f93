// Which places of the sources a test file runs, as V8 counts them, and how long it takes.
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { SourceMap } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { portable } from '../test/files.mjs'
import { transpile } from '../typescript/transpile.mjs'
import { root } from '../workspace.mjs'

/**
 * `ran` holds for each source, from the root, the ranges of its JavaScript that were run: start, end, start, end and so on.
 * @typedef {{ isGood: boolean, ms: number, ran: Record<string, number[]> }} Coverage
 */

/** @typedef {{ url: string, functions: { ranges: { startOffset: number, endOffset: number, count: number }[] }[] }} Script */

/** @typedef {(test: string, settings: { coverage: string }) => Promise<{ isGood: boolean, ms: number }>} Run */

const kept = join(root, 'node_modules/.cache/ackwire-mutants')

/**
 * Resolves to the coverage of a test file, which is kept by what it depends on.
 * @param {string} test @param {readonly string[]} dependsOn @param {string} copy the workspace that it runs in @param {Run} run
 * @returns {Promise<Coverage>}
 */
export async function coverageOf(test, dependsOn, copy, run) {
  const hash = createHash('sha256').update(`${process.version} ${test}`)
  for (const file of dependsOn) hash.update(`\0${file}\0`).update(readFileSync(join(copy, file)))
  const place = join(kept, `${hash.digest('hex')}.json`)
  if (existsSync(place)) return JSON.parse(readFileSync(place, 'utf8'))
  const folder = mkdtempSync(join(tmpdir(), 'ackwire-coverage-'))
  try {
    const { isGood, ms } = await run(test, { coverage: folder })
    const coverage = { isGood, ms: Math.ceil(ms), ran: ranIn(folder, copy) }
    if (isGood) {
      mkdirSync(dirname(place), { recursive: true })
      writeFileSync(place, JSON.stringify(coverage))
    }
    return coverage
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Returns what the processes ran together. @param {string} folder of what V8 wrote @param {string} copy */
function ranIn(folder, copy) {
  /** @type {Map<string, Uint8Array>} */
  const counted = new Map()
  for (const name of readdirSync(folder)) {
    /** @type {{ result: Script[] }} */
    const { result } = JSON.parse(readFileSync(join(folder, name), 'utf8'))
    for (const { url, functions } of result) {
      const file = url.startsWith('file:') ? portable(relative(copy, fileURLToPath(url))) : ''
      if (!/^packages\/\w+\/src\/.+\.tsx?$/.test(file)) continue
      const ranges = functions.flatMap(each => each.ranges)
      const length = Math.max(...ranges.map(({ endOffset }) => endOffset))
      const own = new Uint8Array(length)
      // An inner range counts for itself.
      for (const { startOffset, endOffset, count } of ranges.toSorted(
        (one, other) => one.startOffset - other.startOffset || other.endOffset - one.endOffset,
      ))
        own.fill(count > 0 ? 1 : 0, startOffset, endOffset)
      const all = counted.get(file)
      counted.set(file, all === undefined ? own : own.map((value, at) => value | (all[at] ?? 0)))
    }
  }
  return Object.fromEntries([...counted].map(([file, ran]) => [file, rangesOf(ran)]))
}

/** @param {Uint8Array} ran */
function rangesOf(ran) {
  /** @type {number[]} */
  const ranges = []
  ran.forEach((value, at) => {
    if (value !== (ran[at - 1] ?? 0)) ranges.push(at)
  })
  return ranges.length % 2 === 0 ? ranges : [...ranges, ran.length]
}

/** The places of a source's JavaScript, each with that of the source. @type {Map<string, { at: number, line: number, column: number }[]>} */
const placesOf = new Map()

/** @param {string} file */
function placesIn(file) {
  const known = placesOf.get(file)
  if (known !== undefined) return known
  // The path is part of what the transpiler writes, but not of its places.
  const code = transpile(join(root, file), readFileSync(join(root, file), 'utf8'))
  const map = new SourceMap(JSON.parse(Buffer.from(code.replace(/^[^]*base64,/, ''), 'base64').toString()))
  const found = []
  let start = 0
  for (const [index, text] of code.split('\n').entries()) {
    for (const { index: column } of text.matchAll(/[\w$]+|[^\s\w$]/g)) {
      const entry = map.findEntry(index, column)
      if ('originalLine' in entry)
        found.push({ at: start + column, line: entry.originalLine + 1, column: entry.originalColumn + 1 })
    }
    start += text.length + 1
  }
  placesOf.set(file, found)
  return found
}

/**
 * Returns the function that tells whether a test file runs the place of a mutation.
 * @param {import('./mutations.mjs').Mutation} mutation
 */
export function runnerOf({ file, line, column, original }) {
  const lines = original.split('\n')
  const end = { line: line + lines.length - 1, column: (lines.length === 1 ? column : 1) + (lines.at(-1) ?? '').length }
  const places = placesIn(file)
  const before = places.filter(place => isBefore(place, { line, column }))
  const within = places.filter(place => !isBefore(place, { line, column }) && isBefore(place, end))
  // Of what has no place of its own, the last one before it speaks.
  const last = before.reduce((one, other) => (isBefore(one, other) ? other : one), { at: 0, line: 1, column: 1 })
  const offsets = (within.length > 0 ? within : [last]).map(({ at }) => at)
  return (/** @type {Coverage} */ { ran }) => {
    const ranges = ran[file] ?? []
    return offsets.some(offset => ranges.findLastIndex(start => start <= offset) % 2 === 0)
  }
}

/** @typedef {{ line: number, column: number }} Place @param {Place} one @param {Place} other */
const isBefore = (one, other) => one.line < other.line || (one.line === other.line && one.column < other.column)
