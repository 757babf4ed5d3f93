import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as assert from 'uvu/assert'
import { allTests, testsNamed } from '../scripts/test/files.mjs'
import { importsOf } from '../scripts/test/graph.mjs'
import { canShare, groupsOf } from '../scripts/test/groups.mjs'
import { testsOf } from '../scripts/test/sets.mjs'
import { affectedBy } from '../scripts/test/watch.mjs'
import { root } from '../scripts/workspace.mjs'
import { describe } from './harness.js'

const all = allTests()
const known = importsOf(all)

describe('the test files', it => {
  it('are each in one set of `npm test` and `npm run test:release`, and it is in one of their jobs', async () => {
    const [test, unit, services, release] = await Promise.all(['test', 'unit', 'services', 'release'].map(testsOf))
    assert.equal([...(test ?? []), ...(release ?? [])].toSorted(), all.toSorted())
    assert.equal([...(unit ?? []), ...(services ?? [])].toSorted(), test?.toSorted())
    assert.ok(services?.includes('packages/docs/test/page/reading.test.ts'), 'a browser is a service')
    assert.ok(unit?.includes('packages/core/test/contract.test.ts'))
  })

  it('are found by a part of their paths, with the separators of any platform', () => {
    const fail = (message: string): never => {
      throw new Error(message)
    }
    assert.equal(testsNamed(['./packages/core/test/limit.test'], fail), ['packages/core/test/limit.test.ts'])
    assert.ok(testsNamed(['packages/core'], fail).every(file => file.startsWith('packages/core/')))
    assert.throws(() => testsNamed(['no-such'], fail), /No test file matches 'no-such'/)
  })
})

describe('a process of several files', it => {
  it('has no file that starts a process or a browser, mocks a clock or changes what is global', async () => {
    const imports = await known
    assert.is(imports.size, all.length)
    for (const file of all) {
      if (!canShare(imports.get(file))) continue
      const text = readFileSync(join(root, file), 'utf8')
      assert.not.match(text, /node:child_process|playwright|fake-timers|FormatRegistry|node:worker_threads/, file)
    }
    for (const file of [
      'test/harness.test.ts',
      'packages/docs/test/page/reading.test.ts',
      'packages/core/test/linear.test.ts',
    ])
      assert.not(canShare(imports.get(file)), file)
    for (const file of ['test/readme.test.ts', 'packages/core/test/limit.test.ts'])
      assert.ok(canShare(imports.get(file)), file)
  })

  it('has a browser only if each of its files has one', async () => {
    const imports = await known
    const usesBrowser = (file: string): boolean => imports.get(file)?.packages.has('playwright-core') === true
    const groups = groupsOf(all, imports).filter(group => group.some(usesBrowser))
    for (const group of groups) assert.ok(group.every(usesBrowser), group.join(' '))
    const pages = groups.find(group => group.includes('packages/docs/test/page/reading.test.ts'))
    assert.ok(pages?.includes('packages/docs/test/page/layout.test.ts'))
    assert.not(pages?.includes('packages/docs/test/page/console.test.ts'), 'it starts other processes')
  })

  it('has files of one package, and each file is in one process', async () => {
    const groups = groupsOf(all, await known)
    assert.equal(groups.flat().toSorted(), all.toSorted())
    for (const group of groups) {
      assert.is(new Set(group.map(file => file.split('test/')[0])).size, 1, group.join(' '))
      assert.ok(group.length <= 8)
    }
    assert.ok(groups.length < all.length - 30, `${groups.length} processes for ${all.length} files`)
  })
})

describe('a change', it => {
  it('affects the tests that import the file, directly or through others', async () => {
    const affected = affectedBy('test/readme.ts', all, await known)
    assert.equal(affected.toSorted(), [
      'guide/test/guide.test.ts',
      'guide/test/pages.test.ts',
      'guide/test/reference.test.ts',
      'test/readme.test.ts',
      'test/tarball.test.ts',
    ])
  })

  it('of a test affects it alone', async () => {
    assert.equal(affectedBy('test/floors.test.ts', all, await known), ['test/floors.test.ts'])
  })

  it('of what no test imports affects its package, and elsewhere all', async () => {
    const affected = affectedBy('packages/cli/test/fixtures/any.yaml', all, await known)
    assert.ok(affected.length > 5 && affected.every(file => file.startsWith('packages/cli/')))
    assert.equal(affectedBy('tsconfig.base.json', all, await known), all)
  })
})
