import { cpSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { runHere } from './in-process.js'
import { runProcess } from './process.js'
import type { Ran, Running } from './running.js'

const home = resolve(import.meta.dirname, '..')

/** A command whose output has matched what was expected of its start. */
export interface Started {
  readonly said: string
  stop(): Promise<Ran>
  /** Resolves to what it has told since, once that matches. */
  next(until: RegExp): Promise<string>
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
  /** Runs the command in the folder, in this process, which takes a tenth of the time. */
  ackwire(...args: readonly string[]): Promise<Ran>
  /** Runs the command as a process: for its start, its end, its environment and what else a contract may do to it. */
  spawn(args: readonly string[], variables?: NodeJS.ProcessEnv): Promise<Ran>
  /** Starts the command in this process, and resolves once what it tells matches. */
  start(args: readonly string[], until: RegExp): Promise<Started>
  /** Starts the command as a process, and resolves once what it tells matches. */
  startProcess(args: readonly string[], until: RegExp): Promise<Started>
}

/** Creates a folder that is removed after the test. */
export const createFolder = (defer: (cleanup: () => unknown) => void): Folder => {
  const path = realpathSync(mkdtempSync(join(tmpdir(), 'ackwire-cli-')))
  defer(() => rmSync(path, { recursive: true, force: true }))
  const modules = join(path, 'node_modules')
  mkdirSync(join(modules, '@ackwire'), { recursive: true })
  for (const name of ['core', 'docs']) symlinkSync(join(home, '..', name), join(modules, '@ackwire', name))
  for (const name of ['@sinclair', '@types', 'socket.io', 'socket.io-client'])
    symlinkSync(join(home, 'node_modules', name), join(modules, name))
  const started = (running: Running, until: RegExp): Promise<Started> => {
    defer(() => running.stop())
    return startedOf(running, until)
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
    ackwire: (...args) => runHere(path, args).ended,
    spawn: (args, variables = {}) => runProcess(path, args, variables).ended,
    start: (args, until) => started(runHere(path, args), until),
    startProcess: (args, until) => started(runProcess(path, args, {}), until),
  }
}

const startedOf = async ({ ran, stop }: Running, until: RegExp): Promise<Started> => {
  let seen = 0
  const next = async (pattern: RegExp): Promise<string> => {
    while (!pattern.test(ran.err.slice(seen))) {
      if (ran.code !== null) throw new Error(`ended with ${ran.code}: ${ran.err}`)
      await new Promise(resume => setTimeout(resume, 20))
    }
    const found = ran.err.slice(seen)
    seen = ran.err.length
    return found
  }
  return { said: await next(until), next, stop }
}

/** Returns the TypeScript source of a contract with the given entries. */
export const contractOf = (entries: string, options = ''): string => `
import { event, router } from '@ackwire/core'
import { Type } from '@sinclair/typebox'
export const api = router({ ${entries} }${options})
`
