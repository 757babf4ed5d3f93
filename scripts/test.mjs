// Runs test files, each in its own process: `node scripts/test.mjs [--check] [FILE or part of a path]…`.
// With --check, scripts/check.mjs goes first and counts as one test.
// uvu ends green while broken in several ways, so a file passes only if it reports what it should have.
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { createInterface } from 'node:readline'

/**
 * What a file's process reports line by line: see test/harness.ts.
 * @typedef {{ type: 'suite', tests: number } | { type: 'step', what: string, limitMs: number } | { type: 'skip' }
 *   | { type: 'print', text: string }
 *   | { type: 'end', passed: boolean } | { type: 'trouble', message: string } | { type: 'done', limitMs: number }} Report
 */

/**
 * `problems` are what belongs to no test.
 * @typedef {{ file: string, tests: number, passed: number, skipped: number, problems: string[], printed: string, output: string, ms: number }} Result
 */

const root = resolve(import.meta.dirname, '..')
const filesAtOnce = 2
const loadLimitMs = 30_000
/** What a process may take longer than its own limits before it counts as blocked. */
const graceMs = 5_000
const underCI = process.env['CI'] === 'true'

/** The process groups to end with this process. @type {Set<number>} */
const running = new Set()

/** @param {number} pid */
const killGroup = pid => {
  try {
    process.kill(-pid, 'SIGKILL')
  } catch {
    // The group has ended already.
  }
}
process.on('exit', () => running.forEach(killGroup))
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(1))

/** Every `*.test.ts` below a `test` folder, the workspace's own (the slowest) first. */
function allTestFiles() {
  const within = (/** @type {string} */ parent) => readdirSync(join(root, parent)).map(name => join(parent, name))
  return [
    'test',
    ...[...within('packages'), ...within('examples'), 'bench', 'guide'].map(folder => join(folder, 'test')),
  ]
    .filter(folder => existsSync(join(root, folder)))
    .flatMap(folder => readdirSync(join(root, folder), { recursive: true }).map(name => join(folder, String(name))))
    .filter(file => file.endsWith('.test.ts') && !file.includes('node_modules'))
}

/** An argument is a file, or a part of the paths wanted. @param {string[]} args */
function chosenFiles(args) {
  const all = allTestFiles()
  if (args.length === 0) return all
  const chosen = args.flatMap(arg => {
    const path = resolve(root, arg)
    if (existsSync(path) && statSync(path).isFile()) return [relative(root, path)]
    const found = all.filter(file => file.includes(arg))
    return found.length > 0 ? found : stop(`No test file matches '${arg}'.`)
  })
  return [...new Set(chosen)]
}

/** @param {string} message @returns {never} */
function stop(message) {
  console.log(`${message}\n0 passed, 1 failed`)
  process.exit(1)
}

/** @param {string} file @returns {Promise<Result>} */
async function runFile(file) {
  /** @type {Result} */
  const result = { file, tests: 0, passed: 0, skipped: 0, problems: [], printed: '', output: '', ms: 0 }
  const { problems } = result
  if (/(from|import|require)\s*\(?\s*['"]uvu['"]/.test(readFileSync(join(root, file), 'utf8'))) {
    problems.push("imports uvu itself: use describe() of test/harness.ts, which can't end green while broken")
    return result
  }

  const started = performance.now()
  const colors = process.stdout.isTTY && process.env['NO_COLOR'] === undefined ? { FORCE_COLOR: '1' } : {}
  const child = spawn(process.execPath, ['--conditions=ackwire-source', '--import', 'tsx', join(root, file)], {
    cwd: root,
    env: { ...process.env, ...colors, ACKWIRE_REPORT_FD: '3' },
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    detached: true,
  })
  const pid = child.pid ?? stop(`Node could not be started for ${file}.`)
  running.add(pid)

  let done = false
  /** @type {NodeJS.Timeout | undefined} */
  let watchdog
  const expectSignWithin = (/** @type {number} */ limitMs, /** @type {string} */ what) => {
    clearTimeout(watchdog)
    watchdog = setTimeout(() => {
      problems.push(`killed: ${what} blocked the process for more than ${limitMs} ms`)
      killGroup(pid)
    }, limitMs + graceMs)
  }
  expectSignWithin(loadLimitMs, 'loading the file')

  const reports = createInterface({ input: /** @type {import('node:stream').Readable} */ (child.stdio[3]) })
  reports.on('line', line => {
    /** @type {Report} */
    const report = JSON.parse(line)
    if (report.type === 'suite') result.tests += report.tests
    else if (report.type === 'skip') result.skipped++
    else if (report.type === 'print') result.printed += `${report.text}\n`
    else if (report.type === 'end') result.passed += report.passed ? 1 : 0
    else if (report.type === 'trouble') problems.push(report.message.split('\n')[0] ?? '')
    else if (report.type === 'step') expectSignWithin(report.limitMs, report.what)
    else if (report.type === 'done') {
      done = true
      expectSignWithin(report.limitMs, 'what followed the last test')
    }
  })
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', chunk => (result.output += chunk))
  const reported = new Promise(resolve => reports.on('close', resolve))
  // Processes that the file left behind hold its pipes open, and 'close' would never come.
  child.on('exit', () => killGroup(pid))
  const code = await new Promise(resolve => child.on('close', resolve))
  await reported
  clearTimeout(watchdog)
  running.delete(pid)

  result.ms = performance.now() - started
  if (problems.length === 0) problems.push(...unexplained(result, done, code))
  if (result.skipped > 0 && underCI) problems.push('skipped tests, which CI=true forbids')
  return result
}

/** @param {Result} result @param {boolean} done @param {number | null} code */
function unexplained({ tests, passed, skipped }, done, code) {
  if (tests === 0) return ['ran no describe() of test/harness.ts']
  if (tests > skipped && !done) return ['ended before its last test']
  if (tests === passed + skipped && code !== 0) return [`ended with code ${code} although its tests passed`]
  return []
}

/** @param {Result} result */
function print({ file, tests, passed, skipped, problems, printed, output, ms }) {
  const good = problems.length === 0 && passed + skipped === tests
  const counts = `${passed}/${tests}${skipped > 0 ? `, ${skipped} skipped` : ''}`
  console.log(`${good ? 'ok    ' : 'FAILED'}  ${file}  ${counts}  ${(ms / 1000).toFixed(1)} s`)
  for (const problem of problems) console.log(`        ${problem}`)
  if (printed !== '') console.log(printed.trimEnd().replace(/^/gm, '        '))
  const lines = output.split('\n').filter(line => !good || line.startsWith('skipped: '))
  for (const line of lines) console.log(`        ${line}`)
}

const total = { passed: 0, failed: 0, skipped: 0 }
const args = process.argv.slice(2)
const files = chosenFiles(args.filter(arg => arg !== '--check'))
if (files.length === 0) stop('No test file found.')

if (args.includes('--check')) {
  const { status } = spawnSync(process.execPath, ['scripts/check.mjs'], { cwd: root, stdio: 'inherit' })
  total[status === 0 ? 'passed' : 'failed']++
}

/** @type {Result[]} */
const results = []
const queue = [...files]
const worker = async () => {
  for (let file = queue.shift(); file !== undefined; file = queue.shift()) {
    const result = await runFile(file)
    results.push(result)
    print(result)
  }
}
await Promise.all(Array.from({ length: filesAtOnce }, worker))
if (results.length !== files.length) stop('Not every file was run.')

for (const { tests, passed, skipped, problems } of results) {
  total.passed += passed
  total.skipped += skipped
  // So that no file with a problem ends with `0 failed`.
  total.failed += Math.max(tests - passed - skipped, problems.length > 0 ? 1 : 0)
}
console.log(`${total.passed} passed, ${total.failed} failed${total.skipped > 0 ? `, ${total.skipped} skipped` : ''}`)
process.exitCode = total.failed > 0 ? 1 : 0
