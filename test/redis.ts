import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Need, TestContext } from './harness.js'

/** The requirement of a test that starts a Redis server. */
export const REDIS: Need = {
  name: 'redis-server',
  available: () => spawnSync('redis-server', ['--version']).status === 0,
  install: 'apt-get install redis-server',
}

/** A Redis server in memory, for one test. */
export interface Redis {
  readonly url: string
  /** Kills the server like a crash; its data is lost. */
  kill(): Promise<void>
  /** Starts the server again on the same port. */
  start(): Promise<void>
}

/** Starts a Redis server on a free local port; `defer` stops it and removes its folder. */
export const startRedis = async ({ defer }: Pick<TestContext, 'defer'>): Promise<Redis> => {
  const folder = mkdtempSync(join(tmpdir(), 'ackwire-redis-'))
  defer(() => rmSync(folder, { recursive: true }))
  let running: ChildProcess | undefined
  const kill = async (): Promise<void> => {
    const child = running
    running = undefined
    if (child === undefined || child.exitCode !== null) return
    const ended = once(child, 'exit')
    child.kill('SIGKILL')
    await ended
  }
  defer(kill)

  const port = await freePort()
  const settings = { bind: '127.0.0.1', port: String(port), dir: folder, save: '', appendonly: 'no' }
  const args = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value])
  const start = async (): Promise<void> => {
    const child = spawn('redis-server', args, { stdio: ['ignore', 'pipe', 'inherit'] })
    running = child
    let printed = ''
    await new Promise<void>((resolve, reject) => {
      child.stdout.on('data', chunk => {
        printed += chunk
        if (printed.includes('Ready to accept connections')) resolve()
      })
      child.on('error', reject)
      child.on('exit', code => reject(new Error(`redis-server ended with code ${code}: ${printed}`)))
    })
  }
  await start()
  return { url: `redis://127.0.0.1:${port}`, kill, start }
}

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  await new Promise(resolve => server.close(resolve))
  return port
}
