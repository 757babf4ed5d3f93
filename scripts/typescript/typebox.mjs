// TypeBox as few files. Its modules are 250, with 900 imports, and in Node 20 each of these is a message to the thread of the hooks
// and back: more than all else that a process does before its first test.
import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { cache, version } from './cache.mjs'

const require = createRequire(import.meta.url)

/** @type {Map<string, string>} */
const folders = new Map()

/** Returns the URL of the bundled module for that of an entry of TypeBox, and any other URL as it is. @param {string} url */
export function bundledTypeBox(url) {
  const [, home, name] =
    /^(file:.*\/node_modules\/@sinclair\/typebox)\/build\/esm\/(?:(\w+)\/)?index\.mjs$/.exec(url) ?? []
  if (home === undefined) return url
  const folder = folders.get(home) ?? bundled(fileURLToPath(home))
  folders.set(home, folder)
  return pathToFileURL(join(folder, `${name ?? 'index'}.mjs`)).href
}

/** Bundles all entries at once, since they share registries, and returns the folder. @param {string} home */
function bundled(home) {
  const { exports, version: own } = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8'))
  const folder = join(cache, `typebox-${own}-esbuild-${version}`)
  if (existsSync(folder)) return folder
  const partial = mkdtempSync(`${folder}-`)
  require('esbuild').buildSync({
    absWorkingDir: home,
    entryPoints: Object.values(exports).map(({ import: { default: file } }) => ({
      in: file,
      out: file === './build/esm/index.mjs' ? 'index' : basename(dirname(file)),
    })),
    outdir: partial,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    format: 'esm',
    target: 'node20',
    logLevel: 'error',
  })
  try {
    renameSync(partial, folder)
  } catch (error) {
    // Another process was faster.
    rmSync(partial, { recursive: true, force: true })
    if (!existsSync(folder)) throw error
  }
  return folder
}
