import { FormatRegistry } from '@sinclair/typebox'
import { run } from '../src/program.js'
import { terminalOf } from '../src/terminal/terminal.js'
import type { Ran, Running } from './running.js'

/** The command that is running, since the process has one working directory. */
let current: string | undefined

/** Runs the command in this process, with a folder as the working directory. */
export const runHere = (folder: string, args: readonly string[]): Running => {
  if (current !== undefined) throw new Error(`ackwire ${current} is still running in this process: stop it first`)
  current = args.join(' ')
  const formats = new Set(FormatRegistry.Entries().keys())
  const home = process.cwd()
  process.chdir(folder)
  const ran = { code: null, out: '', err: '' }
  let stop = (): void => {}
  const interruption = new Promise<void>(done => (stop = done))
  const terminal = terminalOf({
    out: text => (ran.out += text),
    error: text => (ran.err += text),
    hasColors: false,
    interrupted: () => interruption,
  })
  const ended = run(args, terminal).then((code): Ran => {
    process.chdir(home)
    // A contract registers formats in the TypeBox of this process.
    for (const format of FormatRegistry.Entries().keys()) if (!formats.has(format)) FormatRegistry.Delete(format)
    current = undefined
    return Object.assign(ran, { code })
  })
  return { ran, ended, stop: () => (stop(), ended) }
}
