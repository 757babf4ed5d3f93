import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { join, resolve } from 'node:path'
import * as assert from 'uvu/assert'
import { describe } from '../../test/harness.js'
import { writeReadmeFiles } from '../../test/readme.js'
import { sources } from '../../test/sources.js'
import { compile } from './compile.js'

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
  it('shows code that compiles', { timeoutMs: 120_000 }, async ({ defer }) => {
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

  it('shows a production server whose page is protected', { timeoutMs: 60_000 }, async ({ defer }) => {
    const folder = mkdtempSync(join(guide, '.blocks-'))
    defer(() => rmSync(folder, { recursive: true }))
    writeReadmeFiles('guide/contract.md', folder, ['contract.ts'])
    writeReadmeFiles('guide/deployment.md', folder, ['production.ts'])
    const free = createServer().listen(0)
    await once(free, 'listening')
    const { port } = free.address() as AddressInfo
    await new Promise(done => free.close(done))
    const args = [...sources, 'production.ts']
    const server = spawn(process.execPath, args, { cwd: folder, env: { ...process.env, PORT: String(port) } })
    const ended = once(server, 'exit')
    defer(() => (server.kill(), ended))
    const statusOf = async (path: string): Promise<number> => {
      for (;;) {
        const response = await fetch(`http://localhost:${port}${path}`).catch(() => undefined)
        if (response !== undefined) return response.status
        if (server.exitCode !== null) throw new Error(`ended with ${server.exitCode}`)
        await new Promise(resume => setTimeout(resume, 50))
      }
    }
    for (const path of ['/docs', '/docs/', '/docs/asyncapi.yaml', '/docs/page.js'])
      assert.is(await statusOf(path), 403, path)
    assert.is(await statusOf('/socket.io/?EIO=4&transport=polling'), 200)
  })

  it('links only to existing pages, files and headings', () => {
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

  it('has a first page that links to every other page', () => {
    const index = readFileSync(join(guide, 'README.md'), 'utf8')
    for (const page of pages) assert.ok(page === 'README.md' || index.includes(`(${page})`), page)
  })
})
