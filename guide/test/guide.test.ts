import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import * as assert from 'uvu/assert'
import { describe } from '../../test/harness.js'
import { writeReadmeFiles } from '../../test/readme.js'
import { compile } from './compile.js'
import { allPages, root } from './pages.js'

const guide = resolve(import.meta.dirname, '..')
const pages = readdirSync(guide).filter(file => file.endsWith('.md'))

/** Returns the anchors of a page's headings, as GitHub generates them. */
const anchorsIn = (markdown: string): string[] =>
  [...markdown.matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\w\s-]/g, '')
      .replaceAll(' ', '-'),
  )

describe('the guide', it => {
  it('shows code that compiles', { timeoutMs: 300_000 }, async ({ defer }) => {
    // Inside the guide, so that the blocks' imports resolve to its dependencies.
    const folder = mkdtempSync(join(guide, '.blocks-'))
    defer(() => rmSync(folder, { recursive: true }))
    let blocks = 0
    for (const page of pages) {
      const place = join(folder, page)
      mkdirSync(place)
      // Pages without a contract of their own use that of the first page.
      const own = writeReadmeFiles(`guide/${page}`, place)
      blocks += own.size
      if (own.size > 0 && !own.has('contract.ts')) {
        const whole = writeReadmeFiles('guide/contract.md', place, ['contract.ts'])
        for (const name of whole.keys()) if (name !== 'contract.ts' && !own.has(name)) rmSync(join(place, name))
        writeReadmeFiles(`guide/${page}`, place)
      }
    }
    assert.ok(blocks > 10, `${blocks} blocks`)
    await compile(folder)
  })

  it('links to pages, files and headings that are there, as all other pages do', () => {
    for (const page of allPages) {
      const text = readFileSync(join(root, page), 'utf8').replaceAll(/^```.*?^```$/gms, '')
      for (const [, target = ''] of text.matchAll(/\]\((?!https?:)([^)\s]+)\)/g)) {
        const [path = '', anchor] = target.split('#')
        const file = path === '' ? join(root, page) : resolve(root, page, '..', path)
        assert.ok(existsSync(file), `${page} links to ${target}`)
        if (anchor === undefined) continue
        const linked = statSync(file).isDirectory() ? join(file, 'README.md') : file
        assert.ok(anchorsIn(readFileSync(linked, 'utf8')).includes(anchor), `${page} links to ${target}`)
      }
    }
  })

  it('is whole: its first page links to every other', () => {
    const index = readFileSync(join(guide, 'README.md'), 'utf8')
    for (const page of pages) assert.ok(page === 'README.md' || index.includes(`(${page})`), page)
  })

  it('shows the reader of streams in Python that the tests run', () => {
    const [, shown = ''] = /^```python\n(.*?)\n\n/ms.exec(readFileSync(join(guide, 'wire-protocol.md'), 'utf8')) ?? []
    assert.ok(shown.startsWith('def read('))
    assert.ok(readFileSync(join(root, 'packages/client/test/foreign/stream.py'), 'utf8').includes(`${shown}\n`))
  })
})
