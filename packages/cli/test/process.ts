import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { buildSync } from 'esbuild'
import { sources } from '../../../test/sources.js'
import type { Ran, Running } from './running.js'

const home = resolve(import.meta.dirname, '..')
const binary = join(home, 'src/main.ts')

/**
 * Bundles the command into one file, with all that it imports except esbuild, which is a program. Otherwise each run would read the
 * four hundred files of TypeBox. A contract then has a TypeBox of its own, as with `npx ackwire`; test/tarball.test.ts runs the
 * command as it is installed.
 */
const bundled = ((): (() => string) => {
  let file: string | undefined
  return () => {
    if (file !== undefined) return file
    // Beside the packages that it imports.
    const folder = mkdtempSync(join(home, 'node_modules/.ackwire-cli-'))
    process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
    file = join(folder, 'main.mjs')
    buildSync({
      entryPoints: [binary],
      bundle: true,
      platform: 'node',
      format: 'esm',
      conditions: ['ackwire-source'],
      external: ['esbuild'],
      banner: {
        js: "import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);",
      },
      outfile: file,
    })
    return file
  }
})()

/** Runs the command as a process. */
export const runProcess = (folder: string, args: readonly string[], variables: NodeJS.ProcessEnv): Running => {
  // The page of `serve` is loaded from the sources.
  const command = args[0] === 'serve' ? [...sources, binary] : ['--conditions=ackwire-source', bundled()]
  const { NO_COLOR: _, FORCE_COLOR: __, ...env } = process.env
  const child = spawn(process.execPath, [...command, ...args], { cwd: folder, env: { ...env, ...variables } })
  const ran = { code: null, out: '', err: '' }
  child.stdout.on('data', (chunk: Buffer) => (ran.out += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (ran.err += chunk.toString()))
  const ended = new Promise<Ran>(done => child.on('close', code => done(Object.assign(ran, { code }))))
  return { ran, ended, stop: () => (child.kill('SIGINT'), ended) }
}
