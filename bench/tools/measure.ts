import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { conditions } from '../conditions.js'

/** The commands, by their names in the table, with the arguments of each. */
export const COMMANDS: Readonly<Record<string, readonly string[]>> = {
  'ackwire render': ['render', 'contract.ts', '-o', 'asyncapi.yaml'],
  'ackwire check': ['check', 'contract.ts', 'asyncapi.yaml'],
  'ackwire diff': ['diff', 'asyncapi.yaml', 'contract.ts'],
  'docs.serve': [],
}

export interface Used {
  /** The processor's time, in seconds. */
  readonly cpu: number
  /** The largest amount of memory that the process has had, in megabytes. */
  readonly memory: number
}

const root = resolve(import.meta.dirname, '../..')

/** The command as it is built, and the flags of Node to run it; tests run its source. */
const [MAIN, FLAGS] =
  conditions.length === 0
    ? [join(root, 'packages/cli/dist/main.js'), []]
    : [
        join(root, 'packages/cli/src/main.ts'),
        [
          ...conditions.map(condition => `--conditions=${condition}`),
          `--import=${pathToFileURL(join(root, 'scripts/typescript.mjs')).href}`,
        ],
      ]

const contract = (events: number): string => `import { event, router } from '@ackwire/core'
import { Type } from '@ackwire/core/typebox'
const names = Array.from({ length: ${events} }, (_, at) => 'event' + at)
export const api = router(Object.fromEntries(names.map(name => [
  name,
  event.input(Type.Object({ [name]: Type.String(), tags: Type.Array(Type.String()) })).ack(Type.Object({ ['id_' + name]: Type.Integer() })),
])))
`

const SERVE = `import { createServer } from 'node:http'
import * as docs from '@ackwire/docs'
import { api } from './contract.mjs'
const before = process.cpuUsage()
docs.serve(createServer(), api)
const { user, system } = process.cpuUsage(before)
// The time of the call alone.
globalThis.used = user + system
`

/** Writes what a process has used when it ends, into the file that an environment variable names. */
const REPORT = `import { writeFileSync } from 'node:fs'
process.on('exit', () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage()
  const cpu = globalThis.used ?? userCPUTime + systemCPUTime
  writeFileSync(process.env.ACKWIRE_USED, JSON.stringify({ cpu: cpu / 1e6, memory: maxRSS / 1e3 }))
})
`

/** Runs the commands with a contract of a number of events, each in a process of its own, and resolves to what each has used. */
export const measure = async (events: number): Promise<ReadonlyMap<string, Used>> => {
  const folder = mkdtempSync(join(tmpdir(), 'ackwire-tools-'))
  const used = join(folder, 'used.json')
  const write = (name: string, text: string): void => writeFileSync(join(folder, name), text)
  symlinkSync(resolve(import.meta.dirname, '../node_modules'), join(folder, 'node_modules'))
  write('contract.ts', contract(events))
  write('contract.mjs', contract(events))
  write('serve.mjs', SERVE)
  write('report.mjs', REPORT)
  const results = new Map<string, Used>()
  try {
    for (const [name, args] of Object.entries(COMMANDS)) {
      const program = args.length === 0 ? [join(folder, 'serve.mjs')] : [MAIN, ...args]
      const report = pathToFileURL(join(folder, 'report.mjs')).href
      await promisify(execFile)(process.execPath, [...FLAGS, '--import', report, ...program], {
        cwd: folder,
        env: { ...process.env, ACKWIRE_USED: used },
      })
      results.set(name, JSON.parse(readFileSync(used, 'utf8')) as Used)
    }
    return results
  } finally {
    rmSync(folder, { recursive: true })
  }
}
