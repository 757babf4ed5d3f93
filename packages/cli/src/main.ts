#!/usr/bin/env node
import { writeSync } from 'node:fs'
import { codeOf, run, USAGE_ERROR } from './program.js'
import { createTerminal } from './terminal/terminal.js'

const terminal = createTerminal()

/** The exit code, once it is known. */
let ended: number | undefined

/** Exits once all output is written, since a pipe may be slow. */
const end = (code: number): void => {
  ended = code
  // Exits explicitly, since the contract may have opened something that keeps the process alive.
  terminal.flush(() => process.exit(code))
}

const fail = (error: unknown): void => end(codeOf(error, terminal))

// A contract is a program and may end the process, which must not look like a success.
process.exitCode = USAGE_ERROR
process.on('exit', () => {
  process.exitCode = ended ?? USAGE_ERROR
  if (ended === undefined) writeSync(process.stderr.fd, 'the contract ended the process, or never finished loading\n')
})
process.on('uncaughtException', fail)

// A reader that closes early, such as `head`, is not an error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') return fail(error)
  ended ??= 0
  process.exit(ended)
})

void run(process.argv.slice(2), terminal).then(end)
