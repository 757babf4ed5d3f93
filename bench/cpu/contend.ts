import { createClient } from '@ackwire/client'
import type { Socket } from 'socket.io-client'
import { start } from '../child.js'
import { INPUTS } from '../peers/input.js'
import { measure, type Load } from '../peers/measure.js'
import { acknowledged, connected } from '../peers/peer.js'
import { isAckwire, type api, type Query } from './contenders.js'
import type { LoadTold } from './load.js'
import type { Told } from './program.js'
import type { ServiceTold } from './service.js'

/** The connections of each kind of client. */
export interface Crowd {
  /** Stock clients of Socket.IO, in this process. */
  readonly callers: number
  /** Bare websockets that only call, in a process of their own. */
  readonly lines: number
  /** Bare websockets that only receive, in a process of their own. */
  readonly listeners: number
  /** Clients of the contender in a process of their own, whose CPU time is measured in place of the server's: one or none. */
  readonly services: number
}

/** A server in its own process, and its clients. Each CPU time is the server's if not said otherwise, in microseconds. */
export interface Contender {
  readonly name: string
  readonly pid: number
  /** The CPU time per valid call of stock clients. */
  calls(input: object, calls: number, load: Load): Promise<number>
  /** The CPU time of the client per call, if that many calls are made in a tick, each time when all have been answered. */
  service(told: ServiceTold): Promise<number>
  /** The CPU time per output and socket, if that many outputs are sent in a tick. */
  outputs(inTick: number, ticks: number): Promise<number>
  /** The CPU time per item, if that many clients get a number of items each. */
  items(clients: number, query: Query): Promise<number>
  /** The answered calls per millisecond of clients that call as fast as they can. */
  saturated(load: Load, calls: number): Promise<number>
  /** The milliseconds in which 99 of 100 calls are answered at a given pace. */
  paced(connections: number, perSecond: number, calls: number): Promise<number>
  close(): void
}

/** Starts a server and connects its clients. @throws Error if it gives a wrong answer. */
export const contend = async (name: string, crowd: Crowd): Promise<Contender> => {
  const server = await start(new URL('program.ts', import.meta.url), [name])
  const { port } = await server.hear<{ readonly port: number }>()
  const ask = (told: Told) => server.ask<{ readonly cpuMicros: number; readonly pid: number }>(told)
  const cpu = async (): Promise<number> => (await ask('cpu')).cpuMicros
  const lines = await start(new URL('load.ts', import.meta.url), [String(port)])
  const listeners = await start(new URL('../crowd/sockets.ts', import.meta.url), [String(port)])
  await Promise.all([lines.hear(), listeners.hear()])
  const service =
    crowd.services > 0 ? await start(new URL('service.ts', import.meta.url), [name, String(port)]) : undefined
  await service?.hear()
  await lines.ask({ connect: crowd.lines })
  await listeners.ask({ connect: crowd.listeners })
  const sockets = await Promise.all(Array.from({ length: crowd.callers }, () => connected(port)))
  const callers = sockets.map(socket => acknowledged(socket, isAnswer))
  const clients = sockets.map(socket => createClient<typeof api>(socket))
  const tell = <Said>(told: LoadTold): Promise<Said> => lines.ask(told)

  const readAt = async (at: number, query: Query): Promise<number> => {
    if (!isAckwire(name)) return receiveItems(sockets[at] as Socket, query)
    let count = 0
    for await (const _ of clients[at]?.stream.items(query) ?? []) count++
    return count
  }
  return {
    name,
    pid: (await ask('cpu')).pid,
    calls: async (input, calls, load) => (await measure({ name, callers, cpu, close() {} }, input, calls, load)).cpu,
    async service(told) {
      const spent = await service?.ask<{ readonly cpuMicros: number }>(told)
      return (spent?.cpuMicros ?? Number.NaN) / (told.ticks * told.inTick)
    },
    async outputs(inTick, ticks) {
      const before = await cpu()
      for (let tick = 0; tick < ticks; tick++) {
        const expect = inTick * crowd.listeners
        const all = listeners.ask<{ readonly count: number }>({ expect })
        await ask({ outputs: inTick, output: INPUTS.small.valid })
        const { count } = await all
        if (count !== expect) throw new Error(`${name}: expected ${expect} outputs, got ${count}`)
      }
      return ((await cpu()) - before) / (ticks * inTick * crowd.listeners)
    },
    async items(count, query) {
      const before = await cpu()
      const counts = await Promise.all(Array.from({ length: count }, (_, at) => readAt(at, query)))
      if (counts.some(each => each !== query.items)) throw new Error(`${name}: expected ${query.items}, got ${counts}`)
      return ((await cpu()) - before) / (count * query.items)
    },
    async saturated({ connections, inFlight }, calls) {
      const { ms } = await tell<{ readonly ms: number }>({ connections, inFlight, calls })
      return calls / ms
    },
    async paced(connections, perSecond, calls) {
      const { took } = await tell<{ readonly took: number[] }>({ connections, perSecond, calls })
      return took.toSorted((one, other) => one - other)[Math.floor(calls * 0.99)] ?? Number.NaN
    },
    close() {
      for (const { close } of [...callers, lines, listeners, server]) close()
      service?.close()
    },
  }
}

const isAnswer = (reply: unknown): 'answered' | 'refused' => {
  if (JSON.stringify(reply) === '{"success":true}') return 'answered'
  throw new Error(`expected a reply, got ${JSON.stringify(reply)}`)
}

const receiveItems = (socket: Socket, query: Query): Promise<number> =>
  new Promise(resolve => {
    let count = 0
    const take = (): void => {
      if (++count < query.items) return
      socket.off('item', take)
      resolve(count)
    }
    socket.on('item', take)
    socket.emit('items', query)
  })
