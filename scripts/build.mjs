// Builds what is packed: JavaScript by esbuild, declarations by TypeScript.
import { build } from 'esbuild'
import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { bundledPackages } from './bundled.mjs'
import { commonJs } from './commonjs.mjs'
import { notices } from './notices.mjs'
import { sbom } from './sbom.mjs'
import { typeBoxForNode, typeBoxFromCore } from './typebox.mjs'
import { published, root } from './workspace.mjs'

const packages = published.map(folder => join(root, folder))

for (const folder of packages) {
  rmSync(join(folder, 'dist'), { recursive: true, force: true })
  // With it, TypeScript would take the declarations just removed to be up to date.
  for (const name of readdirSync(folder).filter(name => name.endsWith('.tsbuildinfo'))) rmSync(join(folder, name))
}

const projects = [...packages, join(root, 'packages/core/tsconfig.testing.json')]
const tsc = spawnSync(join(root, 'node_modules/.bin/tsc'), ['-b', ...projects], { stdio: 'inherit' })
if (tsc.status !== 0) process.exit(1)

/**
 * The page's scripts stand in the package as text, so that nobody else needs a bundler.
 * @param {string} folder @param {(files: readonly string[]) => string} bundle Notes what is bundled, and returns its notices.
 * @returns {import('esbuild').Plugin}
 */
const pageAsText = (folder, bundle) => ({
  name: 'page as text',
  setup({ onLoad }) {
    onLoad({ filter: /docs\/src\/site\/assets\.ts$/ }, async ({ path }) => {
      const bundler = join(folder, 'dist/site/assets.mjs')
      await build({ entryPoints: [path], outfile: bundler, format: 'esm' })
      const { assets } = await import(pathToFileURL(bundler).href)
      rmSync(bundler)
      const bundled = JSON.stringify(assets(), null, 2)
      const { metafile } = await build({
        absWorkingDir: folder,
        entryPoints: ['src/page/reading.entry.tsx', 'src/page/trying.entry.tsx', 'src/page/style/page.css'],
        outdir: 'out',
        bundle: true,
        write: false,
        metafile: true,
        conditions: ['ackwire-source'],
        tsconfigRaw: { compilerOptions: { jsx: 'react-jsx', jsxImportSource: 'preact' } },
        logLevel: 'error',
      })
      const files = Object.values(metafile.outputs).flatMap(usedIn)
      return { contents: `${bundle(files)}const bundled = ${bundled}\nexport const assets = () => bundled` }
    })
  },
})

/**
 * Of the formats only their patterns are bundled: the package loads tables of a quarter of a megabyte, which nobody asks.
 * @type {import('esbuild').Plugin}
 */
const formatsWithoutTables = {
  name: 'formats without tables',
  setup({ onResolve }) {
    onResolve({ filter: /^(@hyperjump\/|idn-hostname$)/ }, ({ path, importer }) => ({
      path: createRequire(importer).resolve(path),
      sideEffects: false,
    }))
  },
}

/** The files that an output has something of. @param {import('esbuild').Metafile['outputs'][string]} output */
const usedIn = ({ inputs }) => Object.keys(inputs).filter(input => (inputs[input]?.bytesInOutput ?? 0) > 0)

/** The options that all builds have in common. @param {string} folder */
const options = folder => ({
  absWorkingDir: folder,
  bundle: true,
  splitting: true,
  metafile: /** @type {const} */ (true),
  format: /** @type {const} */ ('esm'),
  target: ['node20', 'es2022'],
  charset: /** @type {const} */ ('utf8'),
  sourcemap: true,
  // The sources are in the package.
  sourcesContent: false,
  legalComments: /** @type {const} */ ('inline'),
  logLevel: /** @type {const} */ ('warning'),
})

for (const folder of packages) {
  /** @type {string[]} */
  const bundled = []
  const bundle = (/** @type {readonly string[]} */ files) => {
    bundled.push(...files)
    return notices(bundledPackages(folder, files))
  }
  const { exports = {}, bin = {} } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  const entries = Object.values(exports).filter(entry => entry.default !== undefined)
  // An entry may have another build for Node.
  const forNode = entries.flatMap(({ node }) => node?.default ?? [])
  const built = [...entries.map(entry => entry.default), ...forNode, ...Object.values(bin)]
  // Few files, since a server that starts waits for each.
  const own = await build({
    ...options(folder),
    entryPoints: built.map(file => file.replace('/dist/', '/src/').replace(/\.js$/, '.ts')),
    outbase: 'src',
    outdir: 'dist',
    packages: 'external',
    platform: 'neutral',
    plugins: [pageAsText(folder, bundle), typeBoxFromCore, formatsWithoutTables],
  })
  const outputs = { ...own.metafile.outputs }
  if ('./typebox' in exports) {
    const { metafile } = await build({ ...options(folder), ...typeBoxForNode(folder) })
    Object.assign(outputs, metafile.outputs)
  }
  for (const [file, output] of Object.entries(outputs)) {
    const path = join(folder, file)
    const text = readFileSync(path, 'utf8')
    if (file.endsWith('.map')) writeFileSync(path, withOthers(path, JSON.parse(text)))
    else {
      // Of a chunk that a file has nothing from: a user's bundler would warn of it. The empty lines keep the source map right.
      writeFileSync(path, text.replaceAll(/^import "\.[^"]+";$/gm, '') + bundle(usedIn(output)))
    }
  }
  // Nothing can be imported from the command.
  if (entries.length > 0) {
    for (const file of (await commonJs(folder, outputs)).filter(file => file.endsWith('.map'))) {
      const path = join(folder, file)
      writeFileSync(path, withOthers(path, JSON.parse(readFileSync(path, 'utf8'))))
    }
  }
  writeFileSync(join(folder, 'dist/sbom.cdx.json'), sbom(folder, bundledPackages(folder, bundled)))
}

/**
 * A source map, with the text of the sources that are not in the package.
 * @param {string} path @param {{ sources: string[] }} map
 */
function withOthers(path, map) {
  const isOther = (/** @type {string} */ source) => source.includes('node_modules')
  const textOf = (/** @type {string} */ source) => readFileSync(resolve(path, '..', source), 'utf8')
  return JSON.stringify({
    ...map,
    sourcesContent: map.sources.map(source => (isOther(source) ? textOf(source) : null)),
  })
}
