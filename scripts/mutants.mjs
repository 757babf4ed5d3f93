// Measures whether the tests bite: it changes one place of a source at a time, in a copy of the workspace, and a test has to fail.
import { parseArgs } from 'node:util'
import { equivalents, isSame, mutationsOf, sourcesNamed } from './mutants/mutations.mjs'
import { sampleOf } from './mutants/sample.mjs'
import { openTrial } from './mutants/trial.mjs'

const help = `Usage: npm run mutants -- [OPTION]...

  --sample N   so many mutants, at random; 100 by default
  --seed N     the same sample again, of the same sources
  --path PART  only the sources whose path contains PART
  --min N      fails if fewer than N percent are killed
  --limit N    seconds that a test file may take; a mutant with which it takes longer is killed; 60 by default`

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
        limit: { ...text, default: '60' },
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
const sample = sampleOf(wanted, size, seed)
console.log(
  `${sample.length} of ${wanted.length} mutants of ${sources.length} files, without ${all.length - wanted.length} equivalent; seed ${seed}\n`,
)

/** @param {string} text */
const onOneLine = text => text.replace(/\s+/g, ' ').replace(/^(.{80}).+$/, '$1…')
/** @param {import('./mutants/mutations.mjs').Mutation} mutation */
const described = ({ file, line, column, kind, original, replacement }) =>
  `${file}:${line}:${column}  ${kind}  ${onOneLine(original)} → ${onOneLine(replacement)}`

const attempt = await openTrial(limit * 1000)
/** @type {{ mutation: import('./mutants/mutations.mjs').Mutation, outcome: string }[]} */
const results = []
for (const mutation of sample) {
  const result = await attempt(mutation).catch(error => stop(`${described(mutation)}\n${error.message}`))
  results.push({ mutation, outcome: result.outcome })
  const detail =
    result.outcome === 'killed'
      ? `  by ${result.by}`
      : result.outcome === 'survived'
        ? `  ${result.tests} test files`
        : ''
  console.log(`${result.outcome.padEnd(13)} ${described(mutation)}${detail}`)
}

const count = (/** @type {string} */ outcome, folder = '') =>
  results.filter(result => result.outcome === outcome && result.mutation.file.startsWith(folder)).length
const percentOf = (folder = '') => {
  const [killed, survived] = [count('killed', folder), count('survived', folder)]
  return { killed, tried: killed + survived, percent: (100 * killed) / (killed + survived) }
}
console.log()
for (const folder of new Set(results.map(({ mutation }) => mutation.file.replace(/src\/.*$/, '')))) {
  const { killed, tried, percent } = percentOf(folder)
  const share = tried > 0 ? `, ${percent.toFixed(1)} %` : ''
  console.log(
    `${folder.slice(0, -1)}: ${killed} of ${tried} killed${share}; ${count('not compiled', folder)} not compiled`,
  )
}
console.log(`seed ${seed}; ${count('survived')} survived`)
for (const { mutation, outcome } of results) if (outcome === 'survived') console.log(`  ${described(mutation)}`)
const { tried, percent } = percentOf()
if (tried > 0 && percent < min) stop(`Expected ${min} % to be killed, got ${percent.toFixed(1)} %.`)
