import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as assert from 'uvu/assert'
import { describe } from '../../test/harness.js'
import { pages, root } from './pages.js'

/** A call of `fail` that is a statement of its own. TypeScript takes the code behind it to be reached, so that it narrows nothing. */
const STATEMENT = /(?:^[ \t*]*|\)[ \t]+|[;{}][ \t]*|\belse[ \t]+)fail\(.*$/gm

const filesIn = (folder: string): readonly string[] =>
  readdirSync(join(root, folder), { withFileTypes: true }).flatMap(entry => {
    if (entry.isDirectory()) return entry.name === 'node_modules' ? [] : filesIn(join(folder, entry.name))
    return /\.[jt]sx?$/.test(entry.name) ? [join(folder, entry.name)] : []
  })

/** Returns a file's code: the blocks of a page, or all of a source. */
const codeOf = (file: string): readonly string[] => {
  const text = readFileSync(join(root, file), 'utf8')
  return file.endsWith('.md') ? [...text.matchAll(/^```[^]*?^```/gm)].map(([block]) => block) : [text]
}

const examples = filesIn('examples')
/** The sources whose docstrings users read. The client has a function of this name. */
const signatures = filesIn('packages/core/src/server/signatures')

describe('a call of fail in a page, an example or a docstring', it => {
  it('is returned or thrown', () => {
    assert.ok(pages.length > 20 && examples.length > 20 && signatures.length > 3)
    const found = [...pages, ...examples, ...signatures].flatMap(file =>
      codeOf(file)
        .flatMap(code => code.match(STATEMENT) ?? [])
        .map(line => `${file}: ${line.trim()}`),
    )
    assert.equal(found, [])
  })

  it('is found where it is neither', () => {
    const found = (code: string): number => (code.match(STATEMENT) ?? []).length
    for (const code of ["if (!room) fail('NO')", "  fail('NO')", "{ fail('NO') }", "else fail('NO')", " * fail('NO')"])
      assert.is(found(code), 1, code)
    for (const code of ["if (!room) return fail('NO')", "throw fail('NO')", "room ?? fail('NO')", "() => fail('NO')"])
      assert.is(found(code), 0, code)
  })
})
