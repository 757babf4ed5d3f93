// Measures whether the tests bite: it changes one place of a source at a time, in a copy of the workspace, and a test has to fail.
import { parseArgs } from 'node:util'
import { equivalents, isSame, mutationsOf, sourcesNamed } from './mutants/mutations.mjs'
import { shuffled } from './mutants/sample.mjs'
import { openTrial } from './mutants/trial.mjs'

const help = `Usage: npm run mutants -- [OPTION]...

  --sample N   so many mutants that compile, at random; 100 by default
  --seed N     the same sample again, of the same sources
  --path PART  only the sources whose path contains PART
  --min N      fails if fewer than N percent are killed
  --limit N    seconds that a test file may take; a mutant with which it takes longer is killed; 120 by default`

/** @param {string} message @returns {never} */
function stop(message) {
  console.error(message)
  process.exit(1)
}

function readArguments() {
  const text = /** @type {const} */ ({ type: 'string' })
  try {
    return parseArgs({
      options: {
        sample: { ...text, default: '100' },
        seed: { ...text, default: String(Math.floor(Math.random() * 1e9)) },
        path: { ...text, default: '' },
        min: { ...text, default: '0' },
        limit: { ...text, default: '120' },
        help: { type: 'boolean', default: false },
      },
    }).values
  } catch (error) {
    return stop(`${error instanceof Error ? error.message : error}\n\n${help}`)
  }
}

const options = readArguments()
if (options.help) {
  console.log(help)
  process.exit()
}
/** @param {'sample' | 'seed' | 'min' | 'limit'} name */
function numberOf(name) {
  return /^\d+$/.test(options[name])
    ? Number(options[name])
    : stop(`--${name}: expected a whole number, got '${options[name]}'.`)
}
const [size, seed, min, limit] = [numberOf('sample'), numberOf('seed'), numberOf('min'), numberOf('limit')]

const sources = sourcesNamed(options.path)
if (sources.length === 0) stop(`--path: no source of a package contains '${options.path}' in its path.`)
const all = await mutationsOf(sources)
const listed = equivalents().filter(({ file }) => sources.includes(file))
for (const entry of listed)
  if (!all.some(mutation => isSame(mutation, entry)))
    stop(
      `scripts/mutants/equivalent.json: ${entry.file} has no mutant '${entry.original}' → '${entry.replacement}'; remove the entry.`,
    )
const wanted = all.filter(mutation => !listed.some(entry => isSame(mutation, entry)))
console.log(
  `${wanted.length} mutants of ${sources.length} files, without ${all.length - wanted.length} equivalent; seed ${seed}\n`,
)

/** @param {string} text */
const onOneLine = text => text.replace(/\s+/g, ' ').replace(/^(.{80}).+$/, '$1…')
/** @param {import('./mutants/mutations.mjs').Mutation} mutation */
const described = ({ file, line, column, kind, original, replacement }) =>
  `${file}:${line}:${column}  ${kind}  ${onOneLine(original)} → ${onOneLine(replacement)}`

const attempt = await openTrial(limit * 1000)
/** @type {{ mutation: import('./mutants/mutations.mjs').Mutation, isKilled: boolean }[]} */
const results = []
let uncompiled = 0
for (const mutation of shuffled(wanted, seed)) {
  if (results.length === size) break
  const result = await attempt(mutation).catch(error => stop(`${described(mutation)}\n${error.message}`))
  if (result.outcome === 'not compiled') uncompiled++
  else {
    const isKilled = result.outcome === 'killed'
    results.push({ mutation, isKilled })
    const told = isKilled ? `by ${result.by}` : `${result.tests} test files`
    console.log(`${result.outcome.padEnd(8)}  ${described(mutation)}  ${told}`)
  }
}

const percentOf = (folder = '') => {
  const tried = results.filter(({ mutation }) => mutation.file.startsWith(folder))
  const killed = tried.filter(({ isKilled }) => isKilled).length
  return { killed, tried: tried.length, percent: (100 * killed) / tried.length }
}
console.log()
for (const folder of new Set(results.map(({ mutation }) => mutation.file.replace(/\/src\/.*$/, '')))) {
  const { killed, tried, percent } = percentOf(`${folder}/`)
  console.log(`${folder}: ${killed} of ${tried} killed, ${percent.toFixed(1)} %`)
}
const survivors = results.filter(({ isKilled }) => !isKilled)
console.log(`seed ${seed}; ${uncompiled} others did not compile; ${survivors.length} survived`)
for (const { mutation } of survivors) console.log(`  ${described(mutation)}`)
const { tried, percent } = percentOf()
if (tried > 0 && percent < min) stop(`Expected ${min} % to be killed, got ${percent.toFixed(1)} %.`)
