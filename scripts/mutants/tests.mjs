// Which test files a mutant is shown to, and in which order.
import { canShare } from '../test/groups.mjs'
import { affectedBy } from '../test/watch.mjs'

/** @typedef {ReadonlyMap<string, import('../test/graph.mjs').Imports>} ImportsOf */

/**
 * Returns the test files that reach a source: those of its package, or where it has none, those of all. Tests with a browser and
 * with random values are left out unless there are no others. First come those whose names have words in common with the path of
 * the source, then those that share a process, then those that import the fewest files.
 * @param {string} source @param {readonly string[]} tests @param {ImportsOf} imports
 */
export function testsReaching(source, tests, imports) {
  const home = source.replace(/\/src\/.*$/, '/')
  const reaching = affectedBy(source, tests, imports)
  const own = unlessEmpty(reaching, test => test.startsWith(home))
  const quick = unlessEmpty(own, test => !isSlow(test, imports))
  const wanted = wordsOf(source.slice(home.length))
  /** @param {string} test */
  const rank = test => [
    -wordsOf(test.replace(/^.*?test\//, '')).filter(word => wanted.includes(word)).length,
    canShare(imports.get(test)) ? 0 : 1,
    imports.get(test)?.files.size ?? 0,
  ]
  const ranks = new Map(quick.map(test => [test, rank(test)]))
  return quick.toSorted((one, other) => compare(ranks.get(one) ?? [], ranks.get(other) ?? []))
}

/** Filters, but never to nothing. @param {readonly string[]} tests @param {(test: string) => boolean} isWanted */
function unlessEmpty(tests, isWanted) {
  const wanted = tests.filter(isWanted)
  return wanted.length > 0 ? wanted : tests
}

/** @param {string} test @param {ImportsOf} imports */
const isSlow = (test, imports) =>
  /\/(fuzz|soak)\b/.test(test) || imports.get(test)?.packages.has('playwright-core') === true

/** The first letters of each word: `limiter` and `limits` are one. @param {string} path */
const wordsOf = path => [
  ...new Set(
    path
      .split(/[^a-z0-9]+/)
      .filter(word => word.length > 3 && word !== 'test')
      .map(word => word.slice(0, 4)),
  ),
]

/** @param {readonly number[]} one @param {readonly number[]} other */
function compare(one, other) {
  const at = one.findIndex((value, index) => value !== other[index])
  return at < 0 ? 0 : (one[at] ?? 0) - (other[at] ?? 0)
}
