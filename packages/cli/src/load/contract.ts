import { existsSync, realpathSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, relative, resolve, sep } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import type { Router } from '@ackwire/core'
import { isJson, isRouter, type Json } from '@ackwire/docs/tooling'
import { messageOf, problem, problemOf } from '../terminal/problem.js'
import { bundle, type Bundle } from './bundle.js'

/** A module's exports, and the files that it consists of. */
export interface Module {
  readonly exports: Json
  readonly inputs: readonly string[]
}

/** Returns a path in the form in which a user would write it. */
export const shown = (file: string): string => {
  const short = relative(process.cwd(), file)
  return short === '' || short.startsWith('..') ? file : short
}

/** Returns the absolute path of an existing file. @throws A problem that names the file if it does not exist. */
export const existing = (file: string): string => {
  const path = resolve(file)
  if (!existsSync(path)) throw problem(`${file}: there is no such file in ${process.cwd()}; check the path`)
  return realpathSync(path)
}

/** Returns true if a file's extension is that of a contract. */
export const isContractFile = (file: string): boolean => /\.[cm]?[jt]sx?$/i.test(file)

/**
 * Runs a TypeScript or JavaScript module. A file with any other extension may be an untrusted document, and is not run.
 *
 * @throws A problem for such an extension, for an import that fails, and for an error that the module throws.
 */
export const loadModule = async (file: string): Promise<Module> => {
  const path = existing(file)
  if (!isContractFile(file))
    throw problem(
      `${file}: its name does not say what it is; expected a contract (.ts, .js and the like) or a document (.yaml, .yml, .json)`,
    )
  return run(path, await bundle(path))
}

const run = async (path: string, { code, inputs }: Bundle): Promise<Module> => {
  const folder = await mkdtemp(join(tmpdir(), 'ackwire-'))
  // A new folder for each load, because Node caches modules by path.
  const built = join(folder, 'contract.mjs')
  process.setSourceMapsEnabled(true)
  try {
    await writeFile(built, code)
    const exports: unknown = await import(pathToFileURL(built).href)
    return { exports: isJson(exports) ? exports : {}, inputs }
  } catch (error) {
    throw problemOf(`${placeOf(error, inputs) ?? shown(path)}: `, messageOf(error))
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** The folder of core, whose stack frames are skipped, since the mistake is in the user's code. */
const CORE = dirname(fileURLToPath(import.meta.resolve('@ackwire/core'))) + sep

/** Returns the first stack frame of an error that lies in the user's own files. */
const placeOf = (error: unknown, inputs: readonly string[]): string | undefined => {
  const stack = error instanceof Error ? (error.stack ?? '') : ''
  for (const [, at = '', line] of stack.matchAll(/((?:file:\/\/)?[^\s()]+):(\d+):\d+/g)) {
    const file = at.startsWith('file://') ? fileURLToPath(at) : at
    if (inputs.includes(file) && !file.startsWith(CORE)) return `${shown(file)}:${line}`
  }
  return undefined
}

/** Finds the contract among a module's exports. @throws A problem if there is none, or several and no name is given. */
export const routerIn = ({ exports }: Module, file: string, name: string | undefined): Router => {
  const routers = Object.entries(exports).filter((entry): entry is [string, Router] => isRouter(entry[1]))
  const names = routers.map(([key]) => key).join(', ')
  if (name !== undefined) {
    const [, router] = routers.find(([key]) => key === name) ?? []
    if (router !== undefined) return router
    throw problem(
      name in exports
        ? `${file}: the export "${name}" is not a router; write export const ${name} = router({ … })`
        : `${file}: there is no export "${name}"; ${names === '' ? noRouterIn(exports) : `routers are exported as ${names}`}`,
    )
  }
  const [router, ...others] = new Set(routers.map(([, value]) => value))
  if (router === undefined) throw problem(`${file}: ${noRouterIn(exports)}; write export const api = router({ … })`)
  if (others.length > 0) {
    throw problem(`${file}: several routers are exported: ${names}; say which one with --export ${routers[0]?.[0]}`)
  }
  return router
}

const noRouterIn = (exports: Json): string =>
  `no router is exported (but ${Object.keys(exports).join(', ') || 'nothing'})`
