// Watches the workspace and tells which test files a change affects.
import { watch } from 'node:fs'
import { sep } from 'node:path'
import { members, root } from '../workspace.mjs'
import { importsOf } from './graph.mjs'

const ignored = /(^|\/)(node_modules|dist|\.git|\.blocks-[^/]*)(\/|$)|\.tsbuildinfo$|~$|\.swp$/
const settleMs = 100

/**
 * Returns the test files that a change affects: those that import the file, directly or through others. What no test imports, such
 * as a fixture or a program that a test starts, affects every test of its package, and what is in no package affects all.
 * @param {string} changed @param {readonly string[]} files @param {ReadonlyMap<string, import('./graph.mjs').Imports>} imports
 */
export function affectedBy(changed, files, imports) {
  const importing = files.filter(file => file === changed || imports.get(file)?.files.has(changed))
  if (importing.length > 0) return importing
  const home = members.find(folder => changed.startsWith(`${folder.split(sep).join('/')}/`))
  return files.filter(file => home === undefined || file.startsWith(`${home}/`))
}

/**
 * Runs the files, and after each change those that it affects, until the process is ended.
 * @param {() => Promise<readonly string[]>} chosen @param {(files: readonly string[]) => Promise<unknown>} run
 */
export async function runOnChange(chosen, run) {
  /** @type {Set<string>} */
  const changed = new Set()
  let wake = () => {}
  watch(root, { recursive: true }, (_, name) => {
    const file = String(name ?? '')
      .split(sep)
      .join('/')
    if (file === '' || ignored.test(file)) return
    changed.add(file)
    wake()
  })
  await run(await chosen())
  for (;;) {
    console.log('\nWaiting for a change. Ctrl-C ends.')
    if (changed.size === 0) await new Promise(resolve => (wake = () => resolve(undefined)))
    // An editor writes a file in several steps, and a checkout many files.
    await new Promise(resolve => setTimeout(resolve, settleMs))
    const files = await chosen()
    const imports = await importsOf(files)
    const affected = new Set([...changed].flatMap(file => affectedBy(file, files, imports)))
    console.log(`\n${[...changed].join(', ')}`)
    changed.clear()
    if (affected.size > 0) await run(files.filter(file => affected.has(file)))
  }
}
