#!/usr/bin/env node
import { writeSync } from 'node:fs'
import { linesOf } from './terminal/problem.js'
import { createProgram, usageErrorIn, USAGE_ERROR } from './program.js'
import { createTerminal } from './terminal/terminal.js'

const terminal = createTerminal()

/** What the command ends with, once it is known. */
let ended: number | undefined

/** Ends once all is written: a pipe may be slower than we are. */
const end = (code: number): void => {
  ended = code
  // What a contract has opened must not keep a command from ending.
  terminal.flush(() => process.exit(code))
}

const fail = (error: unknown): void => {
  const usage = usageErrorIn(error)
  if (usage === undefined) terminal.tell(...linesOf(error, 'ackwire: '))
  end(usage === 'help' ? 0 : USAGE_ERROR)
}

// A contract is a program: it may end the process, and nobody is to take that for an answer.
process.exitCode = USAGE_ERROR
process.on('exit', () => {
  process.exitCode = ended ?? USAGE_ERROR
  if (ended === undefined) writeSync(process.stderr.fd, 'the contract ended the process, or never finished loading\n')
})
process.on('uncaughtException', fail)

// A reader that has seen enough, such as `head`, is no mistake.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') return fail(error)
  ended ??= 0
  process.exit(ended)
})

createProgram(terminal, end).parseAsync().catch(fail)
