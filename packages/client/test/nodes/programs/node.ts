/** Runs one node: a server in its own process, on its own port. */
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout } from 'node:timers/promises'
import { EventError } from '@ackwire/core'
import { attach, tracked } from '@ackwire/core/server'
import { setupWorker } from '@socket.io/sticky'
import { Server } from 'socket.io'
import { api } from '../contract.js'
import { SAMPLES } from '../samples.js'
import { adapterHere } from './adapter.js'

const { name, adapter, rateLimiter } = adapterHere()
const http = createServer()
const io = new Server(http, {
  adapter,
  connectionStateRecovery: { maxDisconnectionDuration: 60_000, skipMiddlewares: true },
})
if (name === 'cluster') setupWorker(io)
const userOf = ({ handshake }: { readonly handshake: { readonly query: object } }): string =>
  String(Reflect.get(handshake.query, 'user'))
// A busy machine may take longer than the default, and then the call would not be counted.
const server = attach(io, api, { limits: { userOf, rateLimiter, timeout: 20_000 } })

interface Target {
  readonly to?: string[]
  readonly except?: string[]
  readonly local?: boolean
}

const select = ({ to = [], except = [], local = false }: Target) => {
  const chosen = server.to(to).except(except)
  return local ? chosen.local : chosen
}

server.handle({
  who: () => process.pid,
  join: ({ socket, input }) => socket.join(input),
  say: ({ input: [target, text] }) => select(target).emit.said(text),
  tell: ({ input: [text, room], to, broadcast }) => (room === undefined ? broadcast : to(room)).emit.said(text),
  ask: async ({ input: [target, number, ms], fail }) => {
    try {
      return await select(target).timeout(ms).emit.double(number)
    } catch (error) {
      if (!(error instanceof EventError)) throw error
      return fail('INCOMPLETE', { code: error.code, ...(error.data as { replies: number[] }) })
    }
  },
  remind: ({ input: [target, text] }) =>
    select(target)
      .timeout(20_000)
      .emit.reminded(text)
      .then(({ length }) => length),
  relay: ({ input }) => server.timeout(20_000).emit.relayed(input),
  sample: ({ input: [event, index] }) =>
    // The types don't allow some of the values that an application can give.
    void Reflect.apply(server.emit.sampled[event], undefined, SAMPLES[event][index]?.args ?? []),
  async *count({ input, lastEventId, signal }) {
    for (let number = Number(lastEventId ?? 0) + 1; number <= input; number++) {
      yield tracked(String(number), [number, process.pid] as const)
      await setTimeout(20, undefined, { signal })
    }
    return process.pid
  },
  misspeak: () => {
    try {
      server.emit.said(5 as unknown as string)
      return 'said'
    } catch (error) {
      return error instanceof EventError ? error.message : String(error)
    }
  },
  present: async () => {
    const cycle: Record<string, unknown> = { n: 3 }
    cycle['self'] = cycle
    const values: { n: number }[] = [
      {
        n: 1,
        hidden: undefined,
        list: [undefined],
        call: () => {},
        at: new Date(0),
        bytes: Uint8Array.of(1, 2),
      } as never,
      { n: 0, toJSON: () => ({ n: 2, deep: { map: new Map([[1, 2]]) } }) } as never,
      { n: 3, big: 1n } as never,
      cycle as never,
    ]
    const codes: string[] = []
    for (const value of values) {
      try {
        server.emit.presented(value)
      } catch (error) {
        codes.push(error instanceof EventError ? error.code : String(error))
      }
    }
    // An adapter that fails does so later.
    await setTimeout(100)
    return codes
  },
  size: async ({ input }) => (await io.in(input).fetchSockets()).length,
  members: async ({ input }) => {
    const sockets = await server.of('/board').namespace.in(input).fetchSockets()
    return sockets.map(({ data }) => String(data.name)).sort()
  },
  move: ({ input: [from, to] }) => io.in(from).socketsJoin(to),
  expel: ({ input }) => io.in(input).disconnectSockets(true),
  others: () => io.serverSideEmitWithAck('pid'),
  search: () => {},
  wait: () => new Promise<void>(() => {}),
  announce: ({ input: [text, id] }) => {
    const game = id === undefined ? server.of('/board') : server.of('/game-{id}', { id })
    game.emit.announced(text)
  },
})
io.on('pid', (answer: (pid: number) => void) => answer(process.pid))

server
  .of('/board')
  .authenticate(({ auth }) => ({ name: auth.name, ...(auth.name === 'nobody' && { id: 1n }) }))
  .on.connection(({ socket }) => socket.join('readers'))

// A port of its own, where a cluster's workers would share one.
http.listen({ port: 0, host: '127.0.0.1', exclusive: true })
await once(http, 'listening')
process.send?.({ port: (http.address() as AddressInfo).port, pid: process.pid })
process.on('disconnect', () => process.exit())
