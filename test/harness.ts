import { readFileSync, writeSync } from 'node:fs'
import { suite } from 'uvu'

/** A part a test needs besides the dependencies: a browser, a server. */
export interface Need {
  readonly name: string
  readonly available: boolean | (() => boolean)
  /** The command that gets the part, printed where it is missing. */
  readonly install: string
}

export interface TestOptions {
  /**
   * For the body, and again for each deferred cleanup. A machine may do much besides, so that only what never ends gets there.
   * @default 120_000
   */
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
const defaultLimitMs = 120_000
const leakLimitMs = 10_000

/** Takes a setting of scripts/test.mjs away, so that a process started by a test doesn't have it. */
const takeSetting = (name: string): string | undefined => {
  const value = process.env[name]
  delete process.env[name]
  return value
}
// Where scripts/test.mjs listens.
const reportFd = Number(takeSetting('ACKWIRE_REPORT_FD') ?? -1)
const grep = takeSetting('ACKWIRE_GREP')
const isWanted = (title: string): boolean => grep === undefined || new RegExp(grep).test(title)
const hasLimits = takeSetting('ACKWIRE_NO_LIMITS') === undefined

let started = false
let waiting = 0
/** Set where files share the process. */
let onFileEnd: (() => void) | undefined
let failed = false
/** Closes the resources that the tests share, after the last test. */
const closing: (() => unknown)[] = []
/** The errors of the running test. */
let current: Error[] | undefined
let endWait: () => void = () => {}

/** Runs the tests that `define` registers with the `it` it is given. */
export function describe(name: string, define: (it: It) => void): void {
  if (started) throw new Error(`describe('${name}') came after the first test began: call it before any await`)
  const tests = suite(name)
  let open = true
  let [count, leftOut] = [0, 0]

  const it: It = (title: string, ...rest: [TestBody] | [TestOptions, TestBody]) => {
    if (!open) throw new Error(`it('${title}') came after describe('${name}') had returned, so it would never run`)
    const [options, body] = rest.length === 1 ? [{}, rest[0]] : rest
    if (!isWanted(`${name} › ${title}`)) return void leftOut++
    count++
    const missing = missingPart(options.needs)
    if (missing !== undefined && process.env['CI'] !== 'true') {
      console.log(`skipped: ${name} › ${title}: ${missing}`)
      report({ type: 'skip' })
      return tests.skip()
    }
    waiting++
    const reject = () => Promise.reject(new Error(missing))
    tests(title, () =>
      run(`${name} › ${title}`, options.timeoutMs ?? defaultLimitMs, missing === undefined ? body : reject),
    )
  }

  const returned: unknown = define(it)
  open = false
  if (returned instanceof Promise) throw new Error(`describe('${name}') got an async function: await inside it()`)
  if (count + leftOut === 0) throw new Error(`describe('${name}') registered no test`)
  report({ type: 'suite', tests: count })
  if (count > 0) tests.run()
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
  failed ||= errors.length > 0
  if (--waiting === 0) await endFile(timeoutMs)
  if (errors.length > 0) throw joined(errors)
}

/** Ends with the work, at the limit, or at an unexpected error; never rejects. */
async function attempt(errors: Error[], what: string, limitMs: number, work: () => unknown): Promise<void> {
  report({ type: 'step', what, limitMs })
  let timer: NodeJS.Timeout | undefined
  await new Promise<void>(resolve => {
    endWait = resolve
    const end = (): void => {
      errors.push(new Error(`${what}: no end within ${limitMs} ms`))
      resolve()
    }
    if (hasLimits) timer = setTimeout(end, limitMs)
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
  failed = true
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
  report({ type: 'done', limitMs: leakLimitMs })
  if (onFileEnd !== undefined) onFileEnd()
  else if (hasLimits) watchForLeaks()
}

function watchForLeaks(): void {
  const timer = setTimeout(() => {
    const open = process.getActiveResourcesInfo().join(', ')
    failFile(`The process did not end within ${leakLimitMs} ms after its last test: a handle leaked (open: ${open})`)
    process.exit()
  }, leakLimitMs)
  timer.unref()
}

/**
 * Runs a test file in a process that others share, and resolves to whether it is in order. What it leaves open fails it, as the
 * process could not end then.
 */
export async function runShared(load: () => Promise<unknown>): Promise<boolean> {
  started = failed = false
  waiting = 0
  const before = openHandles()
  const ended = new Promise<void>(resolve => (onFileEnd = resolve))
  // uvu keeps the suites that it has run.
  Object.assign(globalThis, { UVU_QUEUE: [[null]] })
  try {
    await load()
  } catch (error) {
    failFile(asError(error).stack ?? '')
  }
  if (waiting > 0) await ended
  const end = performance.now() + leakLimitMs
  // At least once, so that uvu has printed what it found.
  do await new Promise(resolve => setTimeout(resolve, 5))
  while (leftOf(before).length > 0 && performance.now() < end)
  const left = leftOf(before)
  if (left.length > 0)
    failFile(`The file left a handle open for ${leakLimitMs} ms after its last test: a handle leaked (open: ${left})`)
  reportCpu()
  return !failed
}

const openHandles = (): string[] => process.getActiveResourcesInfo()

/** Returns the kinds of handles that were not open before. */
function leftOf(before: readonly string[]): string[] {
  const known = [...before]
  return openHandles().filter(kind => {
    const at = known.indexOf(kind)
    if (at >= 0) known.splice(at, 1)
    return at < 0
  })
}

/** Reports to scripts/test.mjs. */
export function report(line: object): void {
  if (reportFd >= 0) writeSync(reportFd, JSON.stringify(line) + '\n')
}

let cpuBefore = 0
/** Reports the processor's time since the last report, of this process and of those that it started and that have ended. */
function reportCpu(): void {
  const { user, system } = process.cpuUsage()
  const total = (user + system) / 1e6 + cpuOfChildren()
  report({ type: 'cpu', seconds: total - cpuBefore })
  cpuBefore = total
}

/** Linux tells it, in hundredths of a second. */
function cpuOfChildren(): number {
  if (process.platform !== 'linux') return 0
  const [, fields = ''] = readFileSync('/proc/self/stat', 'utf8').split(') ')
  const [user = 0, system = 0] = fields.split(' ').slice(13, 15).map(Number)
  return (user + system) / 100
}

process.on('exit', () => {
  if (onFileEnd === undefined) reportCpu()
})

process.on('unhandledRejection', reason => unexpected('unhandled rejection', reason))
process.on('uncaughtException', error => unexpected('exception', error))
process.on('warning', warning => unexpected(`warning (${warning.name})`, warning))
