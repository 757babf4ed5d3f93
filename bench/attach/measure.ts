import { start } from '../child.js'
import { namesOf, validInput, validReply } from '../many.js'
import { connected } from '../peers/peer.js'
import { median } from '../table.js'

/**
 * The steps measured in a process, in the order of the table, each in milliseconds of CPU time. A call is measured until its
 * answer arrives.
 */
export const STEPS = {
  schemas: 'the schemas themselves',
  define: 'event, router',
  attach: 'attach',
  again: 'attach of another',
  render: 'docs.render',
  first: 'the first call',
  fresh: "an event's first call",
  next: 'its next',
} as const
export type Step = keyof typeof STEPS

interface Said extends Readonly<Record<Exclude<Step, 'first' | 'fresh' | 'next'>, number>> {
  readonly port: number
  /** The length of the document, in bytes. */
  readonly bytes: number
}
export type Measured = Readonly<Record<Step | 'bytes', number>>

/** The number of events that are called after the first. */
const CALLED = 9

/** Measures a contract of the given number of events in a new process. @throws Error if a call gets the wrong answer. */
export const measure = async (events: number): Promise<Measured> => {
  const child = await start(new URL('program.ts', import.meta.url), [String(events)])
  try {
    const { port, ...said } = await child.hear<Said>()
    const socket = await connected(port)
    const call = async (name: string): Promise<number> => {
      const began = performance.now()
      const reply: unknown = await socket.emitWithAck(name, validInput(name))
      const ms = performance.now() - began
      if (JSON.stringify(reply) !== JSON.stringify(validReply(name)))
        throw new Error(`${name} of ${events} answers ${JSON.stringify(reply)}`)
      return ms
    }
    const names = namesOf(events)
    const first = await call(names[0] ?? '')
    const [fresh, next]: [number[], number[]] = [[], []]
    for (const name of names.slice(1, 1 + CALLED)) {
      fresh.push(await call(name))
      next.push(await call(name))
    }
    socket.disconnect()
    return { ...said, first, fresh: median(fresh), next: median(next) }
  } finally {
    child.close()
  }
}
