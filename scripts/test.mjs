// Runs test files: `node scripts/test.mjs [OPTION]… [FILE or part of a path]…`.
// uvu ends green while broken in several ways, so a file passes only if it reports what it should have.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { testsNamed } from './test/files.mjs'
import { importsOf } from './test/graph.mjs'
import { groupsOf } from './test/groups.mjs'
import { printFile, printSum, printTimings, sumOf } from './test/print.mjs'
import { runFiles } from './test/process.mjs'
import { SETS, testsOf } from './test/sets.mjs'
import { runOnChange } from './test/watch.mjs'
import { transpileAll } from './typescript/transpile.mjs'
import { root } from './workspace.mjs'

const help = `Usage: node scripts/test.mjs [OPTION]... [FILE or part of a path]...

  --grep PATTERN  only the tests whose title, with that of their describe(), matches the regular expression
  --watch         again after each change, the files that it affects
  --inspect       one file, which waits for a debugger, without time limits
  --timings       the processor's time of each file, and the ten that cost the most
  --check         scripts/check.mjs first, which counts as one test
  --set NAME      without a path: ${SETS.join(', ')}; test by default`

/** Processes at once. */
const atOnce = 2

/** @param {string} message @returns {never} */
function stop(message) {
  console.log(`${message}\n0 passed, 1 failed`)
  process.exit(1)
}

/** @param {string} text */
function isPattern(text) {
  try {
    return new RegExp(text) instanceof RegExp
  } catch {
    return false
  }
}

function readArguments() {
  const isSwitch = /** @type {const} */ ({ type: 'boolean', default: false })
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        grep: { type: 'string' },
        watch: isSwitch,
        inspect: isSwitch,
        timings: isSwitch,
        check: isSwitch,
        set: { type: 'string', default: 'test' },
        help: isSwitch,
      },
    })
  } catch (error) {
    return stop(`${error instanceof Error ? error.message : error}\n\n${help}\n`)
  }
}

const { values: options, positionals: parts } = readArguments()
if (options.help) {
  console.log(help)
  process.exit()
}
if (options.grep !== undefined && !isPattern(options.grep))
  stop(`--grep: expected a regular expression, got '${options.grep}'.`)

if (!SETS.some(name => name === options.set)) stop(`--set: expected one of ${SETS.join(', ')}, got '${options.set}'.`)

/** Resolves to the files to run, which may be others after a change. */
const chosen = async () => (parts.length > 0 ? testsNamed(parts, stop) : testsOf(options.set))

/** Runs files and prints each as it ends. @param {readonly string[]} files @param {{ passed: number, failed: number }} [before] */
async function run(files, before = { passed: 0, failed: 0 }) {
  const imports = await importsOf(files)
  const sources = new Set([...imports.values()].flatMap(({ files }) => [...files].filter(file => /\.tsx?$/.test(file))))
  await transpileAll([...sources, 'test/group.ts'].map(file => join(root, file)))

  /** @type {import('./test/process.mjs').Result[]} */
  const results = []
  const queue = groupsOf(files, imports)
  const worker = async () => {
    for (let group = queue.shift(); group !== undefined; group = queue.shift()) {
      for (const result of await runFiles(group, { grep: options.grep, isInspected: options.inspect })) {
        results.push(result)
        const isLeftOut = options.grep !== undefined && result.tests === 0 && result.problems.length === 0
        if (!isLeftOut) printFile(result, options)
      }
    }
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
  if (results.length !== files.length) stop('Not every file was run.')

  if (options.timings) printTimings(results)
  const total = sumOf(results)
  total.passed += before.passed
  total.failed += before.failed
  if (options.grep !== undefined && total.passed + total.failed + total.skipped === 0) {
    console.log(`No test's title matches '${options.grep}'.`)
    total.failed++
  }
  printSum(total)
  process.exitCode = total.failed > 0 ? 1 : 0
}

const files = await chosen()
if (files.length === 0) stop('No test file found.')
if (options.inspect && files.length !== 1)
  stop(`--inspect: expected one file, got ${files.length}: name it by its path.`)

/** Runs scripts/check.mjs, and returns it as one test. */
function check() {
  const args = ['scripts/check.mjs', options.set === 'release' ? '--packages' : '--sources']
  const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' })
  return { passed: status === 0 ? 1 : 0, failed: status === 0 ? 0 : 1 }
}

if (options.watch) await runOnChange(chosen, run)
else await run(files, options.check ? check() : undefined)
