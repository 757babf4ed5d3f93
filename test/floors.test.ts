import { readFileSync, realpathSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join, resolve } from 'node:path'
import * as assert from 'uvu/assert'
import { describe } from './harness.js'

const root = resolve(import.meta.dirname, '..')

interface Manifest {
  readonly version: string
  readonly dependencies?: Readonly<Record<string, string>>
  readonly peerDependencies?: Readonly<Record<string, string>>
}

const manifestAt = (path: string): Manifest => JSON.parse(readFileSync(path, 'utf8')) as Manifest

/** The least versions that SECURITY.md asks for: its table's first two columns. */
const floors = new Map(
  [...readFileSync(join(root, 'SECURITY.md'), 'utf8').matchAll(/^\| `([\w.-]+)` +\| (\d+\.\d+\.\d+) +\|/gm)].map(
    ([, name = '', version = '']) => [name, version],
  ),
)

const numbers = (version: string): number[] => version.split('.').map(Number)

const isAtLeast = (version: string, floor: string): boolean => {
  const [have, least] = [numbers(version), numbers(floor)]
  const at = have.findIndex((part, index) => part !== least[index])
  return at === -1 || (have[at] ?? 0) > (least[at] ?? 0)
}

/** The manifest of the package at the end of a way from dependency to dependency. */
const seenFrom = (folder: string, ...way: readonly string[]): Manifest => {
  let path = join(root, 'packages', folder, 'package.json')
  // Not every package lets its manifest be imported, so that it is looked for where the code is.
  for (const name of way) {
    const paths = createRequire(path).resolve.paths(name) ?? []
    const found = paths.map(folder => join(folder, name, 'package.json')).find(file => isThere(file))
    assert.ok(found, `${name} is not there for ${path}`)
    path = realpathSync(found)
  }
  return manifestAt(path)
}

const isThere = (file: string): boolean => {
  try {
    return readFileSync(file).length > 0
  } catch {
    return false
  }
}

describe('the least versions of dependencies', it => {
  it('are those that the packages ask for', () => {
    const asked = (folder: string) => {
      const { dependencies, peerDependencies } = manifestAt(join(root, 'packages', folder, 'package.json'))
      return Object.entries({ ...peerDependencies, ...dependencies }).filter(([name]) => floors.has(name))
    }
    assert.equal(
      Object.fromEntries([...asked('core'), ...asked('client')]),
      Object.fromEntries([...floors].filter(([name]) => name !== 'ws').map(([name, floor]) => [name, `^${floor}`])),
    )
  })

  const ways: readonly (readonly [folder: string, ...names: string[]])[] = [
    ['core', 'socket.io', 'socket.io-parser'],
    ['core', 'socket.io', 'engine.io'],
    ['core', 'socket.io', 'engine.io', 'ws'],
    ['core', 'socket.io', 'socket.io-adapter'],
    ['core', 'socket.io', 'socket.io-adapter', 'ws'],
    ['client', 'socket.io-client', 'socket.io-parser'],
    ['client', 'socket.io-client', 'engine.io-client'],
    ['client', 'socket.io-client', 'engine.io-client', 'ws'],
  ]
  for (const way of ways) {
    it(`are met by what is tested: ${way.join(' › ')}`, () => {
      const { version } = seenFrom(...way)
      const floor = floors.get(way.at(-1) ?? '') ?? 'no version'
      assert.ok(isAtLeast(version, floor), `${version} is older than ${floor}`)
    })
  }
})
