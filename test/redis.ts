import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Need, TestContext } from './harness.js'
import { freePort, startStore, type Store } from './store.js'

/** The requirement of a test that starts a Redis server. */
export const REDIS: Need = {
  name: 'redis-server',
  available: () => spawnSync('redis-server', ['--version']).status === 0,
  install: 'apt-get install redis-server',
}

/** Starts a Redis server in memory on a free local port; `defer` stops it and removes its folder. Its data is lost when it is killed. */
export const startRedis = async ({ defer }: Pick<TestContext, 'defer'>): Promise<Store> => {
  const folder = mkdtempSync(join(tmpdir(), 'ackwire-redis-'))
  defer(() => rmSync(folder, { recursive: true }))
  const port = await freePort()
  const settings = { bind: '127.0.0.1', port: String(port), dir: folder, save: '', appendonly: 'no' }
  return startStore(
    { defer },
    {
      url: `redis://127.0.0.1:${port}`,
      command: 'redis-server',
      args: Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value]),
      ready: 'Ready to accept connections',
      signal: 'SIGKILL',
    },
  )
}
