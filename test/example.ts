import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { resolve } from 'node:path'
import { eventually } from './browser.js'

const examples = resolve(import.meta.dirname, '../examples')

/** A running example. */
export interface Example {
  /** The first address that the example printed. */
  readonly url: string
  readonly printed: () => string
  /** Ends the example, by default with SIGKILL, and resolves to its exit code and signal. */
  readonly stop: (signal?: NodeJS.Signals) => Promise<readonly [code: number | null, signal: NodeJS.Signals | null]>
}

/** Starts an example with `npm start` on a free port, and resolves once it is up. */
export const startExample = async (name: string, main = 'main.ts'): Promise<Example> => {
  const child = spawn(process.execPath, ['--conditions=ackwire-source', '--import', 'tsx', main], {
    cwd: resolve(examples, name),
    env: { ...process.env, PORT: '0' },
  })
  let printed = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', chunk => (printed += chunk))
  const ended = once(child, 'close') as Promise<[code: number | null, signal: NodeJS.Signals | null]>
  const stop = (signal: NodeJS.Signals = 'SIGKILL') => {
    child.kill(signal)
    return ended
  }
  try {
    await eventually(() => {
      if (!printed.includes('Ctrl-C')) throw new Error(`examples/${name} has not started: ${printed}`)
    })
  } catch (error) {
    await stop()
    throw error
  }
  return { url: /http:\S+/.exec(printed)?.[0] ?? '', printed: () => printed, stop }
}
