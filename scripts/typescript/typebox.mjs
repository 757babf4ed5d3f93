// TypeBox as few files. Its modules are 250, with 900 imports, and in Node 20 each of these is a message to the thread of the hooks
// and back: more than all else that a process does before its first test.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { cache, version } from './cache.mjs'

const require = createRequire(import.meta.url)

/** @type {Map<string, string>} */
const folders = new Map()

/** Returns the URL of the bundled module for that of an entry of TypeBox, and any other URL as it is. @param {string} url */
export function bundledTypeBox(url) {
  const [, home, path] =
    /^(file:.*\/node_modules\/@sinclair\/typebox)\/(build\/esm\/(?:\w+\/)?index\.mjs)$/.exec(url) ?? []
  if (home === undefined || path === undefined) return url
  const folder = folders.get(home) ?? bundled(fileURLToPath(home))
  folders.set(home, folder)
  return pathToFileURL(join(folder, path)).href
}

/** Bundles all entries at once, since they share registries, and returns the folder. @param {string} home */
function bundled(home) {
  const { exports, version: own } = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8'))
  const folder = join(cache, `esbuild-${version}/typebox/${own}`)
  if (existsSync(folder)) return folder
  mkdirSync(dirname(folder), { recursive: true })
  const partial = mkdtempSync(`${folder}-`)
  require('esbuild').buildSync({
    absWorkingDir: home,
    // At the same paths, by which a test tells them.
    entryPoints: Object.values(exports).map(entry => entry.import.default),
    outbase: '.',
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
