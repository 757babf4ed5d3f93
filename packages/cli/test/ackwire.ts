import { spawn } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { buildSync } from 'esbuild'
import { sources } from '../../../test/sources.js'

const home = resolve(import.meta.dirname, '..')
const binary = join(home, 'src/main.ts')
const conditions = '--conditions=ackwire-source'

/**
 * Bundles the command into one file, with all that it imports except esbuild, which is a program. Otherwise each of hundreds of runs
 * would read the four hundred files of TypeBox. A contract then has a TypeBox of its own, as with `npx ackwire`;
 * test/tarball.test.ts runs the command as it is installed.
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

/** The output and exit code of a process. */
export interface Ran {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

/** A folder in which the packages are installed as for a user. */
export interface Folder {
  readonly path: string
  /** Writes files by their names. */
  write(files: Readonly<Record<string, string>>): void
  /** Reads a file as text. @throws Error if it does not exist. */
  read(name: string): string
  /** Copies a fixture. */
  copy(name: string): void
  /** Runs the real command in the folder. */
  ackwire(...args: readonly string[]): Promise<Ran>
  /** Starts the command and resolves once its output matches. */
  start(
    args: readonly string[],
    until: RegExp,
  ): Promise<{ readonly said: string; stop(): Promise<Ran>; next(until: RegExp): Promise<string> }>
}

/** Creates a folder that is removed after the test. */
export const createFolder = (defer: (cleanup: () => unknown) => void, env: NodeJS.ProcessEnv = {}): Folder => {
  const path = realpathSync(mkdtempSync(join(tmpdir(), 'ackwire-cli-')))
  defer(() => rmSync(path, { recursive: true, force: true }))
  const modules = join(path, 'node_modules')
  mkdirSync(join(modules, '@ackwire'), { recursive: true })
  for (const name of ['core', 'docs']) symlinkSync(join(home, '..', name), join(modules, '@ackwire', name))
  for (const name of ['@sinclair', '@types', 'socket.io', 'socket.io-client'])
    symlinkSync(join(home, 'node_modules', name), join(modules, name))
  const run = (command: readonly string[]) => {
    const { NO_COLOR: _, FORCE_COLOR: __, ...rest } = process.env
    return spawn(process.execPath, command, {
      cwd: path,
      env: { ...rest, ...env },
    })
  }
  const ended = (child: ReturnType<typeof run>): Promise<Ran> => {
    let [out, err] = ['', '']
    child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()))
    child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()))
    return new Promise(done => child.on('close', code => done({ code, out, err })))
  }
  return {
    path,
    write(files) {
      for (const [name, text] of Object.entries(files)) {
        mkdirSync(dirname(join(path, name)), { recursive: true })
        writeFileSync(join(path, name), text)
      }
    },
    read: name => readFileSync(join(path, name), 'utf8'),
    copy: name => cpSync(join(import.meta.dirname, 'fixtures', name), join(path, name)),
    // The page is loaded from the sources.
    ackwire: (...args) =>
      ended(run(args[0] === 'serve' ? [...sources, binary, ...args] : [conditions, bundled(), ...args])),
    async start(args, until) {
      const child = run([...sources, binary, ...args])
      const end = ended(child)
      defer(() => (child.kill('SIGKILL'), end))
      let said = ''
      child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()))
      const next = async (pattern: RegExp): Promise<string> => {
        while (!pattern.test(said)) {
          if (child.exitCode !== null) throw new Error(`ended with ${child.exitCode}: ${said}`)
          await new Promise(resume => setTimeout(resume, 20))
        }
        const found = said
        said = ''
        return found
      }
      return { said: await next(until), next, stop: () => (child.kill('SIGINT'), end) }
    },
  }
}

/** Returns the TypeScript source of a contract with the given entries. */
export const contractOf = (entries: string, options = ''): string => `
import { event, router } from '@ackwire/core'
import { Type } from '@sinclair/typebox'
export const api = router({ ${entries} }${options})
`
