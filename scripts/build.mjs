// Builds what is packed: JavaScript by esbuild, declarations by TypeScript.
import { build } from 'esbuild'
import { spawnSync } from 'node:child_process'
import { readdirSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'

const root = resolve(import.meta.dirname, '..')
const packages = readdirSync(join(root, 'packages')).map(name => join(root, 'packages', name))

for (const folder of packages) {
  rmSync(join(folder, 'dist'), { recursive: true, force: true })
  // With it, TypeScript would take the declarations just removed to be up to date.
  rmSync(join(folder, 'tsconfig.tsbuildinfo'), { force: true })
}

const tsc = spawnSync(join(root, 'node_modules/.bin/tsc'), ['-b', ...packages], { stdio: 'inherit' })
if (tsc.status !== 0) process.exit(1)

for (const folder of packages) {
  const source = join(folder, 'src')
  const files = readdirSync(source, { recursive: true }).map(String)
  await build({
    absWorkingDir: folder,
    entryPoints: files.filter(file => file.endsWith('.ts')).map(file => join(source, file)),
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
