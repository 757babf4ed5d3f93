/**
 * Runs the code of pages in one process, one run after the other, and sends its parent what became of each. So Socket.IO, the
 * packages and the compiler are loaded once. A file is run by importing it.
 */
import { once } from 'node:events'
import { createRequire } from 'node:module'
import { Server } from 'node:net'
import { join } from 'node:path'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import { format } from 'node:util'
import { createClient } from '@ackwire/client'
// Loaded before the first run, whose time is limited.
import '@ackwire/client/react'
import '@ackwire/core/testing'
import '@ackwire/docs'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { createElement, type ComponentType, type ReactElement } from 'react'
import { Manager } from 'socket.io-client'

/** A run of some files. Each step is a file, a request such as `GET /docs` or a signal, with the number of lines it prints. */
export interface Job {
  readonly folder: string
  readonly port: number
  readonly steps: readonly { readonly step: string; readonly lines: number }[]
}

/** The lines that each step of a job has printed, and what went wrong. */
export interface Outcome {
  readonly printed: Readonly<Record<string, readonly string[]>>
  readonly failures: readonly string[]
}

const limitMs = 60_000

// React's renderer is a dependency of the client's tests; it is of the same version as the guide's React.
const { renderToStaticMarkup } = createRequire(join(import.meta.dirname, '../../packages/client/package.json'))(
  'react-dom/server',
) as { readonly renderToStaticMarkup: (element: ReactElement) => string }

let failures: string[] = []
let printed: Record<string, string[]> = {}
/** The folder of the job. */
let folder = ''

// What a file prints is known by its name in the stack. Reports of the packages count for the first file, which is the server.
for (const method of ['log', 'error', 'warn', 'info'] as const) {
  console[method] = (...values: unknown[]) => {
    const { stack = '' } = new Error()
    const [first = '', ...others] = Object.keys(printed)
    const step = others.find(name => stack.includes(`${join(folder, scriptOf(name))}:`)) ?? first
    printed[step]?.push(...format(...values).split('\n'))
  }
}
console.assert = (isTrue: unknown) => {
  if (isTrue !== true) failures.push('console.assert() got a condition that does not hold')
}

const fail = (error: unknown): void => void failures.push(error instanceof Error ? String(error.stack) : String(error))
process.on('unhandledRejection', fail)
process.on('uncaughtException', fail)
process.on('warning', fail)

// Files leave servers and clients open, as the programs do that they are; they are closed after each run.
const servers = new Set<Server>()
const managers = new Set<Manager>()
const { listen } = Server.prototype
Server.prototype.listen = function (this: Server, ...args: Parameters<typeof listen>) {
  servers.add(this)
  return listen.apply(this, args)
} as typeof listen
const { open } = Manager.prototype
Manager.prototype.open = function (this: Manager, ...args: Parameters<typeof open>) {
  managers.add(this)
  return open.apply(this, args)
}

const within = async (what: string, work: Promise<unknown>): Promise<void> => {
  const limit = new AbortController()
  const late = sleep(limitMs, undefined, { signal: limit.signal }).then(
    () => fail(`${what}: no end within ${limitMs} ms`),
    () => {},
  )
  await Promise.race([work.catch(fail), late])
  limit.abort()
}

const closeServers = async (): Promise<void> => {
  const open = [...servers].filter(server => server.listening)
  await Promise.all(open.map(server => (server.close(), once(server, 'close'))))
}

/** The name of the script that a file is compiled to. */
const scriptOf = (file: string): string => file.replace(/\.tsx?$/, '.js')

/** Renders each component that a file exports, as a server does. */
const render = (exported: object): string[] => {
  const markup: string[] = []
  const client = createClient({ autoConnect: false })
  for (const [name, value] of Object.entries(exported)) {
    if (typeof value !== 'function' || !/^[A-Z]/.test(name)) continue
    const component = createElement(value as ComponentType<{ readonly client: unknown }>, { client })
    markup.push(renderToStaticMarkup(createElement(QueryClientProvider, { client: new QueryClient() }, component)))
  }
  return markup
}

const take = async (step: string, port: number): Promise<void> => {
  if (step.startsWith('GET ')) {
    const { status } = await fetch(`http://localhost:${port}${step.slice(4)}`)
    printed[step]?.push(String(status))
  } else if (step.startsWith('SIG')) {
    const closed = Promise.all([...servers].filter(server => server.listening).map(server => once(server, 'close')))
    process.emit(step as NodeJS.Signals)
    await closed
  } else {
    const file = join(folder, scriptOf(step))
    const exported = (await import(pathToFileURL(file).href)) as object
    if (step.endsWith('.tsx')) printed[step]?.push(...render(exported))
    // Tests are run one after the other, this one after those of the file.
    if (step.endsWith('.test.ts')) await test('the end of the file', () => {})
  }
}

const run = async (job: Job): Promise<Outcome> => {
  failures = []
  printed = {}
  folder = job.folder
  process.env['PORT'] = String(job.port)
  // Where files write files.
  process.chdir(job.folder)
  for (const { step } of job.steps) {
    printed[step] = []
    await within(step, take(step, job.port))
  }
  const isMissing = (): boolean => job.steps.some(({ step, lines }) => (printed[step]?.length ?? 0) < lines)
  for (let waited = 0; isMissing() && waited < limitMs && failures.length === 0; waited += 10) await sleep(10)
  const outcome = structuredClone({ printed })
  for (const manager of managers) manager.reconnection(false).engine?.close()
  await within('the servers', closeServers())
  managers.clear()
  servers.clear()
  return { ...outcome, failures }
}

process.on('message', async (jobs: readonly Job[]) => {
  for (const job of jobs) process.send?.(await run(job))
  // Then nothing is left, and the process ends by itself.
  process.disconnect()
})
