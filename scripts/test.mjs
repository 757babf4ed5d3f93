// Runs test files, each in its own process: `node scripts/test.mjs [FILE or part of a path]…`.
// uvu ends green while broken in several ways, so a file passes only if it reports what it should have.
import { spawn } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { createInterface } from 'node:readline'

const root = resolve(import.meta.dirname, '..')
const filesAtOnce = 2
const loadLimitMs = 30_000
/** What a process may take longer than its own limits before it counts as blocked. */
const graceMs = 5_000

const running = new Set()
const kill = pid => {
  try {
    process.kill(-pid, 'SIGKILL')
  } catch {
    // The group has ended already.
  }
}
process.on('exit', () => running.forEach(kill))
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(1))

/** Every `*.test.ts` below a `test` folder, the workspace's own (the slowest) first. */
function allTestFiles() {
  const within = parent => readdirSync(join(root, parent)).map(name => join(parent, name))
  return ['test', ...within('packages'), ...within('examples'), 'bench']
    .map(folder => (folder === 'test' ? folder : join(folder, 'test')))
    .filter(folder => existsSync(join(root, folder)))
    .flatMap(folder => readdirSync(join(root, folder), { recursive: true }).map(name => join(folder, String(name))))
    .filter(file => file.endsWith('.test.ts') && !file.includes('node_modules'))
}

/** An argument is a file, or a part of the paths wanted. */
function chosenFiles(args) {
  if (args.length === 0) return allTestFiles()
  const all = allTestFiles()
  const chosen = args.flatMap(arg => {
    const path = resolve(root, arg)
    if (existsSync(path) && statSync(path).isFile()) return [relative(root, path)]
    const found = all.filter(file => file.includes(arg))
    if (found.length === 0) fail(`No test file matches '${arg}'.`)
    return found
  })
  return [...new Set(chosen)]
}

function fail(message) {
  console.log(message)
  console.log('0 passed, 1 failed')
  process.exit(1)
}

/** Runs one file and resolves to its counts, the problems that belong to no test, and its output. */
function runFile(file) {
  const started = performance.now()
  const result = { file, tests: 0, passed: 0, skipped: 0, problems: [], output: '', ms: 0 }
  if (/(from|import|require)\s*\(?\s*['"]uvu['"]/.test(readFileSync(join(root, file), 'utf8'))) {
    result.problems.push("imports uvu itself: use describe() of test/harness.ts, which can't end green while broken")
    return Promise.resolve(result)
  }
  return new Promise(done => {
    const colors = process.stdout.isTTY && process.env.NO_COLOR === undefined ? { FORCE_COLOR: '1' } : {}
    const child = spawn(process.execPath, ['--conditions=ackwire-source', '--import', 'tsx', join(root, file)], {
      cwd: root,
      env: { ...process.env, ...colors, ACKWIRE_REPORT_FD: '3' },
      stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
      detached: true,
    })
    running.add(child.pid)
    let suites = 0
    let ended = false
    let watchdog
    const expectSignWithin = (what, limitMs) => {
      clearTimeout(watchdog)
      watchdog = setTimeout(() => {
        result.problems.push(`killed: ${what} blocked the process for more than ${limitMs} ms`)
        kill(child.pid)
      }, limitMs + graceMs)
    }
    expectSignWithin('loading the file', loadLimitMs)

    const onReport = {
      suite: line => {
        suites++
        result.tests += line.tests
      },
      step: line => expectSignWithin(line.what, line.limitMs),
      end: line => (result.passed += line.passed ? 1 : 0),
      skip: () => result.skipped++,
      trouble: line => result.problems.push(line.message.split('\n')[0]),
      done: line => {
        ended = true
        expectSignWithin('what followed the last test', line.limitMs)
      },
    }
    const lines = createInterface({ input: child.stdio[3] })
    const reported = new Promise(closed => lines.on('close', closed))
    lines.on('line', line => {
      const parsed = JSON.parse(line)
      onReport[parsed.type](parsed)
    })
    for (const stream of [child.stdout, child.stderr]) stream.on('data', chunk => (result.output += chunk))

    // Processes that the file left behind hold its pipes open, and 'close' would never come.
    child.on('exit', () => kill(child.pid))
    child.on('close', async (code, signal) => {
      await reported
      clearTimeout(watchdog)
      running.delete(child.pid)
      result.ms = performance.now() - started
      const { problems, tests, passed, skipped } = result
      if (suites === 0 && problems.length === 0) problems.push('ran no describe() of test/harness.ts')
      if (tests > 0 && passed === tests - skipped && code !== 0 && problems.length === 0)
        problems.push(`ended with ${signal ?? `code ${code}`} although its tests passed`)
      if (tests > skipped && !ended && problems.length === 0) problems.push('ended before its last test')
      if (skipped > 0 && process.env.CI === 'true') problems.push('skipped tests, which CI=true forbids')
      done(result)
    })
  })
}

function print({ file, tests, passed, skipped, problems, output, ms }) {
  const good = problems.length === 0 && passed + skipped === tests
  const counts = `${passed}/${tests}${skipped > 0 ? `, ${skipped} skipped` : ''}`
  console.log(`${good ? 'ok    ' : 'FAILED'}  ${file}  ${counts}  ${(ms / 1000).toFixed(1)} s`)
  for (const line of good ? output.split('\n').filter(line => line.startsWith('skipped: ')) : [])
    console.log(`        ${line}`)
  if (good) return
  for (const problem of problems) console.log(`        ${problem}`)
  console.log(output.replace(/^/gm, '    '))
}

const files = chosenFiles(process.argv.slice(2))
if (files.length === 0) fail('No test file found.')

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

const sum = count => results.reduce((total, result) => total + count(result), 0)
const passed = sum(result => result.passed)
const skipped = sum(result => result.skipped)
// A problem that belongs to no test counts as one failure, so that no broken file ends with `0 failed`.
const failed = sum(({ tests, passed, skipped, problems }) =>
  Math.max(tests - passed - skipped, problems.length > 0 ? 1 : 0),
)
if (results.length !== files.length) fail('Not every file was run.')
console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`)
process.exitCode = failed > 0 ? 1 : 0
