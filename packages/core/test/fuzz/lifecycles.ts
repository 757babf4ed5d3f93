import { getEventListeners } from 'node:events'
import { install, type Clock } from '@sinonjs/fake-timers'
import * as fc from 'fast-check'
import {
  openServer,
  NAMESPACES,
  TIMEOUT_MS,
  type Behaviour,
  type NamespaceName,
  type TestServer,
  type Job,
  type Token,
} from './test-server.js'
import { namespacesIn, type Line } from './line.js'
import { assertNoUnhandledErrors } from './unhandled-errors.js'
import { SECRET, throwing } from './secrets.js'
import { check, settled } from './assertions.js'

/** The next step of a case. `at` picks one of the existing clients or calls. */
type Step =
  | { readonly do: 'dial' }
  | {
      readonly do: 'join'
      readonly at: number
      readonly namespace: NamespaceName | '/none'
      readonly token: Token | 'invalid'
    }
  | {
      readonly do: 'call'
      readonly at: number
      readonly behaviour: Behaviour
      readonly thrown: () => unknown
      readonly isAsked: boolean
      readonly isValid: boolean
      readonly name: 'work' | 'note'
    }
  | { readonly do: 'settle'; readonly at: number; readonly isGood: boolean }
  | { readonly do: 'answer'; readonly at: number; readonly answer: readonly unknown[] }
  | { readonly do: 'leave' | 'drop' | 'kick'; readonly at: number }
  | { readonly do: 'askAll' | 'flush' }
  | { readonly do: 'wait'; readonly ms: number }
  | { readonly do: 'end'; readonly how: 'close' | 'detach' | 'last'; readonly drain: number }

const at = fc.nat(7)
const calls: fc.Arbitrary<Step> = fc.record({
  do: fc.constant('call' as const),
  at,
  behaviour: fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom<Behaviour>('wait', 'ask') },
    { weight: 4, arbitrary: fc.constantFrom<Behaviour>('return', 'throw', 'reject', 'fail', 'refused', 'misemit') },
    { weight: 1, arbitrary: fc.constantFrom<Behaviour>('kick', 'close') },
  ),
  thrown: fc.constantFrom(...throwing),
  isAsked: fc.oneof({ weight: 3, arbitrary: fc.constant(true) }, fc.constant(false)),
  isValid: fc.oneof({ weight: 4, arbitrary: fc.constant(true) }, fc.constant(false)),
  name: fc.oneof({ weight: 3, arbitrary: fc.constant('work' as const) }, fc.constant('note' as const)),
})
const joins: fc.Arbitrary<Step> = fc.record({
  do: fc.constant('join' as const),
  at,
  namespace: fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...NAMESPACES) }, fc.constant('/none' as const)),
  token: fc.oneof(
    { weight: 3, arbitrary: fc.constant('good' as const) },
    fc.constantFrom('late' as const, 'throws' as const, 'hangs' as const, 'invalid' as const),
  ),
})
const steps: fc.Arbitrary<Step> = fc.oneof(
  { weight: 20, arbitrary: calls },
  { weight: 5, arbitrary: joins },
  { weight: 2, arbitrary: fc.constant({ do: 'dial' } as const) },
  { weight: 5, arbitrary: fc.constant({ do: 'flush' } as const) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('settle' as const), at, isGood: fc.boolean() }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('answer' as const),
      at,
      answer: fc.constantFrom<unknown[]>([1], ['x'], [], [{ $error: { code: 'TIMEOUT' } }], [{ $error: null }]),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('leave' as const, 'drop' as const, 'kick' as const), at }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('wait' as const), ms: fc.constantFrom(1, TIMEOUT_MS / 2, TIMEOUT_MS) }),
  },
  { weight: 1, arbitrary: fc.constant({ do: 'askAll' } as const) },
)

interface Life {
  readonly isOwn: boolean
  readonly steps: readonly Step[]
}

const life: fc.Arbitrary<Life> = fc
  .record({
    first: fc.array(steps, { minLength: 10, maxLength: 40 }),
    end: fc.option(
      fc.record({
        do: fc.constant('end' as const),
        how: fc.constantFrom('close' as const, 'detach' as const, 'last' as const),
        drain: fc.constantFrom(0, TIMEOUT_MS / 2, 10 * TIMEOUT_MS),
      }),
      { nil: undefined },
    ),
    after: fc.array(steps, { maxLength: 12 }),
  })
  .map(({ first, end, after }) => ({
    isOwn: end !== undefined,
    steps: [
      ...([{ do: 'dial' }, { do: 'join', at: 0, namespace: '/', token: 'good' }, { do: 'flush' }] as const),
      ...first,
      ...(end === undefined ? [] : [{ do: 'flush' } as const, end]),
      ...after,
    ],
  }))

/** A call of a client, and the state that decides whether it has to be answered. */
interface Made {
  readonly line: Line
  readonly namespace: NamespaceName
  readonly id: number | undefined
  readonly job: Job
  readonly isValid: boolean
  /** The binding's state when it was sent, and, once it was dispatched, whether it was another then. */
  readonly state: State
  isUnclear: boolean
  /** The number of received messages at the time of sending, and when the client had left the namespace. */
  readonly sentAt: number
  leftAt: number | undefined
}

type State = 'open' | 'closing' | 'detached'

/** The server of all cases that don't end their own one, so that anything it keeps accumulates. */
let shared: TestServer | undefined

/** A reference to each socket of the shared server. */
export const sockets: WeakRef<object>[] = []

/** The number of calls, of those that had to be answered, and of cases. */
export const lifecycleCounts = { lifecycles: 0, calls: 0, owed: 0 }

/** Runs the steps of a case. Every call that has to be answered is answered once, and nothing is left at the end. */
const live = async ({ isOwn, steps: all }: Life, clock: Clock): Promise<void> => {
  const server = isOwn ? openServer() : (shared ??= openServer())
  const { io, jobs, waiting, asked, visits } = server
  const lines: Line[] = []
  const made: Made[] = []
  const open: { line: Line; namespace: NamespaceName }[] = []
  const pending: { line: Line; namespace: string; before: number }[] = []
  const binding: { state: State } = { state: 'open' }
  let closing: Promise<void> | undefined
  let id = 0

  const flush = async (): Promise<void> => {
    await settled()
    for (const call of made) if (call.state !== binding.state && !flushed.has(call)) call.isUnclear = true
    for (const call of made) flushed.add(call)
    refresh()
  }
  const flushed = new Set<Made>()
  /** Updates the open connections from the packets that clients received. */
  const refresh = (): void => {
    for (const [index, wish] of [...pending.entries()].toReversed()) {
      const reply = wish.line.received
        .slice(wish.before)
        .find(({ type, nsp }) => nsp === wish.namespace && (type === 0 || type === 4))
      if (reply === undefined && wish.line.isOpen) continue
      pending.splice(index, 1)
      if (reply?.type === 0) open.push({ line: wish.line, namespace: wish.namespace as NamespaceName })
    }
    for (let index = open.length - 1; index >= 0; index--) {
      const seat = open[index]
      if (seat !== undefined && socketOf(io, seat) === undefined) open.splice(index, 1)
    }
  }
  const run: { readonly [Name in Step['do']]: (step: Extract<Step, { do: Name }>) => unknown } = {
    dial: () => lines.length < 4 && lines.push(server.dial()),
    async join({ at, namespace, token }) {
      await flush()
      const line = pick(
        lines.filter(each => each.isOpen),
        at,
      )
      const isThere = [...open, ...pending].some(each => each.line === line && each.namespace === namespace)
      if (line === undefined || isThere) return
      pending.push({ line, namespace, before: line.received.length })
      line.send({ type: 0, nsp: namespace, data: token === 'invalid' ? { token: 5 } : { token } })
    },
    call({ at, behaviour, thrown, isAsked, isValid, name }) {
      const seat = pick(open, at)
      if (seat === undefined || (name === 'note' && seat.namespace !== '/')) return
      const number = id++
      const job: Job = { behaviour, thrown, handled: 0 }
      jobs.set(number, job)
      made.push({
        ...seat,
        id: isAsked ? number : undefined,
        job,
        isValid,
        state: binding.state,
        isUnclear: false,
        sentAt: seat.line.received.length,
        leftAt: undefined,
      })
      lifecycleCounts.calls++
      const ask = isAsked ? { id: number } : {}
      seat.line.send({ type: 2, nsp: seat.namespace, data: [name, isValid ? number : `${number}`], ...ask })
    },
    settle: ({ at, isGood }) => pick(waiting, at)?.(isGood),
    answer({ at, answer }) {
      const questions = open.flatMap(({ line, namespace }) =>
        line.received.filter(({ type, nsp }) => type === 2 && nsp === namespace).map(packet => ({ line, packet })),
      )
      const question = pick(questions, at)
      if (question?.packet.id === undefined) return
      question.line.send({ type: 3, nsp: question.packet.nsp, id: question.packet.id, data: answer })
    },
    async leave({ at }) {
      await flush()
      const seat = pick(open, at)
      seat?.line.send({ type: 1, nsp: seat.namespace })
      await flush()
      for (const call of made) {
        if (call.line === seat?.line && call.namespace === seat.namespace) call.leftAt ??= call.line.received.length
      }
    },
    drop: ({ at }) => pick(lines, at)?.close(),
    async kick({ at }) {
      await flush()
      const seat = pick(open, at)
      if (seat !== undefined) socketOf(io, seat)?.disconnect()
    },
    askAll: () => binding.state !== 'detached' && server.askAll(),
    flush,
    wait: ({ ms }) => clock.tick(ms),
    async end({ how, drain }) {
      // `last` ends the server after all pending work.
      if (how === 'last') return
      if (how === 'detach') server.detach()
      binding.state = how === 'detach' ? 'detached' : 'closing'
      if (how === 'close') closing = server.close(drain).then(() => void (binding.state = 'detached'))
      await settled()
    },
  }
  for (const step of all) {
    await run[step.do](step as never)
    refresh()
  }

  // Lets all pending work end: handlers, requests to clients and handshakes.
  for (let round = 0; round < 4; round++) {
    await flush()
    clock.tick(6 * TIMEOUT_MS)
  }
  await flush()
  for (const call of made) checkCall(call, io)
  check(server.wrong.length === 0, 'a handler or a listener was given', server.wrong)
  check(
    asked.every(({ isSettled }) => isSettled),
    'an answer from a client is still waited for',
  )
  check(
    pending.length === 0,
    'a CONNECT was not answered',
    pending.map(({ namespace }) => namespace),
  )
  if (binding.state !== 'detached') {
    for (const { signal, isOver } of visits) {
      check(signal.aborted === isOver, 'a signal is aborted, or not, while its socket is', isOver)
      check(getEventListeners(signal, 'abort').length === 0, 'a listener is left on a signal')
    }
  }
  if (isOwn && binding.state === 'open') {
    let isClosed = false
    closing = server.close(10 * TIMEOUT_MS).then(() => void (isClosed = true))
    await settled()
    check(isClosed, 'close waits for calls that have ended')
  }
  await closing

  for (const line of lines) line.close()
  await settled()
  clock.tick(60 * TIMEOUT_MS)
  await settled()
  check(
    lines.every(line => !line.text().includes(SECRET)),
    'a client saw the secret',
  )
  check(clock.countTimers() === 0, 'timers are left', clock.countTimers())
  for (const namespace of namespacesIn(io).values()) {
    check(namespace.sockets.size === 0 && namespace.adapter.sids.size === 0, 'sockets are left', namespace.name)
    if (isOwn) check(namespace.listenerCount('connection') === 0, 'a listener is left', namespace.name)
  }
  if (isOwn) check(io.of('/').listenerCount('new_namespace') === 0, 'a listener is left on the server')
  else for (const { socket } of visits) sockets.push(new WeakRef(socket))
  for (const emptied of [jobs, visits]) emptied.clear()
  for (const emptied of [waiting, asked]) emptied.length = 0
  lifecycleCounts.lifecycles++
  assertNoUnhandledErrors()
}

/** Lifecycles of a server and its clients, with a mocked clock, so that no timeout is awaited. */
export const lifecycles = fc.asyncProperty(life, async made => {
  const clock = install({ toFake: ['setTimeout', 'clearTimeout', 'Date'] })
  try {
    await live(made, clock)
  } catch (error) {
    // The next case must not use a server in an unknown state.
    shared = undefined
    throw error
  } finally {
    clock.uninstall()
  }
})

const pick = <Item>(items: readonly Item[], at: number): Item | undefined => items[at % Math.max(1, items.length)]

/** The server's socket at the end of a line. */
const socketOf = (io: TestServer['io'], { line, namespace }: { line: Line; namespace: NamespaceName }) => {
  const welcomes = line.received.filter(({ type, nsp }) => type === 0 && nsp === namespace)
  const sid: unknown = Reflect.get(Object(welcomes.at(-1)?.data), 'sid')
  return typeof sid === 'string'
    ? namespacesIn(io)
        .get(namespace)
        ?.sockets.get(sid as never)
    : undefined
}

/** Checks that the outcome of a call is a permitted one. */
const checkCall = (call: Made, io: TestServer['io']): void => {
  const { line, namespace, id, job, isValid, state, isUnclear, sentAt, leftAt } = call
  const acks = id === undefined ? [] : line.received.filter(packet => packet.type === 3 && packet.id === id)
  check(acks.length <= 1, 'answered more than once', job, acks)
  check(job.handled <= 1, 'handled more than once', job)
  // Other namespaces go on over the same line.
  const dismissed = line.received.findIndex(({ type, nsp }, at) => at >= sentAt && type === 1 && nsp === namespace)
  const end = Math.min(leftAt ?? Infinity, dismissed === -1 ? Infinity : dismissed)
  check(
    acks.every(ack => line.received.indexOf(ack) < end),
    'answered after it had left',
    job,
  )
  if (isUnclear) return
  if (!isValid || state !== 'open') check(job.handled === 0, 'handled, though it had not to be', job, state)
  if (state === 'detached') return check(acks.length === 0, 'answered after the binding had left', job)
  // The answer to a client that has left since may be lost.
  if (socketOf(io, call) === undefined || seatsOf(line, namespace) > 1) return
  if (isValid && state === 'open') check(job.handled === 1, 'not handled', job)
  if (id === undefined) return
  lifecycleCounts.owed++
  check(acks.length === 1, 'not answered', job, state)
}

/** The number of times that a connection has asked for a namespace. */
const seatsOf = (line: Line, namespace: NamespaceName): number =>
  line.received.filter(({ type, nsp }) => type === 0 && nsp === namespace).length
