// Every check that is no test: one line per tool, and its output where it fails. `--sources` and `--packages` take a part each.
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { pack } from './pack.mjs'

const root = resolve(import.meta.dirname, '..')
const tool = (/** @type {string} */ name) => join(root, 'node_modules/.bin', name)
const tarballs = mkdtempSync(join(tmpdir(), 'ackwire-tarballs-'))
process.on('exit', () => rmSync(tarballs, { recursive: true }))

/**
 * Runs a program, prints its line, and resolves to whether it ended well. Its output is shown where it fails.
 * @param {string} label @param {string[]} command
 */
async function run(label, [program = '', ...args]) {
  const started = performance.now()
  const child = spawn(program, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', chunk => (output += chunk))
  const code = await new Promise(done => child.on('close', done).on('error', done))
  const good = code === 0
  console.log(`${good ? 'ok    ' : 'FAILED'}  ${label}  ${((performance.now() - started) / 1000).toFixed(1)} s`)
  if (!good) console.log(output.trimEnd().replace(/^/gm, '        '))
  if (!good) process.exitCode = 1
  return good
}

/** Checks the sources. */
async function checkSources() {
  await run('oxfmt', [tool('oxfmt'), '--check'])
  await run('oxlint', [tool('oxlint'), '--deny-warnings'])
  await Promise.all([
    run('knip', [tool('knip'), '--no-progress']),
    run('tsc, everything', [tool('tsc'), '-b']),
    run('tsc, functions of engines', [tool('tsc'), '-p', 'tsconfig.engines.json']),
  ])
}

/** Checks the packages as they are published. */
async function checkPackages() {
  if (!(await run('build', [process.execPath, 'scripts/built.mjs']))) return
  const packed = await pack(tarballs)
  await Promise.all([
    ...packed.map(({ name, tarball }) => run(`publint ${name}`, [tool('publint'), '--strict', tarball])),
    // Nothing can be imported from the command, so that there are no types to look at.
    ...packed
      .filter(({ name }) => name !== 'ackwire')
      .map(({ name, tarball }) => run(`attw ${name}`, [tool('attw'), '--profile', 'strict', tarball])),
  ])
}

const only = process.argv[2]
// In this order: the build takes away files that the linter looks at.
if (only !== '--packages') await checkSources()
if (only !== '--sources') await checkPackages()
