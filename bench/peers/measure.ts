import type { Contender } from './contender.js'
import type { Caller } from './peer.js'

/** The number of connections, and of unanswered calls that each keeps in flight. */
export interface Load {
  readonly connections: number
  readonly inFlight: number
}

/** The measured quantities, in the order of the tables. */
export const MEASURES = {
  cpu: { title: "The server's CPU time per call", unit: 'µs' },
  rate: { title: 'Calls per millisecond', unit: '/ms' },
  p50: { title: 'Half of the calls are answered within', unit: 'ms' },
  p99: { title: '99 of 100 calls are answered within', unit: 'ms' },
} as const

export type Measured = Readonly<Record<keyof typeof MEASURES, number>>

/**
 * Calls a contender the given number of times with the same input, after a quarter as many uncounted calls: V8 discards compiled
 * code of a process that has been idle for seconds.
 */
export const measure = async (
  { callers, cpu }: Contender,
  input: object,
  messages: number,
  { connections, inFlight }: Load,
): Promise<Measured> => {
  const calling = callers.slice(0, connections)
  const took: number[] = []
  const call = async (count: number): Promise<void> => {
    let left = count
    const lane = async (caller: Caller): Promise<void> => {
      while (left-- > 0) {
        const began = performance.now()
        await caller.call(input)
        took.push(performance.now() - began)
      }
    }
    await Promise.all(calling.flatMap(caller => Array.from({ length: inFlight }, () => lane(caller))))
  }
  await call(messages / 4)
  took.length = 0
  const [before, began] = [await cpu(), performance.now()]
  await call(messages)
  const ms = performance.now() - began
  const spent = (await cpu()) - before
  took.sort((one, other) => one - other)
  const at = (share: number): number => took[Math.round((took.length - 1) * share)] ?? Number.NaN
  return { cpu: spent / messages, rate: messages / ms, p50: at(0.5), p99: at(0.99) }
}
