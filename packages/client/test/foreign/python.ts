import { spawn, spawnSync } from 'node:child_process'
import { EventEmitter, once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Need, TestContext } from '../../../../test/harness.js'

// Debian's python3-socketio is installed for Debian's Python, which may not be the first in the path.
const interpreter = ['/usr/bin/python3', 'python3'].find(
  each => spawnSync(each, ['-c', 'import socketio, aiohttp, requests, websocket']).status === 0,
)

export const PYTHON: Need = {
  name: 'python-socketio',
  available: interpreter !== undefined,
  install: 'apt-get install -y python3-socketio python3-aiohttp python3-requests python3-websocket',
}

/** A running program of this folder. */
export interface Program {
  /** Resolves to the program's next message of this kind. Rejects if the program ends first. */
  told(kind: string): Promise<unknown[]>
  send(...line: readonly unknown[]): void
}

/** Starts a program of this folder and stops it when the test ends. */
export const run = ({ defer }: TestContext, file: string, ...args: string[]): Program => {
  const child = spawn(interpreter ?? 'python3', [join(import.meta.dirname, file), ...args], {
    env: { ...process.env, PYTHONDONTWRITEBYTECODE: '1' },
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  const told = new Map<string, unknown[][]>()
  let complaints = ''
  let hasEnded = false
  const news = new EventEmitter()
  child.stderr.on('data', text => (complaints += text))
  createInterface({ input: child.stdout }).on('line', line => {
    const [kind, ...values] = JSON.parse(line, bytesIn) as [string, ...unknown[]]
    told.set(kind, [...(told.get(kind) ?? []), values])
    news.emit('news')
  })
  child.on('close', () => {
    hasEnded = true
    news.emit('news')
  })
  // Ignores the error of writing to a program that has ended.
  child.stdin.on('error', () => {})
  defer(() => {
    // SIGKILL, since the program would wait for its connections to end.
    child.kill('SIGKILL')
    return hasEnded || once(child, 'close')
  })
  return {
    async told(kind) {
      for (;;) {
        const values = told.get(kind)?.shift()
        if (values) return values
        if (hasEnded) throw new Error(`${file} ended without '${kind}': ${complaints}`)
        await once(news, 'news')
      }
    },
    send: (...line) => void child.stdin.write(`${JSON.stringify(line, asBytes)}\n`),
  }
}

const bytesIn = (_: string, value: unknown): unknown =>
  typeof value === 'object' && value !== null && '$bytes' in value ? Buffer.from(String(value.$bytes), 'base64') : value

const asBytes = (_: string, value: unknown): unknown =>
  typeof value === 'object' && value !== null && 'type' in value && value.type === 'Buffer' && 'data' in value
    ? { $bytes: Buffer.from(value.data as number[]).toString('base64') }
    : value
