import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as assert from 'uvu/assert'
import { equivalents, mutationsOf, sourcesNamed } from '../scripts/mutants/mutations.mjs'
import { shuffled } from '../scripts/mutants/sample.mjs'
import { testsReaching } from '../scripts/mutants/tests.mjs'
import { root } from '../scripts/workspace.mjs'
import { describe } from './harness.js'

const imports = (files: readonly string[], packages: readonly string[] = []) => ({
  files: new Set(files),
  packages: new Set(packages),
})

describe('the order of the mutants', it => {
  const items = Array.from({ length: 1_000 }, (_, at) => at)

  it('is the same for the same seed, and another for another', () => {
    assert.equal(shuffled(items, 7), shuffled(items, 7))
    assert.not.equal(shuffled(items, 7), shuffled(items, 8))
  })

  it('has each of them once', () => {
    const found = shuffled(items, 1)
    assert.not.equal(found, items)
    assert.equal(
      found.toSorted((one, other) => one - other),
      items,
    )
  })

  it('begins with any of them', () => {
    const counts = items.map(() => 0)
    for (let seed = 0; seed < 1_000; seed++) for (const item of shuffled(items, seed).slice(0, 100)) counts[item]!++
    // 100 is expected of each, and ten standard deviations are not exceeded by chance.
    assert.ok(counts.every(count => count > 5 && count < 195))
  })
})

describe('the tests that a mutant is shown to', it => {
  const source = 'packages/one/src/inbound/limiter.ts'

  it('are those of its package that reach it, and those of all packages where it has none', () => {
    const reached = new Map([
      ['packages/two/test/a.test.ts', imports([source])],
      ['packages/one/test/b.test.ts', imports([source], ['node:vm'])],
      ['packages/one/test/c.test.ts', imports([])],
    ])
    assert.equal(testsReaching(source, [...reached.keys()], reached), ['packages/one/test/b.test.ts'])
    reached.delete('packages/one/test/b.test.ts')
    assert.equal(testsReaching(source, [...reached.keys()], reached), ['packages/two/test/a.test.ts'])
  })

  it('have a browser or random values only if there are no others', () => {
    const reached = new Map([
      ['packages/one/test/a.test.ts', imports([source], ['playwright-core'])],
      ['packages/one/test/fuzz/b.test.ts', imports([source], ['node:vm'])],
      ['packages/one/test/soak.test.ts', imports([source], ['node:vm'])],
      ['packages/one/test/c.test.ts', imports([source], ['node:vm'])],
    ])
    assert.equal(testsReaching(source, [...reached.keys()], reached), ['packages/one/test/c.test.ts'])
    reached.delete('packages/one/test/c.test.ts')
    assert.is(testsReaching(source, [...reached.keys()], reached).length, 3)
  })

  it('begin with those named like it, then those that share a process, then those that import the least', () => {
    const reached = new Map([
      ['packages/one/test/own-process.test.ts', imports([source], ['node:vm'])],
      ['packages/one/test/large.test.ts', imports([source, 'packages/one/src/a.ts', 'packages/one/src/b.ts'])],
      ['packages/one/test/small.test.ts', imports([source])],
      ['packages/one/test/limits.test.ts', imports([source], ['node:vm'])],
    ])
    assert.equal(
      testsReaching(source, [...reached.keys()], reached).map(test => /[^/]+(?=\.test)/.exec(test)?.[0]),
      ['limits', 'small', 'large', 'own-process'],
    )
  })
})

describe('a mutant', it => {
  const file = 'packages/core/src/thenable.ts'
  const text = readFileSync(join(root, file), 'utf8')

  it('is its source with one place replaced', async () => {
    const mutations = await mutationsOf([file])
    assert.ok(mutations.length > 5)
    for (const { line, column, original, replacement, mutated } of mutations) {
      const at =
        text
          .split('\n')
          .slice(0, line - 1)
          .join('\n').length + column
      assert.is(text.slice(at, at + original.length), original)
      const kept = [text.slice(0, at), text.slice(at + original.length)]
      assert.ok(
        [`(${replacement})`, replacement].some(put => kept.join(put) === mutated),
        mutated,
      )
    }
  })

  it('has parentheses around an operator that would bind otherwise', async () => {
    const inner = (await mutationsOf([file])).find(
      ({ kind, mutated }) => kind === 'LogicalOperator' && / \|\| .*\) &&/.test(mutated),
    )
    assert.ok(inner)
  })

  it('is listed as equivalent with a reason, and its source still has it', () => {
    for (const { file, original, reason } of equivalents()) {
      assert.ok(existsSync(join(root, file)), file)
      assert.ok(readFileSync(join(root, file), 'utf8').includes(original), `${file}: ${original}`)
      assert.match(reason, /\w+ \w+/)
    }
  })

  it('is of a published package, and no declaration or test', () => {
    const sources = sourcesNamed('')
    for (const name of ['core', 'client', 'docs', 'cli'])
      assert.ok(sources.some(source => source.startsWith(`packages/${name}/src/`)))
    assert.ok(sources.every(source => /^packages\/\w+\/src\/.+\.tsx?$/.test(source)))
    assert.equal(sourcesNamed('core/src/thenable'), [file])
  })
})
