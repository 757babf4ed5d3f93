// Tells which mutations compile, many at a time: one of each file, all of them in one run of the compiler.
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { root } from '../workspace.mjs'
import { copyWorkspace } from './copy.mjs'

/** @typedef {import('./mutations.mjs').Mutation} Mutation */

/** Returns the function that returns those of the mutations that compile, in their order. */
export function openCompiler() {
  const copy = copyWorkspace()
  const tsc = (/** @type {string[]} */ ...args) =>
    spawnSync(join(root, 'node_modules/.bin/tsc'), args, { cwd: copy, encoding: 'utf8', maxBuffer: 2 ** 26 })

  /** @type {Set<string>} */
  const built = new Set()
  /** @param {string} project with what it refers to */
  const build = project => {
    if (built.has(project)) return
    const { status, stdout, error } = tsc('-b', project)
    if (status !== 0) throw new Error(`${project} does not compile without a mutant: ${error?.message ?? stdout}`)
    built.add(project)
  }

  /**
   * Returns the files in which the compiler finds mistakes.
   * @param {string} project @param {readonly Mutation[]} mutations
   */
  const mistakenWith = (project, mutations) => {
    const originals = mutations.map(({ file }) => readFileSync(join(copy, file), 'utf8'))
    for (const { file, mutated } of mutations) writeFileSync(join(copy, file), mutated)
    const args = ['--noEmit', '--pretty', 'false', '--noUnusedLocals', 'false', '--noUnusedParameters', 'false']
    const { status, stdout } = tsc('-p', project, ...args)
    mutations.forEach(({ file }, at) => writeFileSync(join(copy, file), originals[at] ?? ''))
    return status === 0 ? [] : ['', ...stdout.matchAll(/^(.+?)\(\d+,\d+\): error/gm)].map(found => found[1] ?? '')
  }

  /**
   * A mistake in a mutation's own file is its own, and the others need no second run. Of mistakes elsewhere, each half is asked.
   * @param {string} project @param {readonly Mutation[]} mutations one of each file @returns {Mutation[]}
   */
  const compiling = (project, mutations) => {
    if (mutations.length === 0) return []
    const mistaken = mistakenWith(project, mutations)
    if (mistaken.length === 0) return [...mutations]
    if (mutations.length === 1) return []
    const others = mutations.filter(({ file }) => !mistaken.includes(file))
    if (others.length < mutations.length) {
      const mutated = new Set(mutations.map(({ file }) => file))
      const isAllTheirOwn = mistaken.every(file => file === '' || mutated.has(file))
      return isAllTheirOwn ? others : compiling(project, others)
    }
    const half = Math.ceil(mutations.length / 2)
    return [mutations.slice(0, half), mutations.slice(half)].flatMap(part => compiling(project, part))
  }

  return (/** @type {readonly Mutation[]} */ mutations) => {
    const good = new Set()
    for (const [project, own] of groupedBy(mutations, ({ file }) => projectOf(copy, file))) {
      build(project)
      const byFile = [...groupedBy(own, ({ file }) => file).values()]
      for (let round = 0; byFile.some(each => each.length > round); round++)
        for (const mutation of compiling(
          project,
          byFile.flatMap(each => each.slice(round, round + 1)),
        ))
          good.add(mutation)
    }
    return mutations.filter(mutation => good.has(mutation))
  }
}

/** @param {readonly Mutation[]} mutations @param {(mutation: Mutation) => string} keyOf */
function groupedBy(mutations, keyOf) {
  /** @type {Map<string, Mutation[]>} */
  const groups = new Map()
  for (const mutation of mutations) groups.set(keyOf(mutation), [...(groups.get(keyOf(mutation)) ?? []), mutation])
  return groups
}

/** @param {string} copy @param {string} file */
function projectOf(copy, file) {
  let project = dirname(file)
  while (!existsSync(join(copy, project, 'tsconfig.json'))) project = dirname(project)
  return project
}
