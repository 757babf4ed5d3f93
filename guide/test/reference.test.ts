import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative, resolve } from 'node:path'
import * as assert from 'uvu/assert'
import { describe } from '../../test/harness.js'
import { filesIn } from '../../test/readme.js'
import { writeReference } from '../reference/reference.js'
import { compile } from './compile.js'

const guide = resolve(import.meta.dirname, '..')
const root = resolve(guide, '..')
const api = join(guide, 'api')
const pages = readdirSync(api)
const read = (page: string): string => readFileSync(join(api, page), 'utf8')

/** Returns the code of each `@example` in a folder, by its location. */
function examplesBelow(folder: string): Map<string, string> {
  const examples = new Map<string, string>()
  for (const name of readdirSync(folder, { recursive: true }).map(String)) {
    if (!name.endsWith('.ts')) continue
    const file = join(folder, name)
    const source = readFileSync(file, 'utf8')
    const found = [...source.matchAll(/^ *\* @example/gm)].length
    const before = examples.size
    for (const { index, 1: block = '' } of source.matchAll(/@example\n((?: *\* (?!@).*\n)+)/g)) {
      const line = source.slice(0, index).split('\n').length
      examples.set(`${relative(root, file)}:${line}`, block.replaceAll(/^ *\* /gm, ''))
    }
    assert.is(examples.size - before, found, `${name}: an example begins on the line after @example`)
  }
  return examples
}

describe('the API reference', it => {
  it('matches the docstrings of the sources', { timeoutMs: 300_000 }, async ({ defer }) => {
    const fresh = mkdtempSync(join(tmpdir(), 'ackwire-reference-'))
    defer(() => rmSync(fresh, { recursive: true }))
    await writeReference(fresh)
    assert.equal(readdirSync(fresh).sort(), [...pages].sort())
    for (const page of pages) {
      assert.ok(
        readFileSync(join(fresh, page), 'utf8') === read(page),
        `guide/api/${page} is out of date: run npm run api`,
      )
    }
  })

  it('links only to existing pages and names, and contains no local path', () => {
    const anchors = new Map(
      pages.map(page => [page, new Set([...read(page).matchAll(/<a id="([^"]+)"/g)].map(([, id]) => id))]),
    )
    let links = 0
    for (const page of pages) {
      assert.not(read(page).includes(root), page)
      for (const [, target = ''] of read(page).matchAll(/\]\((?!https?:)([^)\s]+)\)/g)) {
        const [path = '', anchor] = target.split('#')
        const there = anchors.get(path === '' ? page : path)
        assert.ok(there !== undefined && (anchor === undefined || there.has(anchor)), `${page} links to ${target}`)
        links++
      }
    }
    assert.ok(links > 100, `${links} links`)
  })

  it('shows examples that compile', { timeoutMs: 300_000 }, async ({ defer }) => {
    // Inside the guide, so that the examples' imports resolve to its dependencies.
    const folder = mkdtempSync(join(guide, '.blocks-'))
    defer(() => rmSync(folder, { recursive: true }))
    let count = 0
    for (const [name, prelude] of filesIn(readFileSync(join(import.meta.dirname, 'examples.md'), 'utf8'))) {
      for (const [place, code] of examplesBelow(join(root, 'packages', name.replace('.ts', ''), 'src'))) {
        const file = join(folder, `${place.replaceAll(/\W/g, '-')}.ts`)
        writeFileSync(file, `${prelude}\nexport async function* example() {\n${code}}\n`)
        count++
      }
    }
    assert.ok(count > 10, `${count} examples`)
    await compile(folder)
  })
})
