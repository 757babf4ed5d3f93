import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { join } from 'node:path'
import * as assert from 'uvu/assert'
import { describe, type TestContext } from '../../test/harness.js'
import { type Block, blocksIn, writeScript } from '../../test/readme.js'
import { sources } from '../../test/sources.js'
import { pages, root } from './pages.js'
import type { Job, Outcome } from './runner.js'
import { type Run, RUNS, SHOWN } from './runs.js'

const blocksOf = (page: string): readonly Block[] => blocksIn(readFileSync(join(root, page), 'utf8'))

/** The block that a step of a page's run names, which may stand on another page. */
const blockAt = (page: string, step: string): Block | undefined => {
  const [other = '', name] = step.split('#')
  return blocksOf(name === undefined ? page : other).find(block => block.name === (name ?? step))
}

const nameOf = (step: string): string => step.replace(/^.*#/, '')
const isFile = (step: string): boolean => !/^(GET |SIG)/.test(step)

/** Returns the files that a page shows, with the contract of another page if it has none. */
const filesOf = (page: string, run: Run): readonly Block[] => {
  const own = blocksOf(page)
  const others = Object.keys(run).filter(step => step.includes('#'))
  const home = page.startsWith('guide/') ? 'guide/contract.md' : 'README.md'
  if (own.every(({ name }) => name !== 'contract.ts')) others.push(`${home}#contract.ts`)
  return [...own, ...others.flatMap(step => blockAt(page, step) ?? [])]
}

/** Ports that nothing listens at. */
const freePorts = async (count: number): Promise<number[]> => {
  const servers = Array.from({ length: count }, () => createServer().listen(0))
  await Promise.all(servers.map(server => once(server, 'listening')))
  const ports = servers.map(server => (server.address() as AddressInfo).port)
  await Promise.all(servers.map(server => (server.close(), once(server, 'close'))))
  return ports
}

const expectedOf = (page: string, run: Run): [step: string, lines: readonly string[]][] =>
  Object.entries(run).map(([step, lines]) => {
    const expected = lines === SHOWN ? blockAt(page, step)?.output : lines
    assert.ok(expected, `${page} shows no output behind ${step}`)
    return [nameOf(step), expected]
  })

/** Does the jobs in a process of their own, which has to end by itself. */
const outcomesOf = async (jobs: readonly Job[], { defer }: TestContext): Promise<Outcome[]> => {
  const runner: ChildProcess = fork(join(import.meta.dirname, 'runner.ts'), {
    execArgv: [...sources],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  const ended = once(runner, 'close')
  defer(() => (runner.kill('SIGKILL'), ended))
  let printed = ''
  for (const stream of [runner.stdout, runner.stderr]) stream?.on('data', chunk => (printed += chunk))
  const outcomes: Outcome[] = []
  runner.on('message', outcome => outcomes.push(outcome as Outcome))
  runner.send(jobs)
  const [code] = await ended
  assert.is(code, 0, printed)
  return outcomes
}

/** A line of a page as a pattern: `…` is whatever differs from run to run. */
const patternOf = (line: string): RegExp =>
  new RegExp(
    `^${line
      .split('…')
      .map(part => part.replaceAll(/[$()*+.?[\\\]^{|}]/g, '\\$&'))
      .join('.+')}$`,
  )

describe('the code of the pages', it => {
  it('is run, each block of it', () => {
    const shown = pages.flatMap(page => blocksOf(page).map(({ name }) => `${page}#${name}`))
    const run = new Set(
      Object.entries(RUNS).flatMap(([page, runs]) =>
        runs.flatMap(steps =>
          Object.keys(steps)
            .filter(isFile)
            .map(step => (step.includes('#') ? step : `${page}#${step}`)),
        ),
      ),
    )
    // A contract is run where what imports it is.
    const imported = new Set(
      [...run].flatMap(step => {
        const block = blockAt('', step)
        assert.ok(block, `no block is called ${step}`)
        const isImported = /^import \{.*\} from '.\/contract.js'/m.test(block.code)
        return isImported ? [step.replace(/#.*/, '#contract.ts')] : []
      }),
    )
    assert.equal(
      shown.filter(block => !run.has(block) && !imported.has(block)),
      [],
      'say in guide/test/runs.ts how they are run',
    )
  })

  it('is run with the output that is shown behind it', () => {
    for (const page of pages)
      for (const { name, output } of blocksOf(page))
        if (output !== undefined)
          assert.ok(
            RUNS[page]?.some(run => run[name] === SHOWN),
            `${page}: ${name}`,
          )
  })

  it('prints what the pages say, and leaves nothing open', { timeoutMs: 240_000 }, async context => {
    const runs = Object.entries(RUNS).flatMap(([page, all]) => all.map(run => ({ page, run })))
    const ports = await freePorts(runs.length)
    const folder = mkdtempSync(join(root, 'guide/.blocks-'))
    context.defer(() => rmSync(folder, { recursive: true }))
    const jobs = await Promise.all(
      runs.map(async ({ page, run }, index): Promise<Job> => {
        const port = ports[index] ?? 0
        const place = join(folder, String(index))
        for (const block of filesOf(page, run)) await writeScript(block, place, '3000', String(port))
        return {
          folder: place,
          port,
          steps: expectedOf(page, run).map(([step, lines]) => ({ step, lines: lines.length })),
        }
      }),
    )
    const outcomes = await outcomesOf(jobs, context)
    for (const [index, { page, run }] of runs.entries()) {
      const { printed, failures } = outcomes[index] ?? { printed: {}, failures: ['it was not run'] }
      assert.equal(failures, [], `${page}: ${Object.keys(run).join(', ')}`)
      for (const [step, expected] of expectedOf(page, run)) {
        const lines = printed[step] ?? []
        const isAsShown =
          lines.length === expected.length && expected.every((line, at) => patternOf(line).test(lines[at] ?? ''))
        assert.ok(isAsShown, `${page}: ${step} prints\n${lines.join('\n')}\nexpected:\n${expected.join('\n')}`)
      }
    }
  })
})
