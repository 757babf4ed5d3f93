import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import * as assert from 'uvu/assert'
import { describe } from '../../test/harness.js'
import { writeReadmeFiles } from '../../test/readme.js'

const guide = resolve(import.meta.dirname, '..')
const root = resolve(guide, '..')
const pages = readdirSync(guide).filter(file => file.endsWith('.md'))

/** The anchors of a page's headings, as GitHub makes them. */
const anchorsIn = (markdown: string): string[] =>
  [...markdown.matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\w\s-]/g, '')
      .replaceAll(' ', '-'),
  )

describe('the guide', it => {
  it('shows code that compiles', { timeoutMs: 120_000 }, async ({ defer }) => {
    // Inside, so that what the blocks import is found as the guide's dependencies.
    const folder = mkdtempSync(join(guide, '.blocks-'))
    defer(() => rmSync(folder, { recursive: true }))
    let blocks = 0
    for (const page of pages) {
      const place = join(folder, page)
      mkdirSync(place)
      // The contract of the first page is that of all that show none of their own.
      const own = writeReadmeFiles(`guide/${page}`, place)
      blocks += own.size
      if (own.size > 0 && !own.has('contract.ts')) {
        const whole = writeReadmeFiles('guide/contract.md', place, ['contract.ts'])
        for (const name of whole.keys()) if (name !== 'contract.ts' && !own.has(name)) rmSync(join(place, name))
        writeReadmeFiles(`guide/${page}`, place)
      }
    }
    assert.ok(blocks > 10, `${blocks} blocks`)
    const compilerOptions = { noUnusedLocals: false, moduleDetection: 'force', skipLibCheck: true }
    writeFileSync(
      join(folder, 'tsconfig.json'),
      JSON.stringify({
        extends: join(root, 'tsconfig.tests.json'),
        compilerOptions,
        include: ['**/*.ts', join(root, 'packages/*/src/**/*.d.mts')],
        references: [],
      }),
    )
    const tsc = spawn(
      process.execPath,
      [join(root, 'node_modules/typescript/bin/tsc'), '-p', '.', '--pretty', 'false'],
      {
        cwd: folder,
      },
    )
    let printed = ''
    for (const stream of [tsc.stdout, tsc.stderr]) stream.on('data', chunk => (printed += chunk))
    const code = await new Promise(done => tsc.on('close', done))
    assert.is(code, 0, printed)
  })

  it('links to pages, files and headings that are there', () => {
    for (const page of pages) {
      const text = readFileSync(join(guide, page), 'utf8')
      for (const [, target = ''] of text.matchAll(/\]\((?!https?:)([^)]+)\)/g)) {
        const [path = '', anchor] = target.split('#')
        const file = path === '' ? join(guide, page) : resolve(guide, path)
        assert.ok(existsSync(file), `${page} links to ${target}`)
        if (anchor !== undefined)
          assert.ok(anchorsIn(readFileSync(file, 'utf8')).includes(anchor), `${page} links to ${target}`)
      }
    }
  })

  it('is whole: its first page leads to each other', () => {
    const index = readFileSync(join(guide, 'README.md'), 'utf8')
    for (const page of pages) assert.ok(page === 'README.md' || index.includes(`(${page})`), page)
  })
})
