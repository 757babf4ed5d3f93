/**
 * Measures how a client is affected by another one that floods the server: the duration of its calls with and without limits in
 * the contract. The server, the flooder and the victim are separate processes. The servers take turns. In each turn the victim
 * calls first without and then with the flood, and every figure is a ratio to its median without.
 */
import { io, type Socket } from 'socket.io-client'
import { start } from './child.js'

const NAMES = ['none', 'in flight', 'in flight and rate', 'in flight, cut off', 'in flight and rate, cut off'] as const
const TURNS = Number(process.argv[2] ?? 5)
const MEASURED_MS = 2_000
/** The pause between two calls of the victim, in milliseconds. */
const PAUSE_MS = 5
/** The maximum wait for the server to recover from a flood, in milliseconds. */
const RECOVERY_MS = 60_000

const flood = async (name: string) => {
  const server = await start(new URL('flooded.ts', import.meta.url), [name])
  const { port } = await server.hear<{ readonly port: number }>()
  const flooder = await start(new URL('flooder.ts', import.meta.url), [String(port)])
  await flooder.hear()
  const victim = io(`http://127.0.0.1:${port}`, { transports: ['websocket'], forceNew: true })
  await new Promise<void>(resolve => victim.once('connect', resolve))
  return { name, server, flooder, victim }
}

const pause = (ms: number): Promise<void> => new Promise(resolve => setTimeout(resolve, ms))

const callFor = async (victim: Socket): Promise<number> => {
  const began = performance.now()
  await victim.timeout(RECOVERY_MS).emitWithAck('ping')
  return performance.now() - began
}

/** Measures the duration of each call, in milliseconds. */
const measure = async (victim: Socket): Promise<number[]> => {
  const until = performance.now() + MEASURED_MS
  const took: number[] = []
  while (performance.now() < until) {
    took.push(await callFor(victim))
    await pause(PAUSE_MS)
  }
  return took
}

const at = (values: readonly number[], share: number): number =>
  values.toSorted((left, right) => left - right)[Math.round((values.length - 1) * share)] ?? Number.NaN

/** Waits until the server has worked off a flood: ten calls in a row as fast as before. */
const recover = async (victim: Socket, usual: number): Promise<void> => {
  const until = performance.now() + RECOVERY_MS
  for (let fast = 0; fast < 10;) {
    if (performance.now() > until) throw new Error(`the server did not recover from the flood within ${RECOVERY_MS} ms`)
    fast = (await callFor(victim)) < 3 * usual + 1 ? fast + 1 : 0
    await pause(PAUSE_MS)
  }
}

interface Turn {
  readonly p50: number
  readonly p99: number
  readonly sent: number
  readonly begun: number
}

const ends = await Promise.all(NAMES.map(flood))
for (const { victim } of ends) await measure(victim)

const turns = new Map<string, Turn[]>(NAMES.map(name => [name, []]))
const quiet: number[] = []
for (let turn = 0; turn < TURNS; turn++) {
  for (const { name, server, flooder, victim } of ends) {
    const usual = at(await measure(victim), 0.5)
    quiet.push(usual)
    await server.ask('reset')
    flooder.tell('start')
    await pause(500)
    const took = await measure(victim)
    const { sent } = await flooder.ask<{ readonly sent: number }>('stop')
    await recover(victim, usual)
    const { begun } = await server.ask<{ readonly begun: number }>('reset')
    turns.get(name)?.push({ p50: at(took, 0.5) / usual, p99: at(took, 0.99) / usual, sent, begun })
  }
}
for (const { server, flooder, victim } of ends) {
  victim.disconnect()
  flooder.close()
  server.close()
}

const shown = (all: readonly Turn[], part: keyof Turn, digits: number): string => {
  const values = all.map(turn => turn[part])
  return `${at(values, 0.5).toFixed(digits)} (${at(values, 0).toFixed(digits)} to ${at(values, 1).toFixed(digits)})`
}
console.log(
  `Node ${process.version}, ${TURNS} turns of ${MEASURED_MS} ms; the victim's median without a flood: ${at(quiet, 0.5).toFixed(2)} ms`,
)
console.table(
  [...turns].map(([limits, all]) => ({
    limits,
    'p50, × quiet p50': shown(all, 'p50', 1),
    'p99, × quiet p50': shown(all, 'p99', 1),
    'calls of the flood': shown(all, 'sent', 0),
    'that reached the handler': shown(all, 'begun', 0),
  })),
)
