/**
 * Compares servers, each in a process of its own, with the client in this one. They take turns, so that other load on the machine
 * affects all of them alike. Every figure is a ratio to the plain server in the same turn.
 */
import { io, type Socket } from 'socket.io-client'
import { start, type Child } from './child.js'

const TURNS = Number(process.argv[2] ?? 9)
const MESSAGES = 20_000
const IN_FLIGHT = 64

/** The two inputs. Every server accepts the valid one, and all but the plain one refuse the other. */
const INPUTS = {
  valid: { email: 'bob@example.com', password: 'secret' },
  invalid: { email: 'bob@example.com', password: 'short' },
}
export type Input = keyof typeof INPUTS

const contend = async (name: string): Promise<{ name: string; child: Child; socket: Socket }> => {
  const child = await start(new URL('contender.ts', import.meta.url), [name])
  const { port } = await child.hear<{ readonly port: number }>()
  const socket = io(`http://127.0.0.1:${port}`, { transports: ['websocket'], forceNew: true })
  await new Promise<void>(resolve => socket.once('connect', resolve))
  return { name, child, socket }
}

const cpuOf = async (child: Child): Promise<number> => {
  const { cpuMicros } = await child.ask<{ readonly cpuMicros: number }>('cpu')
  return cpuMicros
}

const send = async (socket: Socket, input: unknown, count: number): Promise<void> => {
  let left = count
  const lane = async (): Promise<void> => {
    while (left-- > 0) await socket.emitWithAck('sign_up', input)
  }
  await Promise.all(Array.from({ length: IN_FLIGHT }, lane))
}

/** Measures the server's CPU time per message, in microseconds. */
const measure = async (child: Child, socket: Socket, input: unknown): Promise<number> => {
  const before = await cpuOf(child)
  await send(socket, input, MESSAGES)
  return ((await cpuOf(child)) - before) / MESSAGES
}

/** Prints the server's CPU time per message for each contender of `contender.ts`, as a multiple of the plain one's. */
export const compare = async (names: readonly string[], inputs: readonly Input[]): Promise<void> => {
  const servers = await Promise.all(['plain', ...names].map(contend))
  for (const { name, socket } of servers) {
    const valid: unknown = await socket.emitWithAck('sign_up', INPUTS.valid)
    const invalid: unknown = await socket.emitWithAck('sign_up', INPUTS.invalid)
    const refuses = JSON.stringify(invalid) !== JSON.stringify({ success: true })
    if (JSON.stringify(valid) !== JSON.stringify({ success: true }) || refuses !== (name !== 'plain')) {
      throw new Error(`${name} answers ${JSON.stringify([valid, invalid])}`)
    }
    for (const input of inputs) await send(socket, INPUTS[input], MESSAGES)
  }

  const ratios = new Map<string, number[]>()
  const micros: number[] = []
  for (let turn = 0; turn < TURNS; turn++) {
    let plain = 0
    for (const { name, child, socket } of servers) {
      for (const input of name === 'plain' ? (['valid'] as const) : inputs) {
        const cost = await measure(child, socket, INPUTS[input])
        if (name === 'plain') micros.push((plain = cost))
        const key = `${name}, ${input}`
        ratios.set(key, [...(ratios.get(key) ?? []), cost / plain])
      }
    }
  }
  for (const { child, socket } of servers) {
    socket.disconnect()
    child.close()
  }

  const rows = [...ratios].map(([contender, all]) => ({
    'server, input': contender,
    'CPU per message, × plain': at(all, 0.5).toFixed(2),
    'middle half': `${at(all, 0.25).toFixed(2)} to ${at(all, 0.75).toFixed(2)}`,
  }))
  console.log(
    `Node ${process.version}, ${TURNS} turns of ${MESSAGES} messages, ${IN_FLIGHT} in flight; plain: ${at(micros, 0.5).toFixed(1)} µs`,
  )
  console.table(rows)
}

const at = (values: readonly number[], share: number): number =>
  values.toSorted((left, right) => left - right)[Math.round((values.length - 1) * share)] ?? NaN
