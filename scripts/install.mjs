// Makes the workspace's dependencies what the lockfile says, and costs nothing where they are.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { members, root } from './workspace.mjs'

const stamp = join(root, 'node_modules/.ackwire-install')
const { engines, packageManager } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))

/** @param {string} message @returns {never} */
function stop(message) {
  console.error(message)
  process.exit(1)
}

const projects = ['.', ...members]

/** The state of everything that an installation depends on. */
function wantedState() {
  const hash = createHash('sha256').update(process.version)
  for (const file of [
    'pnpm-lock.yaml',
    'pnpm-workspace.yaml',
    ...projects.map(folder => join(folder, 'package.json')),
  ]) {
    hash.update(file).update(readFileSync(join(root, file)))
  }
  return hash.digest('hex')
}

/** @param {string} state */
function isInstalled(state) {
  const complete = projects.every(folder => existsSync(join(root, folder, 'node_modules')))
  return complete && existsSync(stamp) && readFileSync(stamp, 'utf8') === state
}

const wantedNode = engines.node.replace('>=', '')
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
const [leastMajor, leastMinor] = wantedNode.split('.').map(Number)
if (major < leastMajor || (major === leastMajor && minor < leastMinor)) {
  stop(`This repository needs Node ${wantedNode} or later, and this is Node ${process.versions.node}.`)
}

const state = wantedState()
if (!isInstalled(state)) {
  console.log(`Installing the dependencies with ${packageManager} …`)
  // Run through npm, since it comes with Node and fetches the pinned version.
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'
  const args = ['exec', '--yes', '--', packageManager, 'install', '--frozen-lockfile']
  const { status, error } = spawnSync(npm, args, { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' })
  if (status !== 0) {
    stop(
      `The installation failed (${error?.message ?? `code ${status}`}); its messages are above. ` +
        `By hand: npm ${args.join(' ')}`,
    )
  }
  writeFileSync(stamp, state)
}
