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
export type Behaviour =
  | 'return'
  | 'wait'
  | 'throw'
  | 'reject'
  | 'fail'
  | 'refused'
  | 'misemit'
  | 'ask'
  | 'kick'
  | 'close'

/** The behaviour of `authenticate` for a client. */
export type Token = 'good' | 'late' | 'throws' | 'hangs'

/** A call as the server sees it. */
export interface Job {
  readonly behaviour: Behaviour
  readonly thrown: () => unknown
  /** The number of times that a handler got it. */
  handled: number
}

/** The names of the namespaces that accept clients. */
export const NAMESPACES = ['/', '/in', '/room-1', '/room-2'] as const
export type NamespaceName = (typeof NAMESPACES)[number]

/** A connection that the binding has reported. */
export interface Visit {
  readonly socket: Socket
  readonly signal: AbortSignal
  isOver: boolean
}

/** A server with handlers of every kind, and its observed state. */
export interface TestServer {
  readonly io: Server
  readonly dial: () => Line
  /** The calls by the number that the client sends. */
  readonly jobs: Map<number, Job>
  /** Settles the promises of waiting handlers; `true` resolves them. */
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
export const TIMEOUT_MS = 1_000

export const openServer = (): TestServer => {
  const io = new Server()
  const server = attach(io, api, { timeout: TIMEOUT_MS, ackTimeout: TIMEOUT_MS, authenticateTimeout: TIMEOUT_MS })
  let reports = 0
  // The results are answered if they match the schema; some don't, and one never settles.
  server.onError(() => [undefined, undefined, Promise.resolve(7), SECRET, new Promise(() => {})][reports++ % 5])

  const jobs = new Map<number, Job>()
  const waiting: TestServer['waiting'] = []
  const asked: TestServer['asked'] = []
  const visits = new Set<Visit>()
  const wrong: unknown[] = []

  const remember = (outcome: Promise<unknown>): void => {
    const entry = { outcome, isSettled: false }
    asked.push(entry)
    const settle = (): void => void (entry.isSettled = true)
    outcome.then(settle, settle)
  }
  const behaviours: Readonly<Record<Behaviour, (call: Call, job: Job) => unknown>> = {
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
    return behaviours[job.behaviour](call, job)
  }
  const connected = ({ socket, signal }: Pick<Visit, 'socket' | 'signal'>): void => {
    const visit = { socket, signal, isOver: false }
    visits.add(visit)
    void socket.join('all')
  }
  const disconnected = ({ socket, reason }: { readonly socket: Socket; readonly reason: string }): void => {
    const visit = [...visits].find(each => each.socket === socket && !each.isOver)
    if (visit === undefined || typeof reason !== 'string') wrong.push(reason)
    else visit.isOver = true
    throw new Error(SECRET)
  }
  for (const binding of [server, server.of('/in'), server.of('/room-{id}')]) {
    // Cast, since the handlers use only what the calls of all namespaces have in common.
    const on = binding.on as unknown as Readonly<Record<string, (handler: unknown) => void>>
    on['work']?.(handler)
    if ('note' in on) on['note']?.(handler)
    on['connection']?.(connected)
    on['disconnect']?.(disconnected)
  }
  server.of('/in').authenticate(({ auth }) => {
    if (auth.token === 'hangs') return new Promise<never>(() => {})
    if (auth.token === 'late') return new Promise(resolve => setTimeout(resolve, TIMEOUT_MS / 2, { name: 'late' }))
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
    askAll: () => remember(server.to('all').timeout(TIMEOUT_MS).emit.ask(6)),
    close: drain => server.close({ drain }),
    detach: () => server.detach(),
  }
}
