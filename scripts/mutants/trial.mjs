// Tries mutations in a copy of the workspace.
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { allTests } from '../test/files.mjs'
import { importsOf } from '../test/graph.mjs'
import { groupsOf } from '../test/groups.mjs'
import { root } from '../workspace.mjs'
import { copyWorkspace } from './copy.mjs'
import { testsReaching } from './tests.mjs'

/**
 * `by` is the test file that failed, and `tests` the number of those that a mutant survived.
 * @typedef {{ outcome: 'killed', by: string } | { outcome: 'survived', tests: number } | { outcome: 'not compiled' }} Outcome
 */

/** @typedef {(mutation: import('./mutations.mjs').Mutation) => Promise<Outcome>} Trial */

/** Returns the function that tries a mutation. @param {number} limitMs for each test file @returns {Promise<Trial>} */
export async function openTrial(limitMs) {
  const all = allTests()
  const imports = await importsOf(all)
  const copy = copyWorkspace()
  const inCopy = (/** @type {string} */ path) => import(pathToFileURL(join(copy, path)).href)
  /** @type {typeof import('../test/process.mjs')} */
  const { runFiles, isGood } = await inCopy('scripts/test/process.mjs')
  /** @type {typeof import('../typescript/transpile.mjs')} */
  const { transpileAll } = await inCopy('scripts/typescript/transpile.mjs')
  const compilerOf = compilersIn(copy)

  /** The test files that have passed, with or without a mutant, and those that fail without one. */
  const trusted = new Set()
  const broken = new Set()

  /** Resolves to the first of the files that fails. @param {readonly string[]} files @returns {Promise<string | undefined>} */
  const firstFailing = async files => {
    for (const group of groupsOf(files, imports))
      for (const result of await runFiles(group, { endsAtFailure: true, limitMs })) {
        if (!isGood(result)) return result.file
        trusted.add(result.file)
      }
    return undefined
  }

  return async ({ file, mutated }) => {
    const place = join(copy, file)
    const original = readFileSync(place, 'utf8')
    const compiles = compilerOf(file)
    const tests = testsReaching(file, all, imports)
    await transpileAll([...reachedBy(tests, imports)].map(source => join(copy, source)))
    try {
      for (;;) {
        const left = tests.filter(test => !broken.has(test))
        writeFileSync(place, mutated)
        if (!compiles()) return { outcome: 'not compiled' }
        const by = await firstFailing(left)
        if (by === undefined) return { outcome: 'survived', tests: left.length }
        writeFileSync(place, original)
        if (trusted.has(by) || (await firstFailing([by])) === undefined) return { outcome: 'killed', by }
        // A test that fails in any case kills nothing.
        console.log(`left out: ${by} fails without a mutant, or takes longer than ${limitMs / 1000} s`)
        broken.add(by)
      }
    } finally {
      writeFileSync(place, original)
    }
  }
}

/** @param {readonly string[]} tests @param {import('./tests.mjs').ImportsOf} imports */
const reachedBy = (tests, imports) =>
  new Set(
    ['test/group.ts', ...tests.flatMap(test => [...(imports.get(test)?.files ?? [])])].filter(file =>
      /\.tsx?$/.test(file),
    ),
  )

/** Returns the function that returns, for a source, the one that tells whether its project compiles. @param {string} copy */
function compilersIn(copy) {
  const tsc = (/** @type {string[]} */ ...args) =>
    spawnSync(join(root, 'node_modules/.bin/tsc'), args, { cwd: copy, encoding: 'utf8' })
  /** @type {Set<string>} */
  const built = new Set()
  return (/** @type {string} */ file) => {
    let project = dirname(file)
    while (!existsSync(join(copy, project, 'tsconfig.json'))) project = dirname(project)
    if (!built.has(project)) {
      // With what it refers to.
      const { status, stdout, error } = tsc('-b', project)
      if (status !== 0) throw new Error(`${project} does not compile without a mutant: ${error?.message ?? stdout}`)
      built.add(project)
    }
    return () =>
      tsc('-p', project, '--noEmit', '--noUnusedLocals', 'false', '--noUnusedParameters', 'false').status === 0
  }
}
