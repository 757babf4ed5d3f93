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

/** The minimum versions in SECURITY.md: the first two columns of its table. */
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

/** Returns the manifest of the package at the end of a path of dependencies. */
const seenFrom = (folder: string, ...way: readonly string[]): Manifest => {
  let path = join(root, 'packages', folder, 'package.json')
  // Some packages don't export their manifest, so it is searched for from their entry point.
  for (const name of way) {
    const paths = createRequire(path).resolve.paths(name) ?? []
    const found = paths.map(folder => join(folder, name, 'package.json')).find(file => isThere(file))
    assert.ok(found, `${name} is not installed for ${path}`)
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

describe('the minimum versions of dependencies', it => {
  it('match the ranges in the packages’ manifests', () => {
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
    it(`are met by the tested version: ${way.join(' › ')}`, () => {
      const { version } = seenFrom(...way)
      const floor = floors.get(way.at(-1) ?? '') ?? 'no version'
      assert.ok(isAtLeast(version, floor), `got ${version}, expected at least ${floor}`)
    })
  }
})
