import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { resolve } from 'node:path'
import type { TestContext } from '../../../../test/harness.js'
import { sources } from '../../../../test/sources.js'

/** A process that a test has started. */
export interface Program {
  readonly child: ChildProcess
  /** The messages that it has sent so far. */
  readonly messages: readonly object[]
  /** The lines that it has written to its standard error so far. */
  readonly complaints: readonly string[]
  /** Waits until a condition holds. Rejects if the process ends first. */
  until(condition: () => boolean | Promise<boolean>): Promise<void>
}

/** Starts a program of this folder; `defer` kills it. */
export const startProgram = (
  { defer }: Pick<TestContext, 'defer'>,
  name: string,
  args: readonly string[] = [],
  env: NodeJS.ProcessEnv = {},
): Program => {
  const file = resolve(import.meta.dirname, 'programs', `${name}.ts`)
  const child = spawn(process.execPath, [...sources, file, ...args], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'inherit', 'pipe', 'ipc'],
  })
  const exited = once(child, 'exit')
  defer(() => (child.kill('SIGKILL'), exited))
  const messages: object[] = []
  const complaints: string[] = []
  child.on('message', message => messages.push(message as object))
  child.stderr?.on('data', chunk => complaints.push(String(chunk)))
  return {
    child,
    messages,
    complaints,
    async until(condition) {
      while (!(await condition())) {
        if (child.exitCode !== null || child.signalCode !== null)
          throw new Error(`${name} ended (${child.exitCode ?? child.signalCode}): ${complaints.join('')}`)
        await new Promise(resolve => setTimeout(resolve, 10))
      }
    },
  }
}
