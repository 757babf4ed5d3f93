import { event, router } from '@ackwire/core'
import { attach } from '@ackwire/core/server'
import { Type } from '@sinclair/typebox'
import { Server, type Socket } from 'socket.io'
import { exchangeOf, type Line } from './line.js'
import { SECRET, throwing } from './secrets.js'

const work = event.input(Type.Integer()).ack(Type.Integer()).errors({ OWN: Type.String() })
const ask = event.output(Type.Integer()).ack(Type.Integer())

const api = router({
  work,
  note: event.input(Type.Integer()),
  ask,
  '/in': router({ work, ask }, { auth: Type.Object({ token: Type.String() }) }),
  '/room-{id}': router({ work, ask }, { params: Type.Object({ id: Type.String({ pattern: '^[12]$' }) }) }),
})

/** The behaviour of a handler in a call. */
export type Deed = 'return' | 'wait' | 'throw' | 'reject' | 'fail' | 'refused' | 'misemit' | 'ask' | 'kick' | 'close'

/** The behaviour of `authenticate` for a client. */
export type Token = 'good' | 'late' | 'throws' | 'hangs'

/** A call as the server sees it. */
export interface Job {
  readonly deed: Deed
  readonly thrown: () => unknown
  /** The number of times that a handler got it. */
  handled: number
}

/** The names of the namespaces that one can come to. */
export const DOORS = ['/', '/in', '/room-1', '/room-2'] as const
export type Door = (typeof DOORS)[number]

/** A connection as the binding has announced it. */
export interface Visit {
  readonly socket: Socket
  readonly signal: AbortSignal
  isOver: boolean
}

/** A server with handlers of every kind, and all that is known of it. */
export interface House {
  readonly io: Server
  readonly dial: () => Line
  /** By the number that a client sends. */
  readonly jobs: Map<number, Job>
  /** Ends what handlers wait for; `true` to resolve. */
  readonly waiting: ((isGood: boolean) => void)[]
  /** The outcomes of the requests of the server to clients. */
  readonly asked: { readonly outcome: Promise<unknown>; isSettled: boolean }[]
  readonly visits: Set<Visit>
  /** Values that a handler got and should not have got. */
  readonly wrong: unknown[]
  askAll(): void
  close(drain: number): Promise<void>
  detach(): void
}

type Call = {
  readonly input: number
  readonly socket: Socket
  readonly signal: AbortSignal
  readonly emit: { readonly ask: (value: number) => Promise<number> }
  readonly fail: (code: 'OWN', data: string) => never
}

/** The maximum time of a handler, and of a client for an answer, in milliseconds. */
export const PATIENCE = 1_000

export const openHouse = (): House => {
  const io = new Server()
  const server = attach(io, api, { timeout: PATIENCE, ackTimeout: PATIENCE, authenticateTimeout: PATIENCE })
  let reports = 0
  // What it returns is answered, if it matches: now and then it does not, or does not come.
  server.onError(() => [undefined, undefined, Promise.resolve(7), SECRET, new Promise(() => {})][reports++ % 5])

  const jobs = new Map<number, Job>()
  const waiting: House['waiting'] = []
  const asked: House['asked'] = []
  const visits = new Set<Visit>()
  const wrong: unknown[] = []

  const remember = (outcome: Promise<unknown>): void => {
    const entry = { outcome, isSettled: false }
    asked.push(entry)
    const settle = (): void => void (entry.isSettled = true)
    outcome.then(settle, settle)
  }
  const deeds: Readonly<Record<Deed, (call: Call, job: Job) => unknown>> = {
    return: () => 1,
    wait: (_, { thrown }) =>
      new Promise((resolve, reject) => waiting.push(isGood => (isGood ? resolve(2) : reject(thrown())))),
    throw: (_, { thrown }) => {
      throw thrown()
    },
    reject: (_, { thrown }) => Promise.reject(thrown()),
    fail: ({ fail }) => fail('OWN', 'said'),
    refused: () => ({ secret: SECRET }),
    misemit: ({ emit }) => emit.ask(SECRET as never),
    ask: async ({ emit }) => {
      const answer = emit.ask(3)
      remember(answer)
      return answer
    },
    kick: ({ socket }) => (socket.disconnect(), 4),
    close: ({ socket }) => (socket.disconnect(true), 5),
  }
  const handler = (call: Call): unknown => {
    const job = jobs.get(call.input)
    if (job === undefined || !Number.isInteger(call.input)) return wrong.push(call.input)
    job.handled++
    return deeds[job.deed](call, job)
  }
  const welcome = ({ socket, signal }: Pick<Visit, 'socket' | 'signal'>): void => {
    const visit = { socket, signal, isOver: false }
    visits.add(visit)
    void socket.join('all')
  }
  const goodbye = ({ socket, reason }: { readonly socket: Socket; readonly reason: string }): void => {
    const visit = [...visits].find(each => each.socket === socket && !each.isOver)
    if (visit === undefined || typeof reason !== 'string') wrong.push(reason)
    else visit.isOver = true
    throw new Error(SECRET)
  }
  for (const door of [server, server.of('/in'), server.of('/room-{id}')]) {
    // The handlers are given what each has in common.
    const on = door.on as unknown as Readonly<Record<string, (handler: unknown) => void>>
    on['work']?.(handler)
    on['note']?.(handler)
    on['connection']?.(welcome)
    on['disconnect']?.(goodbye)
  }
  server.of('/in').authenticate(({ auth }) => {
    if (auth.token === 'hangs') return new Promise<never>(() => {})
    if (auth.token === 'late') return new Promise(resolve => setTimeout(resolve, PATIENCE / 2, { name: 'late' }))
    if (auth.token === 'throws') throw throwing[reports % throwing.length]?.()
    return { name: auth.token }
  })
  return {
    io,
    dial: exchangeOf(io),
    jobs,
    waiting,
    asked,
    visits,
    wrong,
    askAll: () => remember(server.to('all').timeout(PATIENCE).emit.ask(6)),
    close: drain => server.close({ drain }),
    detach: () => server.detach(),
  }
}
