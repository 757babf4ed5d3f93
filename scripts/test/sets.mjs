// The sets of test files that the commands and the jobs of CI run: `node scripts/test.mjs --set NAME`.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../workspace.mjs'
import { allTests } from './files.mjs'
import { importsOf } from './graph.mjs'

/** Each compiles with three compilers, or packs, builds and installs what is published. */
const release = [
  'test/tarball.test.ts',
  'test/types.test.ts',
  'bench/test/hovers.test.ts',
  'guide/test/builds/builds.test.ts',
  'test/publish.test.ts',
  'test/release.test.ts',
  'packages/client/test/react-native/react-native.test.ts',
]

/** Files and folders of tests that depend on paths, processes and the file system, which differ on Windows and macOS. */
const platforms = [
  'packages/core/test/contract.test.ts',
  'packages/client/test/contract.test.ts',
  'packages/docs/test/handler.test.ts',
  'packages/docs/test/serve.test.ts',
  'packages/cli/test/diff.test.ts',
  'packages/cli/test/loading.test.ts',
  'packages/cli/test/render.test.ts',
  'packages/cli/test/serve.test.ts',
]

/** A part that a machine may lack, as a test or what it imports names it. */
const part = /: Need\b|\bneeds = \{|\bneeds: \{/

/** Tells whether a test needs a part besides the dependencies. @param {import('./graph.mjs').Imports | undefined} imports */
const needsPart = imports =>
  [...(imports?.files ?? [])].some(
    file => file !== 'test/harness.ts' && part.test(readFileSync(join(root, file), 'utf8')),
  )

/** The names of the sets. `test` is what `npm test` runs: `unit` and `services`. */
export const SETS = /** @type {const} */ (['test', 'unit', 'services', 'release', 'platforms'])

/** Resolves to the files of a set. @param {string} set */
export async function testsOf(set) {
  const all = allTests()
  for (const file of [...release, ...platforms])
    if (!all.includes(file)) throw new Error(`scripts/test/sets.mjs names ${file}, which is no test file.`)
  if (set === 'release') return release
  if (set === 'platforms') return platforms
  const others = all.filter(file => !release.includes(file))
  if (set === 'test') return others
  const imports = await importsOf(others)
  return others.filter(file => needsPart(imports.get(file)) === (set === 'services'))
}
