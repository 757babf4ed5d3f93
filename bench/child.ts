import { fork } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { createRequire, isBuiltin } from 'node:module'
import { tmpdir } from 'node:os'
import { basename, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build as bundle, type Plugin } from 'esbuild'
import { conditions } from './conditions.js'

/** A program in a process of its own. It sends one message when it is ready, and one per message that it is asked to answer. */
export interface Child {
  /** Resolves to the next message, or rejects if the process ends first. */
  hear<Said>(): Promise<Said>
  /** Sends a message that has no answer. */
  tell(told: unknown): void
  /** Sends a message and resolves to its answer. */
  ask<Said>(told: unknown): Promise<Said>
  close(): void
}

/** Starts a program, either a benchmark or a path that Node can run, with the given flags of Node. */
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
      // The caller names the type of the message, since the program's own file defines it.
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
 * Bundles a program to plain JavaScript, as an application would run it. A loader in its process would add to the heap that is
 * collected, and would wrap each function to keep its name.
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

/**
 * Leaves third-party packages external, and bundles those that only our packages depend on, which the bundled file couldn't
 * resolve from its folder.
 */
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

/** Creates a folder from which a program resolves the benchmarks' dependencies. */
const beside = (): string => {
  const made = mkdtempSync(join(tmpdir(), 'ackwire-bench-'))
  symlinkSync(installed, join(made, 'node_modules'))
  process.on('exit', () => rmSync(made, { recursive: true }))
  return made
}
