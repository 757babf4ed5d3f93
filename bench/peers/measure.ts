import type { Contender } from './contender.js'
import type { Caller } from './peer.js'

/** How many connections call, and how many calls of each are unanswered at any time. */
export interface Load {
  readonly connections: number
  readonly inFlight: number
}

/** What is measured, in the order of the tables. */
export const MEASURES = {
  cpu: { title: "The server's CPU time per call", unit: 'µs' },
  rate: { title: 'Calls per millisecond', unit: '/ms' },
  p50: { title: 'Half of the calls are answered within', unit: 'ms' },
  p99: { title: '99 of 100 calls are answered within', unit: 'ms' },
} as const

export type Measured = Readonly<Record<keyof typeof MEASURES, number>>

/**
 * Calls a contender so many times, with the same input, after a fourth as many that are not counted: of a process that was idle
 * for seconds, V8 has thrown compiled code away.
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
