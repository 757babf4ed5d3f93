import { fork } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { createRequire, isBuiltin } from 'node:module'
import { tmpdir } from 'node:os'
import { basename, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build as bundle, type Plugin } from 'esbuild'
import { conditions } from './conditions.js'

/** A program in a process of its own. It says one thing when it is ready, and one for each that it is told. */
export interface Child {
  /** What it says next. Rejects if it ends instead. */
  hear<Said>(): Promise<Said>
  /** Tells it something that it does not answer. */
  tell(told: unknown): void
  /** Tells it something, and resolves to what it says. */
  ask<Said>(told: unknown): Promise<Said>
  close(): void
}

/** Starts a program: one of the benchmarks, or a path that Node can run. `flags` are Node's. */
export const start = async (
  file: URL | string,
  args: readonly string[],
  flags: readonly string[] = [],
): Promise<Child> => {
  const path = file instanceof URL ? await runnable(fileURLToPath(file)) : file
  const child = fork(path, args, { execArgv: [...flags] })
  const hear = <Said>(): Promise<Said> =>
    new Promise((resolve, reject) => {
      const settle = (): void => void child.off('message', onMessage).off('exit', onExit)
      // What a program says is what its file sends: the caller names its type.
      const onMessage = (said: unknown): void => (settle(), resolve(said as Said))
      const onExit = (code: number | null): void => (settle(), reject(new Error(`${file} ended with ${code}`)))
      child.on('message', onMessage).on('exit', onExit)
    })
  return {
    hear,
    ask<Said>(told: unknown) {
      const said = hear<Said>()
      child.send(told as object)
      return said
    },
    tell: told => void child.send(told as object),
    close: () => void child.kill(),
  }
}

const built = new Map<string, Promise<string>>()
let folder: string | undefined

/**
 * A program, as an application would run it: with a loader in its process, it would have the heap of that one to collect, and a
 * name for each function that it makes.
 */
const runnable = (source: string): Promise<string> => {
  const known = built.get(source) ?? build(source, join((folder ??= beside()), String(built.size)))
  built.set(source, known)
  return known
}

const build = async (source: string, outdir: string): Promise<string> => {
  await bundle({
    entryPoints: [source],
    outdir,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    plugins: [others],
    conditions: [...conditions],
    platform: 'node',
    format: 'esm',
    target: 'node20',
  })
  return join(outdir, `${basename(source, '.ts')}.mjs`)
}

const installed = resolve(import.meta.dirname, 'node_modules')

/** Packages of others stay what they are. Those that only ours depend on, a program would not find where it is put. */
const others: Plugin = {
  name: 'others',
  setup({ onResolve }) {
    onResolve({ filter: /^[^./]/ }, ({ path, importer, kind }) => {
      if (kind === 'entry-point') return undefined
      if (path.startsWith('@ackwire/')) return conditions.length > 0 ? undefined : { path, external: true }
      const [name = ''] = /^(?:@[^/]+\/)?[^/]+/.exec(path) ?? []
      if (isBuiltin(path) || existsSync(join(installed, name))) return { path, external: true }
      return { path: createRequire(importer).resolve(path), external: true }
    })
  },
}

/** A folder in which a program finds what the benchmarks have installed. */
const beside = (): string => {
  const made = mkdtempSync(join(tmpdir(), 'ackwire-bench-'))
  symlinkSync(installed, join(made, 'node_modules'))
  process.on('exit', () => rmSync(made, { recursive: true }))
  return made
}
