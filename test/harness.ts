import { writeSync } from 'node:fs'
import { suite } from 'uvu'

/** A part a test needs besides the dependencies: a browser, a server. */
export interface Need {
  readonly name: string
  readonly available: boolean | (() => boolean)
  /** The command that gets the part, printed where it is missing. */
  readonly install: string
}

export interface TestOptions {
  /** For the body, and again for each deferred cleanup. Default: 10 000. */
  readonly timeoutMs?: number
  /** Without the part the test is skipped, and the reason printed; under `CI=true` it fails. */
  readonly needs?: Need
}

export interface TestContext {
  /** Runs `cleanup` when the test has ended, however it ended: the last one deferred is the first to run. */
  defer(cleanup: () => unknown): void
  /** Shows a text, such as a seed or a table of figures, in the output of the run, also where the test passes. */
  print(text: string): void
}

export type TestBody = (context: TestContext) => unknown

export interface It {
  (title: string, body: TestBody): void
  (title: string, options: TestOptions, body: TestBody): void
}

// Taken before any test can mock the clock.
const { setTimeout, clearTimeout, setImmediate } = globalThis
const leakLimitMs = 3_000

// scripts/test.mjs listens here. Removed, so that a process started by a test doesn't report in its name.
const reportFd = Number(process.env['ACKWIRE_REPORT_FD'] ?? -1)
delete process.env['ACKWIRE_REPORT_FD']

let started = false
let waiting = 0
/** What the tests share, to be closed after the last of them. */
const closing: (() => unknown)[] = []
/** The errors of the running test. */
let current: Error[] | undefined
let endWait: () => void = () => {}

/** Runs the tests that `define` registers with the `it` it is given. */
export function describe(name: string, define: (it: It) => void): void {
  if (started) throw new Error(`describe('${name}') came after the first test began: call it before any await`)
  const tests = suite(name)
  let open = true
  let count = 0

  const it: It = (title: string, ...rest: [TestBody] | [TestOptions, TestBody]) => {
    if (!open) throw new Error(`it('${title}') came after describe('${name}') had returned, so it would never run`)
    const [options, body] = rest.length === 1 ? [{}, rest[0]] : rest
    count++
    const missing = missingPart(options.needs)
    if (missing !== undefined && process.env['CI'] !== 'true') {
      console.log(`skipped: ${name} › ${title}: ${missing}`)
      report({ type: 'skip' })
      return tests.skip()
    }
    waiting++
    const reject = () => Promise.reject(new Error(missing))
    tests(title, () => run(`${name} › ${title}`, options.timeoutMs ?? 10_000, missing === undefined ? body : reject))
  }

  const returned: unknown = define(it)
  open = false
  if (returned instanceof Promise) throw new Error(`describe('${name}') got an async function: await inside it()`)
  if (count === 0) throw new Error(`describe('${name}') registered no test`)
  report({ type: 'suite', tests: count })
  tests.run()
}

/**
 * A part that the tests of a file share, such as a browser: opened for the first test that asks for it, and again if it is no
 * longer usable, and closed after the last test.
 */
export function shared<Part>({
  open,
  isUsable,
  close,
}: {
  readonly open: () => Promise<Part>
  readonly isUsable: (part: Part) => boolean
  readonly close: (part: Part) => unknown
}): () => Promise<Part> {
  let opened: Promise<Part> | undefined
  return async () => {
    if (opened === undefined || !isUsable(await opened)) {
      const part = (opened = open())
      closing.push(async () => close(await part))
    }
    return opened
  }
}

function missingPart(needs: Need | undefined): string | undefined {
  if (needs === undefined) return undefined
  const available = typeof needs.available === 'function' ? needs.available() : needs.available
  return available ? undefined : `needs ${needs.name}, which this machine doesn't have (${needs.install})`
}

async function run(title: string, timeoutMs: number, body: TestBody): Promise<void> {
  started = true
  const errors: Error[] = (current = [])
  const cleanups: (() => unknown)[] = []
  let over = false
  // A body that outlived its limit may still open things: they are closed as soon as they come.
  const defer = (cleanup: () => unknown) =>
    void (over ? attempt([], title, timeoutMs, cleanup) : cleanups.push(cleanup))

  const print = (text: string) => (reportFd >= 0 ? report({ type: 'print', text }) : console.log(text))

  await attempt(errors, title, timeoutMs, () => body({ defer, print }))
  for (let cleanup = cleanups.pop(); cleanup; cleanup = cleanups.pop()) {
    await attempt(errors, `a cleanup of ${title}`, timeoutMs, cleanup)
  }
  over = true
  // Node tells of an unhandled rejection or a warning only after the microtasks.
  await attempt(errors, title, timeoutMs, () => new Promise(resolve => setImmediate(resolve)))

  current = undefined
  report({ type: 'end', passed: errors.length === 0 })
  if (--waiting === 0) await endFile(timeoutMs)
  if (errors.length > 0) throw joined(errors)
}

/** Ends with the work, at the limit, or at an unexpected error; never rejects. */
async function attempt(errors: Error[], what: string, limitMs: number, work: () => unknown): Promise<void> {
  report({ type: 'step', what, limitMs })
  let timer: NodeJS.Timeout | undefined
  await new Promise<void>(resolve => {
    endWait = resolve
    timer = setTimeout(() => {
      errors.push(new Error(`${what}: no end within ${limitMs} ms`))
      resolve()
    }, limitMs)
    new Promise(start => start(work())).catch((error: unknown) => errors.push(asError(error))).then(() => resolve())
  })
  clearTimeout(timer)
}

// uvu's report fails on a thrown value that is no Error, and the run is then green.
function asError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(`thrown: ${JSON.stringify(thrown) ?? String(thrown)}`)
}

/** The first error as it is; where more followed, they are told in its details. */
function joined(errors: Error[]): Error {
  for (const error of errors) {
    const lines = error.stack?.split('\n').filter(line => !/\/test\/harness\.ts|\/uvu\/|new Promise/.test(line))
    if (lines) error.stack = lines.join('\n')
  }
  const [first = new Error(), ...more] = errors
  if (more.length === 0) return first
  const own = 'details' in first && typeof first.details === 'string' ? [first.details] : []
  const told = more.map(error => `and then: ${error.stack ?? error.message}`)
  return Object.assign(new Error(first.message), { stack: first.stack, details: [...own, ...told].join('\n\n') })
}

function unexpected(kind: string, thrown: unknown): void {
  const error = asError(thrown)
  error.message = `unexpected ${kind}: ${error.message}`
  if (current) {
    current.push(error)
    return endWait()
  }
  failFile(error.stack?.includes(error.message) ? error.stack : `${error.message}\n${error.stack}`)
}

/** A failure that belongs to no test. */
function failFile(message: string): void {
  console.error(message)
  report({ type: 'trouble', message })
  // uvu sets the exit code when it has run, so this one has to come last.
  process.on('exit', () => (process.exitCode = 1))
}

/** Closes what the tests shared. What goes wrong there belongs to no test. */
async function endFile(timeoutMs: number): Promise<void> {
  const errors: Error[] = []
  for (let close = closing.pop(); close; close = closing.pop()) {
    await attempt(errors, 'closing what the tests shared', timeoutMs, close)
  }
  for (const error of errors) failFile(error.stack ?? error.message)
  watchForLeaks()
}

function watchForLeaks(): void {
  report({ type: 'done', limitMs: leakLimitMs })
  const timer = setTimeout(() => {
    const open = process.getActiveResourcesInfo().join(', ')
    failFile(`The process did not end within ${leakLimitMs} ms after its last test: a handle leaked (open: ${open})`)
    process.exit()
  }, leakLimitMs)
  timer.unref()
}

function report(line: object): void {
  if (reportFd >= 0) writeSync(reportFd, JSON.stringify(line) + '\n')
}

process.on('unhandledRejection', reason => unexpected('unhandled rejection', reason))
process.on('uncaughtException', error => unexpected('exception', error))
process.on('warning', warning => unexpected(`warning (${warning.name})`, warning))
