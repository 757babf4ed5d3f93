// Tries mutations, each in a copy of the workspace.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { allTests } from '../test/files.mjs'
import { importsOf } from '../test/graph.mjs'
import { groupsOf } from '../test/groups.mjs'
import { root } from '../workspace.mjs'
import { copyWorkspace } from './copy.mjs'
import { coverageOf, runnerOf } from './coverage.mjs'
import { inOrder, isForBrowsers, isMeasuring, isSeen, shownMutants } from './tests.mjs'

/** @typedef {import('./mutations.mjs').Mutation} Mutation */

/**
 * `by` is the test file that failed, which `isLate` if it was ended at its time limit, and `tests` the number of those that a mutant
 * survived, none of which `isReached` says that it runs the place. What only a browser runs is left out unless the tests have one.
 * @typedef {{ outcome: 'killed', by: string, isLate: boolean } | { outcome: 'survived', tests: number, isReached: boolean }
 *   | { outcome: 'left out' }} Outcome
 */

/** A test file may take this long besides five times what it takes without a mutant: machines are busy. */
const patienceMs = 20_000

/**
 * Calls `work` with each item, so many at a time. @template Item @param {number} atOnce @param {readonly Item[]} items
 * @param {(item: Item, worker: number) => Promise<unknown>} work
 */
export async function eachOf(atOnce, items, work) {
  const queue = items.values()
  await Promise.all(
    Array.from({ length: atOnce }, async (_, worker) => {
      for (const item of queue) await work(item, worker)
    }),
  )
}

/**
 * Measures the tests that may reach the mutations, and resolves to the function that tries one. `jobs` can be tried at once, each
 * with the number of its own worker.
 * @param {readonly Mutation[]} mutations @param {{ jobs: number, withBrowsers: boolean }} options
 */
export async function openTrials(mutations, { jobs, withBrowsers }) {
  const all = allTests()
  const imports = await importsOf(all)
  const files = new Set(mutations.map(({ file }) => file))
  const tests = shownMutants(files, all, imports, withBrowsers)
  const workers = await Promise.all(Array.from({ length: jobs }, () => openWorker(tests, imports)))
  const workerAt = (/** @type {number} */ number) => /** @type {typeof workers[number]} */ (workers[number])

  let measured = 0
  /** @type {Map<string, import('./coverage.mjs').Coverage>} */
  const coverages = new Map()
  console.log(`measuring ${tests.length} test files without a mutant`)
  await eachOf(jobs, tests, async (test, worker) => {
    const { copy, run, isGood } = workerAt(worker)
    const coverage = await coverageOf(test, dependenciesOf(test, imports), copy, async (file, settings) => {
      const [result] = await run([file], settings)
      return { isGood: result !== undefined && isGood(result), ms: result?.ms ?? 0 }
    })
    if (coverage.isGood) coverages.set(test, coverage)
    else console.log(`left out: ${test} fails without a mutant`)
    if (++measured % 10 === 0) console.log(`  ${measured} of ${tests.length}`)
  })

  const msOf = (/** @type {string} */ test) => coverages.get(test)?.ms ?? 0
  const limitOf = (/** @type {string} */ test) => patienceMs + 5 * msOf(test)

  /**
   * Returns the tests that run the place of a mutation, and where none does, those of its package that may do it unseen.
   * @param {Mutation} mutation
   */
  const testsOf = mutation => {
    const runs = runnerOf(mutation)
    const running = [...coverages].filter(([, coverage]) => runs(coverage)).map(([test]) => test)
    const home = mutation.file.replace(/src\/.*$/, '')
    const unseen = [...coverages.keys()].filter(test => test.startsWith(home) && !isSeen(imports.get(test)))
    if (running.length === 0 && !withBrowsers && isForBrowsers(mutation.file)) return undefined
    return {
      isReached: running.length > 0,
      tests: inOrder(mutation.file, running.length > 0 ? running : unseen, msOf),
    }
  }

  /** @param {Mutation} mutation @param {number} worker @returns {Promise<Outcome>} */
  return async (mutation, worker) => {
    const wanted = testsOf(mutation)
    if (wanted === undefined) return { outcome: 'left out' }
    const { tests, isReached } = wanted
    const killer = await workerAt(worker).tryWith(mutation, tests, limitOf)
    if (killer === undefined) return { outcome: 'survived', tests: tests.length, isReached }
    return { outcome: 'killed', by: killer.file, isLate: isEnded(killer) }
  }
}

/** Tells whether a test was ended because it took too long. @param {{ problems: readonly string[] }} result */
const isEnded = ({ problems }) => problems.some(problem => problem.startsWith('killed:'))

/** Returns the files that the coverage of a test depends on. @param {string} test @param {import('./tests.mjs').ImportsOf} imports */
function dependenciesOf(test, imports) {
  const own = [...(imports.get(test)?.files ?? [test])]
  if (isSeen(imports.get(test))) return own.toSorted()
  const others = [...imports.values()].flatMap(({ files }) => [...files].filter(file => file.startsWith('packages/')))
  return [...new Set([...own, ...others])].toSorted()
}

/** Opens a copy of the workspace. @param {readonly string[]} tests that will be run in it @param {import('./tests.mjs').ImportsOf} imports */
async function openWorker(tests, imports) {
  const copy = copyWorkspace()
  const inCopy = (/** @type {string} */ path) => import(pathToFileURL(join(copy, path)).href)
  /** @type {typeof import('../test/process.mjs')} */
  const { runFiles, isGood } = await inCopy('scripts/test/process.mjs')
  /** @type {typeof import('../typescript/transpile.mjs')} */
  const { transpileAll } = await inCopy('scripts/typescript/transpile.mjs')
  const sources = new Set(['test/group.ts', ...tests.flatMap(test => [...(imports.get(test)?.files ?? [])])])
  await transpileAll([...sources].filter(file => /\.tsx?$/.test(file)).map(file => join(copy, file)))

  /** @param {string[]} files @param {import('../test/process.mjs').Settings} settings */
  const run = (files, settings) => runFiles(files, { endsAtFailure: true, ...settings })

  /**
   * Resolves to the result of the first of the tests that fails with the mutation. What may have failed by chance is asked again,
   * with and without it.
   * @param {Mutation} mutation @param {readonly string[]} wanted @param {(file: string) => number} limitOf
   */
  const tryWith = async ({ file, mutated }, wanted, limitOf) => {
    const place = join(copy, file)
    const original = readFileSync(place, 'utf8')
    /** @param {string} text @param {string[]} files */
    const failingWith = async (text, files) => {
      writeFileSync(place, text)
      await transpileAll([place])
      return (await run(files, { limitOf })).find(result => !isGood(result))
    }
    try {
      for (const group of groupsOf(wanted, imports)) {
        const failed = await failingWith(mutated, group)
        if (failed === undefined) continue
        const isSure = !isEnded(failed) && !isMeasuring(readFileSync(join(root, failed.file), 'utf8'))
        const alone = [failed.file]
        if (isSure || ((await failingWith(mutated, alone)) && !(await failingWith(original, alone)))) return failed
        console.log(`not counted: ${failed.file} fails by chance`)
        const others = group.slice(group.indexOf(failed.file) + 1)
        const by = others.length === 0 ? undefined : await failingWith(mutated, others)
        if (by !== undefined) return by
      }
      return undefined
    } finally {
      writeFileSync(place, original)
    }
  }
  return { copy, run, isGood, tryWith }
}
