// TypeScript to JavaScript, by esbuild, kept on the disk by what it is made of.
import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { cache, version } from './cache.mjs'

/** More than one state of the workspace: then the cache is begun anew. */
const mostFiles = 10_000

const require = createRequire(import.meta.url)

/** @param {string} file @returns {import('esbuild').TransformOptions} */
const optionsFor = file => ({
  sourcefile: file,
  loader: file.endsWith('x') ? 'tsx' : 'ts',
  format: 'esm',
  target: 'node20',
  charset: 'utf8',
  sourcemap: 'inline',
  sourcesContent: false,
  tsconfigRaw: { compilerOptions: { verbatimModuleSyntax: true, jsx: 'react-jsx' } },
})

/** Returns where the JavaScript of a source is kept. @param {string} file @param {string} source */
function placeOf(file, source) {
  const of = JSON.stringify([version, optionsFor(file), source])
  return join(cache, `${createHash('sha256').update(of).digest('hex')}.js`)
}

/** Returns what is kept, if it is. @param {string} place */
function kept(place) {
  try {
    return readFileSync(place, 'utf8')
  } catch {
    return undefined
  }
}

/** Keeps a text. Another process may do the same, and none may read half of it. @param {string} place @param {string} code */
function keep(place, code) {
  const partial = `${place}.${process.pid}`
  mkdirSync(dirname(place), { recursive: true })
  writeFileSync(partial, code)
  renameSync(partial, place)
}

/** Returns the JavaScript of a source, from the cache if it is there. @param {string} file @param {string} source */
export function transpile(file, source) {
  const place = placeOf(file, source)
  const known = kept(place)
  if (known !== undefined) return known
  const { code } = require('esbuild').transformSync(source, optionsFor(file))
  keep(place, code)
  return code
}

/** Fills the cache, with one esbuild for all: alone, each file that is missing starts one. @param {readonly string[]} files */
export async function transpileAll(files) {
  mkdirSync(cache, { recursive: true })
  if (readdirSync(cache).length > mostFiles) rmSync(cache, { recursive: true, force: true })
  await Promise.all(
    files.map(async file => {
      const source = readFileSync(file, 'utf8')
      const place = placeOf(file, source)
      if (kept(place) !== undefined) return
      // A mistake is told by the process that imports the file.
      const made = await require('esbuild')
        .transform(source, optionsFor(file))
        .catch(() => undefined)
      if (made !== undefined) keep(place, made.code)
    }),
  )
}
