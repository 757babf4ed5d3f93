import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import * as assert from 'uvu/assert'
import { coverageOf, runnerOf } from '../scripts/mutants/coverage.mjs'
import { equivalents, mutationsOf, sourcesNamed } from '../scripts/mutants/mutations.mjs'
import { shuffled } from '../scripts/mutants/sample.mjs'
import { inOrder, isMeasuring, shownMutants } from '../scripts/mutants/tests.mjs'
import { transpile } from '../scripts/typescript/transpile.mjs'
import { root } from '../scripts/workspace.mjs'
import { describe } from './harness.js'

const text = (file: string): string => readFileSync(join(root, file), 'utf8')

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

  it('are those of all packages that import it, and those of its package that start what nobody sees', () => {
    const reached = new Map([
      ['packages/two/test/a.test.ts', imports([source])],
      ['packages/one/test/b.test.ts', imports([source], ['node:vm'])],
      ['packages/one/test/c.test.ts', imports(['packages/one/src/other.ts'])],
      ['packages/one/test/process.test.ts', imports([], ['node:child_process'])],
      ['packages/one/test/bundle.test.ts', imports([], ['esbuild'])],
      ['packages/two/test/process.test.ts', imports([], ['node:child_process'])],
      ['examples/chat/test/chat.test.ts', imports([source])],
    ])
    assert.equal(shownMutants(new Set([source]), [...reached.keys()], reached, false), [
      'packages/two/test/a.test.ts',
      'packages/one/test/b.test.ts',
      'packages/one/test/process.test.ts',
      'packages/one/test/bundle.test.ts',
    ])
  })

  it('are none with random values, measurements or foreign parts, and those with a browser only on demand', () => {
    const names = [
      'a',
      'nodes/a',
      'foreign/a',
      'react-native/a',
      'fuzz/b',
      'soak/soak',
      'signal-memory',
      'linear',
      'speed',
      'time-limit',
      'limits',
    ]
    const reached = new Map(names.map(name => [`packages/one/test/${name}.test.ts`, imports([source])]))
    reached.set('packages/one/test/page.test.ts', imports([], ['playwright-core']))
    const shown = (withBrowsers: boolean) =>
      shownMutants(new Set([source]), [...reached.keys()], reached, withBrowsers).map(
        test => /(\w+)\.test/.exec(test)?.[1],
      )
    assert.equal(shown(false), ['a', 'limits'])
    assert.equal(shown(true), ['a', 'limits', 'page'])
  })

  it('begin with those of its package, then those named like it, then the quickest', () => {
    const msOf = new Map([
      ['packages/two/test/limits.test.ts', 1],
      ['packages/one/test/slow.test.ts', 3],
      ['packages/one/test/quick.test.ts', 2],
      ['packages/one/test/limits.test.ts', 4],
    ])
    assert.equal(
      inOrder(source, [...msOf.keys()], test => msOf.get(test) ?? 0).map(
        test => /[^/]+\/test\/[^/]+(?=\.test)/.exec(test)?.[0],
      ),
      ['one/test/limits', 'one/test/quick', 'one/test/slow', 'two/test/limits'],
    )
  })

  it('are asked again where they measure', () => {
    assert.ok(isMeasuring('const { user } = process.cpuUsage(before)'))
    assert.ok(isMeasuring('assert.ok(performance.now() - since < 400)'))
    assert.not(isMeasuring('const end = performance.now() + 10'))
  })

  it('run its place', async () => {
    const file = 'packages/core/src/printable.ts'
    const mutations = await mutationsOf([file])
    const code = transpile(join(root, file), readFileSync(join(root, file), 'utf8'))
    const body = code.indexOf('=>', code.indexOf('const escapeOf')) + 2
    const last =
      text(file)
        .split('\n')
        .findIndex(line => line.startsWith('const escapeOf')) + 1
    const running = (ran: Record<string, number[]>) =>
      mutations.filter(mutation => runnerOf(mutation)({ isGood: true, ms: 1, ran }))
    assert.equal(running({ [file]: [0, code.length] }), mutations)
    assert.equal(running({ [file]: [] }), [])
    assert.equal(running({}), [])
    const [inside, outside] = [mutations.filter(({ line }) => line > last), mutations.filter(({ line }) => line < last)]
    assert.ok(inside.length > 5 && outside.length > 5)
    assert.equal(
      running({ [file]: [0, body] }).filter(({ line }) => line !== last),
      outside,
    )
    assert.equal(
      running({ [file]: [body, code.length] }).filter(({ line }) => line !== last),
      inside,
    )
  })

  it('are counted by what V8 writes, where an inner range counts for itself', async () => {
    const test = 'test/english.test.ts'
    const url = pathToFileURL(join(root, 'packages/core/src/printable.ts')).href
    const range = (startOffset: number, endOffset: number, count: number) => ({ startOffset, endOffset, count })
    const write = (folder: string, ranges: object[]) =>
      writeFileSync(
        join(folder, `${ranges.length}.json`),
        JSON.stringify({ result: [{ url, functions: [{ ranges }] }] }),
      )
    const { ran } = await coverageOf(test, [], root, async (_, { coverage }) => {
      write(coverage, [range(0, 100, 1), range(20, 60, 0), range(30, 40, 2)])
      write(coverage, [range(0, 100, 0), range(50, 55, 1)])
      return { isGood: false, ms: 1 }
    })
    assert.equal(ran, { 'packages/core/src/printable.ts': [0, 20, 30, 40, 50, 55, 60, 100] })
  })
})

describe('a mutant', it => {
  const file = 'packages/core/src/thenable.ts'
  const source = text(file)

  it('is its source with one place replaced', async () => {
    const mutations = await mutationsOf([file])
    assert.ok(mutations.length > 5)
    for (const { line, column, original, replacement, mutated } of mutations) {
      const at =
        source
          .split('\n')
          .slice(0, line - 1)
          .join('\n').length + column
      assert.is(source.slice(at, at + original.length), original)
      const kept = [source.slice(0, at), source.slice(at + original.length)]
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
    for (const { file, line, original, reason } of equivalents()) {
      assert.ok(existsSync(join(root, file)), file)
      assert.ok(text(file).includes(line), `${file}: ${line}`)
      assert.ok(text(file).includes(original), `${file}: ${original}`)
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
