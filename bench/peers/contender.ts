import { start } from '../child.js'
import { peerOf, UNCHECKED } from './all.js'
import { INPUTS } from './input.js'
import type { Caller } from './peer.js'

/** A contender's server in its own process, and its clients in this one. */
export interface Contender {
  readonly name: string
  readonly callers: readonly Caller[]
  /** Resolves to the server's CPU time, in microseconds. */
  cpu(): Promise<number>
  close(): void
}

/** Starts a contender. @throws Error if it gives a wrong answer. */
export const contend = async (name: string, connections: number): Promise<Contender> => {
  const peer = await peerOf(name)
  const child = await start(new URL('server.ts', import.meta.url), [name])
  const { port } = await child.hear<{ readonly port: number }>()
  const callers = await Promise.all(Array.from({ length: connections }, () => peer.connect(port)))
  const close = (): void => {
    for (const caller of callers) caller.close()
    child.close()
  }
  try {
    await check(name, callers)
  } catch (error) {
    close()
    throw error
  }
  return {
    name,
    callers,
    async cpu() {
      const { cpuMicros } = await child.ask<{ readonly cpuMicros: number }>('cpu')
      return cpuMicros
    },
    close,
  }
}

const check = async (name: string, callers: readonly Caller[]): Promise<void> => {
  for (const caller of callers)
    for (const { valid, invalid } of Object.values(INPUTS)) {
      const outcomes = [await caller.call(valid), await caller.call(invalid)]
      const expected = ['answered', UNCHECKED.some(unchecked => unchecked === name) ? 'answered' : 'refused']
      if (outcomes.join() !== expected.join()) throw new Error(`${name}: expected ${expected}, got ${outcomes}`)
    }
}
