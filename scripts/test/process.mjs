// Runs test files in a process and gathers what it reports.
import { spawn, spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { pathToFileURL } from 'node:url'
import { root } from '../workspace.mjs'

/**
 * A line of the report of a process: see test/harness.ts and test/group.ts.
 * @typedef {{ type: 'suite', tests: number } | { type: 'step', what: string, limitMs: number } | { type: 'skip' }
 *   | { type: 'print', text: string } | { type: 'file', file: string } | { type: 'cpu', seconds: number }
 *   | { type: 'end', passed: boolean } | { type: 'trouble', message: string } | { type: 'done', limitMs: number }} Report
 */

/**
 * The result of a file. `problems` are errors outside of any test, and `isEnded` is true once nothing more can follow.
 * @typedef {{ file: string, suites: number, tests: number, passed: number, skipped: number, problems: string[], printed: string,
 *   output: string, ms: number, cpuSeconds: number, isDone: boolean, isEnded: boolean }} Result
 */

/**
 * `endsAtFailure` ends the run with the first test that fails, `limitOf` ends a file that takes longer, and `coverage` is the folder
 * for what V8 writes of the process and of those that it starts.
 * @typedef {{ grep?: string | undefined, isInspected?: boolean | undefined, endsAtFailure?: boolean,
 *   limitOf?: (file: string) => number, coverage?: string }} Settings
 */

/** The time limit for loading a file, on a busy machine. */
const loadLimitMs = 120_000
/** The time beyond its own limits after which a process counts as blocked. */
const graceMs = Number(process.env['ACKWIRE_GRACE_MS'] ?? 15_000)
const isWindows = process.platform === 'win32'

/** Node, as it runs the workspace's TypeScript. */
const flags = ['--conditions=ackwire-source', '--import', pathToFileURL(join(root, 'scripts/typescript.mjs')).href]

/** The processes to end with this one. @type {Set<number>} */
const running = new Set()

/** Ends a process and those that it started. @param {number} pid */
function killTree(pid) {
  if (isWindows) return void spawnSync('taskkill', ['/pid', String(pid), '/t', '/f'], { stdio: 'ignore' })
  try {
    process.kill(-pid, 'SIGKILL')
  } catch {
    // The group has ended already.
  }
}

/** Ends what runs. */
function killRunning() {
  running.forEach(killTree)
}
process.on('exit', killRunning)
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(1))

/** @param {string} file @returns {Result} */
const resultOf = file => ({
  file,
  suites: 0,
  tests: 0,
  passed: 0,
  skipped: 0,
  problems: [],
  printed: '',
  output: '',
  ms: 0,
  cpuSeconds: 0,
  isDone: false,
  isEnded: false,
})

/** Tells whether a file is in order. @param {Result} result */
export const isGood = ({ tests, passed, skipped, problems }) => problems.length === 0 && passed + skipped === tests

/** @param {string} file */
const importsUvu = file => /(from|import|require)\s*\(?\s*['"]uvu['"]/.test(readFileSync(join(root, file), 'utf8'))

/**
 * Runs files, several of them one after the other in one process, and resolves to a result for each. Where a file ends the process,
 * those after it are run in another.
 * @param {readonly string[]} files @param {Settings} settings @returns {Promise<Result[]>}
 */
export async function runFiles(files, settings) {
  const [refused, good] = [files.filter(importsUvu), files.filter(file => !importsUvu(file))]
  const results = refused.map(file => resultOf(file))
  for (const { problems } of results)
    problems.push("imports uvu itself: use describe() of test/harness.ts, which can't end green while broken")
  for (let left = good; left.length > 0; left = left.filter(file => !results.some(result => result.file === file))) {
    results.push(...(await runProcess(left, settings)))
    if (settings.endsAtFailure && !results.every(isGood)) break
  }
  return results
}

/** @param {readonly string[]} files @param {Settings} settings @returns {Promise<Result[]>} */
async function runProcess(files, { grep, isInspected = false, endsAtFailure = false, limitOf, coverage }) {
  const [first = '', ...others] = files
  const isGroup = others.length > 0
  const program = isGroup ? [join(root, 'test/group.ts'), ...files] : [join(root, first)]
  const colors = process.stdout.isTTY && process.env['NO_COLOR'] === undefined ? { FORCE_COLOR: '1' } : {}
  const child = spawn(process.execPath, [...(isInspected ? ['--inspect-brk'] : []), ...flags, ...program], {
    cwd: root,
    env: {
      ...process.env,
      ...colors,
      ACKWIRE_REPORT_FD: '3',
      ...(grep === undefined ? {} : { ACKWIRE_GREP: grep }),
      ...(isInspected ? { ACKWIRE_NO_LIMITS: 'true' } : {}),
      ...(coverage === undefined ? {} : { NODE_V8_COVERAGE: coverage }),
    },
    stdio: isInspected ? ['inherit', 'inherit', 'inherit', 'pipe'] : ['ignore', 'pipe', 'pipe', 'pipe'],
    // A group of its own, which can be killed as a whole.
    detached: !isWindows,
  })
  const pid = child.pid
  if (pid === undefined) throw new Error(`Node could not be started for ${first}.`)
  running.add(pid)

  let result = resultOf(first)
  const results = [result]
  let started = performance.now()
  /** @type {NodeJS.Timeout | undefined} */
  let watchdog
  const expectSignWithin = (/** @type {number} */ limitMs, /** @type {string} */ what) => {
    clearTimeout(watchdog)
    if (isInspected) return
    watchdog = setTimeout(() => {
      result.problems.push(`killed: ${what} blocked the process for more than ${limitMs} ms`)
      killTree(pid)
    }, limitMs + graceMs)
  }
  expectSignWithin(loadLimitMs, 'loading the file')
  /** @type {NodeJS.Timeout | undefined} */
  let limit
  const limitFile = () => {
    clearTimeout(limit)
    if (limitOf === undefined) return
    const limitMs = limitOf(result.file)
    limit = setTimeout(() => {
      result.problems.push(`killed: took longer than ${limitMs} ms`)
      killTree(pid)
    }, limitMs)
  }
  limitFile()

  const reports = createInterface({ input: /** @type {import('node:stream').Readable} */ (child.stdio[3]) })
  reports.on('line', line => {
    /** @type {Report} */
    const report = JSON.parse(line)
    if (report.type === 'suite') {
      result.suites++
      result.tests += report.tests
    } else if (report.type === 'skip') result.skipped++
    else if (report.type === 'print') result.printed += `${report.text}\n`
    else if (report.type === 'end') result.passed += report.passed ? 1 : 0
    else if (report.type === 'trouble') result.problems.push(report.message.split('\n')[0] ?? '')
    else if (report.type === 'step') expectSignWithin(report.limitMs, report.what)
    else if (report.type === 'cpu') {
      result.cpuSeconds = report.seconds
      result.ms = performance.now() - started
      result.isEnded = true
    } else if (report.type === 'done') {
      result.isDone = true
      expectSignWithin(report.limitMs, 'what followed the last test')
    } else if (report.file !== result.file) {
      started = performance.now()
      results.push((result = resultOf(report.file)))
      expectSignWithin(loadLimitMs, 'loading the file')
      limitFile()
    }
    const isFailure = report.type === 'trouble' || (report.type === 'end' && !report.passed)
    if (endsAtFailure && isFailure) killTree(pid)
  })
  const [out, err] = [outputOf(child.stdout), outputOf(child.stderr)]
  const reported = new Promise(resolve => reports.on('close', resolve))
  // Processes that the file left behind hold its pipes open, and 'close' would never come.
  child.on('exit', () => killTree(pid))
  const code = await new Promise(resolve => child.on('close', resolve))
  await reported
  clearTimeout(watchdog)
  clearTimeout(limit)
  running.delete(pid)

  if (!result.isEnded) result.ms = performance.now() - started
  for (const each of results) {
    each.output = `${out(each.file)}${err(each.file)}`
    if (each.problems.length === 0) each.problems.push(...unexplained(each, grep !== undefined))
    if (each.skipped > 0 && process.env['CI'] === 'true') each.problems.push('skipped tests, which CI=true forbids')
  }
  if (code !== 0 && results.every(isGood)) result.problems.push(`ended with code ${code} although its tests passed`)
  return results
}

/**
 * Returns what a stream holds of a file. In a process of several, each begins with a line of its own there.
 * @param {import('node:stream').Readable | null} stream
 */
function outputOf(stream) {
  let text = ''
  stream?.setEncoding('utf8').on('data', chunk => (text += chunk))
  return (/** @type {string} */ file) => {
    const begun = text.split(/^\0file (.*)\n/m)
    return begun.length === 1 ? text : (begun[begun.indexOf(file) + 1] ?? '')
  }
}

/** @param {Result} result @param {boolean} isFiltered */
function unexplained({ suites, tests, skipped, isDone, isEnded }, isFiltered) {
  if (suites === 0 || (tests === 0 && !isFiltered)) return ['ran no describe() of test/harness.ts']
  if (tests > skipped && !isDone) return ['ended before its last test']
  return isEnded ? [] : ['ended the process that it ran in']
}
