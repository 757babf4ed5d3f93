import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'
import type { TestContext } from './harness.js'

/** A server that keeps or passes on what several processes share, for one test. */
export interface Store {
  readonly url: string
  /** Ends the server like a crash. */
  kill(): Promise<void>
  /** Starts the server again on the same port. */
  start(): Promise<void>
}

interface StoreProgram {
  readonly url: string
  readonly command: string
  readonly args: readonly string[]
  readonly options?: { readonly uid?: number; readonly gid?: number; readonly cwd?: string }
  /** The text that the server prints when it accepts connections. */
  readonly ready: string
  /** The signal that makes it end like a crash. */
  readonly signal: NodeJS.Signals
}

/** Starts a server; `defer` ends it. */
export const startStore = async (
  { defer }: Pick<TestContext, 'defer'>,
  { url, command, args, options, ready, signal }: StoreProgram,
): Promise<Store> => {
  let running: ChildProcess | undefined
  const kill = async (): Promise<void> => {
    const child = running
    running = undefined
    if (child === undefined || child.exitCode !== null) return
    const ended = once(child, 'exit')
    child.kill(signal)
    await ended
  }
  defer(kill)

  const start = async (): Promise<void> => {
    const child = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] })
    running = child
    let printed = ''
    await new Promise<void>((resolve, reject) => {
      for (const stream of [child.stdout, child.stderr]) {
        stream.on('data', chunk => {
          printed += chunk
          if (printed.includes(ready)) resolve()
        })
      }
      child.on('error', reject)
      child.on('exit', code => reject(new Error(`${command} ended with code ${code}: ${printed}`)))
    })
  }
  await start()
  return { url, kill, start }
}

/** Resolves to a local port that is free now. */
export const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  await new Promise(resolve => server.close(resolve))
  return port
}
