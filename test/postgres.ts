import { spawnSync } from 'node:child_process'
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import type { Need, TestContext } from './harness.js'
import { freePort, startStore, type Store } from './store.js'

const DEBIAN = '/usr/lib/postgresql'

/** Returns the folder of PostgreSQL's programs. Debian's are not on the `PATH`, and there may be those of several versions. */
const programs = (): string | undefined => {
  const versions = existsSync(DEBIAN) ? readdirSync(DEBIAN).sort((one, other) => Number(other) - Number(one)) : []
  const folders = [
    ...versions.map(version => join(DEBIAN, version, 'bin')),
    ...(process.env['PATH'] ?? '').split(delimiter),
  ]
  return folders.find(folder => ['initdb', 'postgres'].every(name => existsSync(join(folder, name))))
}

/** Returns the user that the server runs as, since it refuses to run as root; `undefined` if there is none. */
const serverUser = (): { readonly uid?: number; readonly gid?: number } | undefined => {
  if (process.getuid?.() !== 0) return {}
  const [uid, gid] = ['-u', '-g'].map(flag => {
    const { status, stdout } = spawnSync('id', [flag, 'postgres'], { encoding: 'utf8' })
    return status === 0 ? Number(stdout) : undefined
  })
  return uid === undefined || gid === undefined ? undefined : { uid, gid }
}

/** The requirement of a test that starts a PostgreSQL server. */
export const POSTGRES: Need = {
  name: 'postgresql',
  available: () => programs() !== undefined && serverUser() !== undefined,
  install: 'apt-get install postgresql',
}

/** Starts a PostgreSQL server with an empty database on a free local port; `defer` stops it and removes its folder. */
export const startPostgres = async ({ defer }: Pick<TestContext, 'defer'>): Promise<Store> => {
  const folder = mkdtempSync(join(tmpdir(), 'ackwire-postgres-'))
  defer(() => rmSync(folder, { recursive: true }))
  const user = serverUser() ?? {}
  if (user.uid !== undefined && user.gid !== undefined) chownSync(folder, user.uid, user.gid)
  const bin = programs() ?? ''
  const data = join(folder, 'data')
  const made = spawnSync(
    join(bin, 'initdb'),
    ['--pgdata', data, '--username', 'postgres', '--auth', 'trust', '--encoding', 'UTF8', '--locale', 'C', '--no-sync'],
    { ...user, cwd: folder, encoding: 'utf8' },
  )
  if (made.status !== 0) throw new Error(`initdb ended with code ${made.status}: ${made.stderr}`)

  const port = await freePort()
  const settings = {
    listen_addresses: '127.0.0.1',
    port,
    unix_socket_directories: '',
    fsync: 'off',
    shared_buffers: '16MB',
  }
  return startStore(
    { defer },
    {
      url: `postgres://postgres@127.0.0.1:${port}/postgres`,
      command: join(bin, 'postgres'),
      args: ['-D', data, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])],
      options: { ...user, cwd: folder },
      ready: 'ready to accept connections',
      // Ends all of its processes at once, and leaves the recovery to the next start.
      signal: 'SIGQUIT',
    },
  )
}
