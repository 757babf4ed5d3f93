// Which test files a mutant is shown to, and in which order.

/** @typedef {ReadonlyMap<string, import('../test/graph.mjs').Imports>} ImportsOf */

/**
 * Returns the test files that may run one of the sources: those of the packages that import it, and those in which coverage can't
 * be seen. Tests with random values and of time or memory are left out, and so are those with several nodes, other engines and other
 * languages, and those with a browser unless they are wanted.
 * @param {ReadonlySet<string>} sources @param {readonly string[]} tests @param {ImportsOf} imports @param {boolean} withBrowsers
 */
export function shownMutants(sources, tests, imports, withBrowsers) {
  const homes = [...sources].map(source => source.replace(/src\/.*$/, ''))
  return tests.filter(test => {
    const own = imports.get(test)
    if (!test.startsWith('packages/') || CHANCE.test(test) || FOREIGN.test(test)) return false
    if (own?.packages.has(BROWSER) && !withBrowsers) return false
    const mayRun = !isSeen(own) && homes.some(home => test.startsWith(home))
    return mayRun || [...(own?.files ?? [])].some(file => sources.has(file))
  })
}

const BROWSER = 'playwright-core'
/** The folders of tests with several nodes, other engines and other languages, each of which takes longer than all others that run the place. */
const FOREIGN = /\/(nodes|foreign|react-native)\//
/** The names of tests that can fail by chance, or with another time or amount of memory. */
const CHANCE = /\/(differential|fuzz|soak|linear|speed|signal-memory|time-limit)\b/

/** Tells whether a source is of a page, which mostly runs in a browser. @param {string} source */
export const isForBrowsers = source => /\/src\/(page|react)\//.test(source)

/**
 * Tells whether all that a test runs can be seen: it starts no process, and bundles nothing.
 * @param {import('../test/graph.mjs').Imports | undefined} imports
 */
export const isSeen = imports =>
  imports !== undefined &&
  !['node:child_process', 'node:worker_threads', BROWSER].some(name => imports.packages.has(name)) &&
  [...imports.files].some(file => /^packages\/\w+\/src\//.test(file))

/**
 * Returns the test files in the order in which they are shown a mutant of a source: those of its package first, then those whose
 * names have words in common with its path, then the quickest.
 * @param {string} source @param {readonly string[]} tests @param {(test: string) => number} msOf
 */
export function inOrder(source, tests, msOf) {
  const home = source.replace(/\/src\/.*$/, '/')
  const wanted = wordsOf(source.slice(home.length))
  /** @param {string} test */
  const rank = test => [
    test.startsWith(home) ? 0 : 1,
    -wordsOf(test.replace(/^.*?test\//, '')).filter(word => wanted.includes(word)).length,
    msOf(test),
  ]
  const ranks = new Map(tests.map(test => [test, rank(test)]))
  return tests.toSorted((one, other) => compare(ranks.get(one) ?? [], ranks.get(other) ?? []))
}

/** Tells whether a test measures time or memory, so that it may fail by chance. @param {string} text of the test */
export const isMeasuring = text => /\b(cpuUsage|memoryUsage|heapUsed)\b|performance\.now\(\) - /.test(text)

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
