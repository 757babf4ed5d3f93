import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isLeaking, type HeapSample } from './heap-growth.js'
import { growthBetween, readSnapshot, type ClassGrowth } from './heap-snapshot.js'
import type { Account, Question } from './program.js'
import { createVisitors } from './visitors.js'
import { sources } from '../../../../test/sources.js'

/** The counts of either side for one kind of message. */
export interface Row {
  readonly what: string
  readonly clients: number
  readonly server: number
}

/** The growth of the heap over a number of connections. */
export interface Leak {
  readonly connections: number
  readonly grown: readonly ClassGrowth[]
}

/** The result of a soak test. */
export interface Outcome {
  readonly rows: readonly Row[]
  readonly before: Account
  readonly after: Account
  readonly samples: readonly HeapSample[]
  /** The growth in two more rounds, if the heap has grown. */
  readonly leak: Leak | undefined
  readonly seconds: number
}

export interface SoakOptions {
  readonly clients: number
  /**
   * The number of actions of each client in a round. After each round all clients leave, and the heap of the server is
   * measured.
   */
  readonly turns: number
  /** Returns whether there is another round after the first. */
  readonly more: () => boolean
  /** Bytes that the server keeps of each connection, to see that it is found. @default 0 */
  readonly leakBytes?: number
}

/** Rounds of clients that call, err, come and go; the server is another process. */
export const soak = async ({ clients, turns, more, leakBytes = 0 }: SoakOptions): Promise<Outcome> => {
  const started = performance.now()
  const child = fork(join(import.meta.dirname, 'program.ts'), [String(leakBytes)], {
    execArgv: ['--expose-gc', ...sources],
  })
  const ended = once(child, 'exit').then(() => Promise.reject<never>(new Error('the server has ended')))
  ended.catch(() => {})
  const message = async <Message>(): Promise<Message> => {
    const [said] = (await Promise.race([once(child, 'message'), ended])) as [Message]
    return said
  }
  const account = (question: Question = {}): Promise<Account> => {
    const answer = message<Account>()
    child.send(question)
    return answer
  }
  try {
    const { counted, visit } = createVisitors(`http://127.0.0.1:${await message<number>()}`)
    const round = async (): Promise<void> => {
      await Promise.all(Array.from({ length: clients }, (_, index) => visit(index, times(turns))))
    }
    // What is made once is made by then.
    await round()
    const before = await account()
    let after = before
    const samples = [sampleOf(before)]
    do {
      await round()
      after = await account()
      samples.push(sampleOf(after))
    } while (more())
    const rows = Object.entries(counted).map(([what, count]) => ({
      what,
      clients: count,
      server: Number(Object.entries(after.counted).find(([name]) => name === what)?.[1]),
    }))
    const leak = isLeaking(samples) ? await leakIn(round, account) : undefined
    return { rows, before, after, samples, leak, seconds: (performance.now() - started) / 1_000 }
  } finally {
    child.kill()
  }
}

/** Compares the server's heap before and after two more rounds. */
const leakIn = async (round: () => Promise<void>, account: (question: Question) => Promise<Account>): Promise<Leak> => {
  const folder = mkdtempSync(join(tmpdir(), 'ackwire-soak-'))
  try {
    const file = (name: string): string => join(folder, `${name}.heapsnapshot`)
    const before = await account({ snapshot: file('before') })
    await round()
    await round()
    const after = await account({ snapshot: file('after') })
    const grown = growthBetween(readSnapshot(file('before')), readSnapshot(file('after')))
    return { connections: after.counted.connects - before.counted.connects, grown }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

const sampleOf = ({ counted, heap }: Account): HeapSample => ({ connections: counted.connects, heap })

/** Returns a function that is true for a number of times. */
export const times = (count: number): (() => boolean) => {
  let left = count
  return () => left-- > 0
}
