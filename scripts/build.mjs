// Builds what is packed: JavaScript by esbuild, declarations by TypeScript.
import { build } from 'esbuild'
import { spawnSync } from 'node:child_process'
import { readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { notices } from './notices.mjs'

const root = resolve(import.meta.dirname, '..')
const packages = readdirSync(join(root, 'packages')).map(name => join(root, 'packages', name))

for (const folder of packages) {
  rmSync(join(folder, 'dist'), { recursive: true, force: true })
  // With it, TypeScript would take the declarations just removed to be up to date.
  for (const name of readdirSync(folder).filter(name => name.endsWith('.tsbuildinfo'))) rmSync(join(folder, name))
}

const projects = [...packages, join(root, 'packages/core/tsconfig.testing.json')]
const tsc = spawnSync(join(root, 'node_modules/.bin/tsc'), ['-b', ...projects], { stdio: 'inherit' })
if (tsc.status !== 0) process.exit(1)

for (const folder of packages) {
  const source = join(folder, 'src')
  const files = readdirSync(source, { recursive: true }).map(String)
  await build({
    absWorkingDir: folder,
    // The page is bundled below.
    entryPoints: files
      .filter(file => file.endsWith('.ts') && !file.startsWith('page/'))
      .map(file => join(source, file)),
    outbase: source,
    outdir: join(folder, 'dist'),
    format: 'esm',
    platform: 'neutral',
    target: ['node20', 'es2022'],
    charset: 'utf8',
    sourcemap: true,
    // The sources are in the package.
    sourcesContent: false,
    logLevel: 'warning',
  })
}

// What that module bundles when it is asked stands in the package as text, so that nobody else needs a bundler.
const docs = join(root, 'packages/docs')
const bundler = join(docs, 'dist/assets.js')
const { assets } = await import(pathToFileURL(bundler).href)
const licences = await notices(docs, 'src/page/trying.entry.tsx')
const texts = `const bundled = ${JSON.stringify(assets(), null, 2)}\nexport const assets = () => bundled\n`
writeFileSync(bundler, `/*! In the page's script:\n\n${licences}\n*/\n${texts}`)
rmSync(`${bundler}.map`)
