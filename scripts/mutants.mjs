// Measures whether the tests bite: it changes one place of a source at a time, in a copy of the workspace, and a test has to fail.
import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'
import { openCompiler } from './mutants/compile.mjs'
import { equivalents, isSame, mutationsOf, sourcesNamed } from './mutants/mutations.mjs'
import { shuffled } from './mutants/sample.mjs'
import { eachOf, openTrials } from './mutants/trial.mjs'

const help = `Usage: npm run mutants -- [OPTION]...

  --sample N   so many mutants that compile, at random; 100 by default
  --seed N     the same sample again, of the same sources
  --path PART  only the sources whose path contains PART
  --min N      fails if fewer than N percent are killed
  --browsers   uses the tests with a browser, too; else mutants that only these can run are left out
  --jobs N     mutants tried at once; as many as the processor has cores, and 4 at most, by default

A test file that takes much longer with a mutant than without counts as failed. Tests with random values and those of time or
memory, which may fail by chance, are not used, nor those with several nodes, other engines and other languages, which are slow.`

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
        jobs: { ...text, default: String(Math.min(4, availableParallelism())) },
        browsers: { type: 'boolean', default: false },
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
/** @param {'sample' | 'seed' | 'min' | 'jobs'} name */
function numberOf(name) {
  return /^\d+$/.test(options[name])
    ? Number(options[name])
    : stop(`--${name}: expected a whole number, got '${options[name]}'.`)
}
const [size, seed, min, jobs] = [numberOf('sample'), numberOf('seed'), numberOf('min'), numberOf('jobs')]
if (jobs === 0) stop('--jobs: expected at least 1.')

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

const compiling = openCompiler()
/** @type {import('./mutants/mutations.mjs').Mutation[]} */
const sample = []
let compiled = 0
const order = shuffled(wanted, seed)
while (sample.length < size && compiled < order.length) {
  // About two of three compile, and one run of the compiler takes many at a time.
  const next = order.slice(compiled, compiled + Math.ceil(1.6 * (size - sample.length)))
  const good = compiling(next).slice(0, size - sample.length)
  sample.push(...good)
  const last = sample.length === size ? good.at(-1) : undefined
  compiled += last === undefined ? next.length : next.indexOf(last) + 1
  console.log(`${sample.length} of ${compiled} mutants compile`)
}

/** @type {{ mutation: import('./mutants/mutations.mjs').Mutation, isKilled: boolean, isLate: boolean, isReached: boolean }[]} */
const results = []
let leftOut = 0
const percentOf = (folder = '') => {
  const tried = results.filter(({ mutation }) => mutation.file.startsWith(folder))
  const killed = tried.filter(({ isKilled }) => isKilled).length
  return { killed, tried: tried.length, percent: (100 * killed) / tried.length }
}

/** Prints the figures, also of a run that is ended. */
function printFigures() {
  console.log()
  for (const folder of new Set(results.map(({ mutation }) => mutation.file.replace(/\/src\/.*$/, '')))) {
    const { killed, tried, percent } = percentOf(`${folder}/`)
    console.log(`${folder}: ${killed} of ${tried} killed, ${percent.toFixed(1)} %`)
  }
  const { killed, tried, percent } = percentOf()
  console.log(
    `${killed} of ${tried} killed, ${percent.toFixed(1)} %; seed ${seed}; ${compiled - sample.length} others did not compile`,
  )
  const late = results.filter(({ isLate }) => isLate).length
  const unreached = results.filter(({ isKilled, isReached }) => !isKilled && !isReached).length
  console.log(
    `${late} of the killed by the time limit of a test; ${unreached} of the surviving in a place that no test runs`,
  )
  if (leftOut > 0) console.log(`${leftOut} others are run only by tests with a browser: --browsers tries them`)
  for (const { mutation, isKilled } of results) if (!isKilled) console.log(`  ${described(mutation)}`)
}
process.on('exit', () => {
  if (results.length + leftOut > 0) printFigures()
})

const attempt = await openTrials(sample, { jobs, withBrowsers: options.browsers })
await eachOf(jobs, sample, async (mutation, worker) => {
  const result = await attempt(mutation, worker).catch(error => stop(`${described(mutation)}\n${error.stack}`))
  if (result.outcome === 'left out') return void leftOut++
  const isKilled = result.outcome === 'killed'
  const isReached = isKilled || result.isReached
  results.push({ mutation, isKilled, isLate: isKilled && result.isLate, isReached })
  const told = isKilled ? `by ${result.by}${result.isLate ? ', at its time limit' : ''}` : `${result.tests} test files`
  const { killed, tried } = percentOf()
  console.log(`${killed} of ${tried}  ${result.outcome.padEnd(8)}  ${described(mutation)}  ${told}`)
})
const { tried, percent } = percentOf()
if (tried > 0 && percent < min) {
  console.error(`Expected ${min} % to be killed, got ${percent.toFixed(1)} %.`)
  process.exitCode = 1
}
