// The test files, and which of them a command runs.
import { existsSync, readdirSync, statSync } from 'node:fs'
import { join, relative, resolve, sep } from 'node:path'
import { members, root } from '../workspace.mjs'

/** What `npm run test:release` runs: each compiles with three compilers, or packs, builds and installs what is published. */
export const releaseTests = [
  'test/tarball.test.ts',
  'test/types.test.ts',
  'test/publish.test.ts',
  'test/release.test.ts',
]

/** Writes a path as it is written on every platform. @param {string} path */
const portable = path => path.split(sep).join('/')

/** Returns every `*.test.ts` below a `test` folder, from the root: the workspace's own, which are slow, first. */
export function allTests() {
  return ['.', ...members]
    .map(folder => join(folder, 'test'))
    .filter(folder => existsSync(join(root, folder)))
    .flatMap(folder => readdirSync(join(root, folder), { recursive: true }).map(name => join(folder, String(name))))
    .filter(file => file.endsWith('.test.ts') && !file.includes('node_modules'))
    .map(portable)
}

/**
 * Returns the files that are asked for, each by its path or by a part of it; without a part, those of the command.
 * @param {readonly string[]} parts @param {{ isRelease: boolean, stop: (message: string) => never }} command
 */
export function chosenTests(parts, { isRelease, stop }) {
  const all = allTests()
  const missing = releaseTests.filter(file => !all.includes(file))
  if (missing.length > 0) stop(`scripts/test/files.mjs names ${missing.join(', ')}, which is no test file.`)
  if (parts.length === 0) return all.filter(file => releaseTests.includes(file) === isRelease)
  const chosen = parts.flatMap(part => {
    const path = resolve(root, part)
    if (existsSync(path) && statSync(path).isFile()) return [portable(relative(root, path))]
    const wanted = portable(part).replace(/^\.\//, '')
    const found = all.filter(file => file.includes(wanted))
    return found.length > 0 ? found : stop(`No test file matches '${part}'.`)
  })
  return [...new Set(chosen)]
}
