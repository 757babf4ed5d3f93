import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import * as assert from 'uvu/assert'
import { describe } from './harness.js'
import { cycleIn, importsOf, layerOf, layersIn, type ImportGraph } from './layers.js'

const root = resolve(import.meta.dirname, '..')
const layers = layersIn(readFileSync(join(root, 'ARCHITECTURE.md'), 'utf8'))
/** TypeScript is loaded and hundreds of files are parsed. */
const timeoutMs = 120_000

let walked: Promise<ImportGraph> | undefined
/** Walks the sources once for all tests. */
const graphOfSources = (): Promise<ImportGraph> =>
  (walked ??= importsOf(
    root,
    ['core', 'client', 'docs', 'cli'].map(name => `packages/${name}/src`),
  ))

describe('the sources of the packages', it => {
  it('import files that exist, and are walked whole', { timeoutMs }, async () => {
    const graph = await graphOfSources()
    assert.equal(graph.unresolved, [])
    // A resolver that sees `./x.js` and not `x.ts` would find a file or two, and no cycle.
    assert.ok(graph.imports.length > 2 * graph.files.length, `${graph.imports.length} imports`)
    assert.ok(graph.imports.some(({ to }) => to.endsWith('.tsx')))
  })

  it('have no cycle of files, type imports included', { timeoutMs }, async () => {
    const graph = await graphOfSources()
    assert.is(cycleIn(graph.imports)?.join(' → '), undefined)
  })

  it(
    'stand in ARCHITECTURE.md, each in one line, and each line stands for a file or folder that exists',
    { timeoutMs },
    async () => {
      const graph = await graphOfSources()
      assert.ok(layers.length > 40)
      assert.equal(
        graph.files.filter(file => layerOf(layers, file) === -1),
        [],
      )
      const used = new Set(graph.files.map(file => layerOf(layers, file)))
      assert.equal(
        layers.filter(
          (layer, index) => !used.has(index) || !existsSync(join(root, layer.path)) || layer.description === '',
        ),
        [],
      )
      assert.is(new Set(layers.map(({ path }) => path)).size, layers.length)
    },
  )

  it('import only from their own line of ARCHITECTURE.md or from one below it', { timeoutMs }, async () => {
    const graph = await graphOfSources()
    assert.equal(
      graph.imports
        .filter(({ from, to }) => layerOf(layers, from) > layerOf(layers, to))
        .map(({ from, to }) => `${from} imports ${to}, which stands above it`),
      [],
    )
  })
})

describe('the walk', it => {
  const cases: Record<string, Record<string, string>> = {
    'through .tsx files': { 'a.ts': "import { b } from './b.js'", 'b.tsx': "import { a } from './a.js'" },
    'of types alone': { 'a.ts': "import type { B } from './b.js'", 'b.ts': "import type { A } from './a.js'" },
    'through a re-export': { 'a.ts': "export { b } from './b.js'", 'b.ts': "export type { A } from './a.js'" },
    'of type queries': { 'a.ts': "export type A = import('./b.js').B", 'b.ts': "import { a } from './a.js'" },
  }
  for (const [name, files] of Object.entries(cases)) {
    it(`finds a cycle ${name}`, { timeoutMs }, async ({ defer }) => {
      const folder = mkdtempSync(join(tmpdir(), 'ackwire-layers-'))
      defer(() => rmSync(folder, { recursive: true }))
      for (const [file, text] of Object.entries(files)) {
        mkdirSync(join(folder, 'src', dirname(file)), { recursive: true })
        writeFileSync(join(folder, 'src', file), text)
      }
      const { imports, unresolved } = await importsOf(folder, ['src'])
      assert.equal(unresolved, [])
      assert.is(cycleIn(imports)?.length, 3)
    })
  }

  it('finds an import that points up, and a file without a line', () => {
    const two = layersIn('```text\npackages/a/src\n  top.ts   the entry\n  below/   the rest\n```\n')
    assert.equal(two, [
      { path: 'packages/a/src/top.ts', description: 'the entry' },
      { path: 'packages/a/src/below', description: 'the rest' },
    ])
    assert.is(layerOf(two, 'packages/a/src/top.ts'), 0)
    assert.is(layerOf(two, 'packages/a/src/below/x.ts'), 1)
    assert.is(layerOf(two, 'packages/a/src/below/deeper/x.ts'), -1)
    assert.is(layerOf(two, 'packages/a/src/other.ts'), -1)
  })
})
