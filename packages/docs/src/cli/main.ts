#!/usr/bin/env node
import { isProblem } from './problem.js'
import { createProgram, usageErrorIn, USAGE_ERROR } from './program.js'
import { createTerminal } from './terminal.js'

const terminal = createTerminal()

/** Ends once all is written: a pipe may be slower than we are. */
const end = (code: number): void => {
  process.exitCode = code
  // What a contract has opened must not keep a command from ending.
  process.stdout.write('', () => process.stderr.write('', () => process.exit(code)))
}

// A reader that has seen enough, such as `head`, is no mistake.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0)
  throw error
})

try {
  await createProgram(terminal, end).parseAsync()
} catch (error) {
  const usage = usageErrorIn(error)
  if (usage === undefined && !isProblem(error)) throw error
  if (isProblem(error)) terminal.tell(error.message)
  end(usage === 'help' ? 0 : USAGE_ERROR)
}
