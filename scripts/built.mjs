// Builds what is packed, unless it is built of these sources: `node scripts/built.mjs`. One process builds; others wait for it.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { published, root } from './workspace.mjs'

const cache = join(root, 'node_modules/.cache/ackwire-build')
const stamp = join(cache, 'sources')
const lock = join(cache, 'lock')

/** @param {string} path @returns {string[]} */
const filesAt = path =>
  statSync(path).isFile()
    ? [path]
    : readdirSync(path, { recursive: true, withFileTypes: true })
        .filter(entry => entry.isFile())
        .map(entry => join(entry.parentPath, entry.name))

/** Returns the state of everything that a build depends on. */
function wantedState() {
  const own = published.map(folder => join(root, folder))
  const projects = own.flatMap(folder =>
    readdirSync(folder)
      .filter(name => name.endsWith('.json'))
      .map(name => join(folder, name)),
  )
  const others = ['pnpm-lock.yaml', 'tsconfig.base.json', 'scripts'].map(name => join(root, name))
  const hash = createHash('sha256')
  for (const file of [...own.map(folder => join(folder, 'src')), ...projects, ...others].flatMap(filesAt).toSorted())
    hash.update(file).update(readFileSync(file))
  return hash.digest('hex')
}

/** @param {string} state */
const isBuilt = state =>
  existsSync(stamp) &&
  readFileSync(stamp, 'utf8') === state &&
  // The build writes it last.
  published.every(folder => existsSync(join(root, folder, 'dist/sbom.cdx.json')))

/** Resolves once no other process builds. */
async function takeLock() {
  mkdirSync(cache, { recursive: true })
  for (;;) {
    try {
      writeFileSync(lock, String(process.pid), { flag: 'wx' })
      return
    } catch {
      if (!isHeld()) rmSync(lock, { force: true })
      else await setTimeout(100)
    }
  }
}

/** Tells whether the process that holds the lock is alive. */
function isHeld() {
  try {
    return process.kill(Number(readFileSync(lock, 'utf8')) || process.pid, 0)
  } catch {
    return false
  }
}

await takeLock()
process.on('exit', () => rmSync(lock, { force: true }))
const state = wantedState()
if (!isBuilt(state)) {
  rmSync(stamp, { force: true })
  const { status } = spawnSync(process.execPath, [join(root, 'scripts/build.mjs')], { stdio: 'inherit' })
  if (status !== 0) process.exit(1)
  writeFileSync(stamp, state)
}
