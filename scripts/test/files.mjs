// The test files of the workspace, and those that a path asks for.
import { existsSync, readdirSync, statSync } from 'node:fs'
import { join, relative, resolve, sep } from 'node:path'
import { members, root } from '../workspace.mjs'

/** Writes a path as it is written on every platform. @param {string} path */
export const portable = path => path.split(sep).join('/')

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
 * Returns the files that are asked for, each by its path or by a part of it.
 * @param {readonly string[]} parts @param {(message: string) => never} stop
 */
export function testsNamed(parts, stop) {
  const all = allTests()
  const named = parts.flatMap(part => {
    const path = resolve(root, part)
    if (existsSync(path) && statSync(path).isFile()) return [portable(relative(root, path))]
    const wanted = portable(part).replace(/^\.\//, '')
    const found = all.filter(file => file.includes(wanted))
    return found.length > 0 ? found : stop(`No test file matches '${part}'.`)
  })
  return [...new Set(named)]
}
