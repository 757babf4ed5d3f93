import { fork } from 'node:child_process'
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildSync } from 'esbuild'

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
export const start = (file: URL | string, args: readonly string[], flags: readonly string[] = []): Child => {
  const { path, loader } = file instanceof URL ? runnable(fileURLToPath(file)) : { path: file, loader: [] }
  const child = fork(path, args, { execArgv: [...loader, ...flags] })
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

/** Whether the packages are taken from their sources, as they are in tests. */
const areSources = process.execArgv.some(option => option.startsWith('--conditions='))

const built = new Map<string, string>()
let folder: string | undefined

/**
 * A program, as an application would run it. With a loader in its process it would have that one's heap to collect, and a name
 * for each function; but the packages' sources need one.
 */
const runnable = (source: string): { path: string; loader: readonly string[] } => {
  if (areSources) return { path: source, loader: process.execArgv }
  const path = built.get(source) ?? build(source)
  built.set(source, path)
  return { path, loader: [] }
}

const build = (source: string): string => {
  folder ??= beside()
  const outdir = join(folder, String(built.size))
  buildSync({
    entryPoints: [source],
    outdir,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    target: 'node20',
  })
  return join(outdir, `${basename(source, '.ts')}.mjs`)
}

/** A folder in which a program finds what the benchmarks have installed. */
const beside = (): string => {
  const made = mkdtempSync(join(tmpdir(), 'ackwire-bench-'))
  symlinkSync(resolve(import.meta.dirname, 'node_modules'), join(made, 'node_modules'))
  process.on('exit', () => rmSync(made, { recursive: true }))
  return made
}
