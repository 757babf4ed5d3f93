// The module hooks: `./name.js` is `./name.ts` where only that exists, TypeScript is loaded from the cache, and TypeBox as few files.
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { transpile } from './transpile.mjs'
import { bundledTypeBox } from './typebox.mjs'

const isOurs = (/** @type {string} */ url) => url.startsWith('file:') && !url.includes('/node_modules/')

/** Returns the URL of the TypeScript behind a relative import of JavaScript. @param {string} specifier @param {string | undefined} parent */
function sourceOf(specifier, parent) {
  if (!/^(\.|\/|file:).*\.js$/.test(specifier) || parent === undefined || !isOurs(parent)) return undefined
  const { href } = new URL(specifier, parent)
  if (existsSync(fileURLToPath(href))) return undefined
  return ['.ts', '.tsx']
    .map(extension => href.replace(/\.js$/, extension))
    .find(source => existsSync(fileURLToPath(source)))
}

/** @typedef {{ url: string, format?: string, shortCircuit?: boolean }} Resolved */

/**
 * @param {string} specifier @param {{ parentURL?: string }} context
 * @param {(specifier: string, context: object) => Resolved | Promise<Resolved>} next Node's own, which is synchronous where Node has
 * `registerHooks`.
 */
export function resolve(specifier, context, next) {
  const url = sourceOf(specifier, context.parentURL)
  if (url !== undefined) return { url, format: 'module', shortCircuit: true }
  const resolved = next(specifier, context)
  if (!specifier.includes('@sinclair/typebox')) return resolved
  const bundled = (/** @type {Resolved} */ found) => ({ ...found, url: bundledTypeBox(found.url) })
  return resolved instanceof Promise ? resolved.then(bundled) : bundled(resolved)
}

/** @param {string} url @param {object} context @param {(url: string, context: object) => object} next Node's own. */
export function load(url, context, next) {
  if (!isOurs(url) || !/\.[cm]?tsx?$/.test(url)) return next(url, context)
  const file = fileURLToPath(url)
  return { format: 'module', source: transpile(file, readFileSync(file, 'utf8')), shortCircuit: true }
}
