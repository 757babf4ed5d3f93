// Which test files share a process: those of a package that reach nothing outside the process and nothing that is global in it.
// Such a file, with all that it imports while it runs, has no process, thread or browser, no mocked clock, no compiler that
// fills the heap, no measured time or memory, and no change of what all files see. test/group.ts sees to it that no process and
// no thread is started there nevertheless, and test/harness.ts that each file closes what it opened before the next begins.
// Files that besides only reach a browser share a process among themselves, since to load Playwright costs as much as many tests.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../workspace.mjs'

const BROWSER = 'playwright-core'
const reaching = [
  'node:child_process',
  'node:cluster',
  'node:v8',
  'node:vm',
  'node:worker_threads',
  '@opentelemetry/api',
  '@sinonjs/fake-timers',
  BROWSER,
  'typedoc',
  'typescript-5',
  'typescript-6',
]
/** In a test, or in what stands beside it: a registry of all schemas, a listener or a value of the whole process, a measured time. */
const globalState =
  /\b(FormatRegistry|TypeRegistry|registerFormats|process\.(on|once|chdir|cpuUsage|memoryUsage|env\[\S+\] =)|globalThis\.\w+ = )/
/** So that a file that fails takes few others with it, and two processes have work to the end. */
const mostInGroup = 8

/**
 * Returns the files in lists of those that share a process.
 * @param {readonly string[]} files @param {ReadonlyMap<string, import('./graph.mjs').Imports>} imports
 */
export function groupsOf(files, imports) {
  /** @type {Map<string, string[][]>} */
  const byPackage = new Map()
  const groups = []
  for (const file of files) {
    const isShared = canShare(imports.get(file))
    if (!isShared && !canShareBrowser(imports.get(file))) {
      groups.push([file])
      continue
    }
    const home = `${file.replace(/(^|\/)test\/.*$/, '')}${isShared ? '' : ' with a browser'}`
    const own = byPackage.get(home) ?? []
    byPackage.set(home, own)
    if ((own.at(-1)?.length ?? mostInGroup) < mostInGroup) own.at(-1)?.push(file)
    else own.push([file])
    if (own.at(-1)?.length === 1) groups.push(own.at(-1) ?? [])
  }
  return groups
}

/** @param {import('./graph.mjs').Imports | undefined} imports */
export const canShare = imports => reachesOnly(imports, [])

/** Tells whether a file can share a process with others that use a browser. @param {import('./graph.mjs').Imports | undefined} imports */
export const canShareBrowser = imports => reachesOnly(imports, [BROWSER])

/** @param {import('./graph.mjs').Imports | undefined} imports @param {readonly string[]} allowed */
function reachesOnly(imports, allowed) {
  if (imports === undefined) return false
  const { files, packages } = imports
  if (reaching.some(name => packages.has(name) && !allowed.includes(name))) return false
  const besides = [...files].filter(
    file => !/^packages\/\w+\/src\//.test(file) && !/^test\/(harness|group)\.ts$/.test(file),
  )
  return !besides.some(file => globalState.test(readFileSync(join(root, file), 'utf8')))
}
