// The module hooks: `./name.js` is `./name.ts` where only that exists, and TypeScript is loaded from the cache.
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { transpile } from './transpile.mjs'

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

/**
 * @param {string} specifier @param {{ parentURL?: string }} context
 * @param {(specifier: string, context: object) => object} next Node's own.
 */
export function resolve(specifier, context, next) {
  const url = sourceOf(specifier, context.parentURL)
  return url === undefined ? next(specifier, context) : { url, format: 'module', shortCircuit: true }
}

/** @param {string} url @param {object} context @param {(url: string, context: object) => object} next Node's own. */
export function load(url, context, next) {
  if (!isOurs(url) || !/\.[cm]?tsx?$/.test(url)) return next(url, context)
  const file = fileURLToPath(url)
  return { format: 'module', source: transpile(file, readFileSync(file, 'utf8')), shortCircuit: true }
}
