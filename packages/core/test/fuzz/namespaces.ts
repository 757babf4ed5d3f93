import { event, router } from '@ackwire/core'
import { attach, guard } from '@ackwire/core/server'
import { Type } from '@sinclair/typebox'
import * as fc from 'fast-check'
import { Server } from 'socket.io'
import { assertNoUnhandledErrors } from './unhandled-errors.js'
import { exchangeOf, namespacesIn, type Line, type Packet } from './line.js'
import { check, codeIn, listIn } from './assertions.js'

const Tree = Type.Recursive(This => Type.Object({ in: Type.Optional(Type.Array(This)) }))
const HOUR = 3_600
const say = event
  .input()
  .ack()
  .limit({ rate: { perSocket: { calls: 3, seconds: HOUR } } })
const slow = event
  .input()
  .ack()
  .limit({ inFlight: { perSocket: 2 } })
const api = router({
  '/seat-{row}-{number}': router({ say, slow, ask: event.output().ack(Tree) }, { auth: Tree }),
  '/box-{a}-{b}-{c}-{d}-{e}!': router({ say }, { auth: Tree }),
})

/** The limit of refusals, after which a client is disconnected. */
const REFUSALS = 20
/** The maximum depth of `auth` and of answers. */
const DEPTH = 8

const JOINABLE = ['/seat-1-2', '/seat-a-b', '/seat-1-2-3'] as const

/** Names: short and long ones, whose separators come again and again. */
const names: fc.Arbitrary<string> = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom<string>(...JOINABLE) },
  {
    weight: 2,
    arbitrary: fc.constantFrom('/seat---', '/seat-', '/seat-1', '/box-----------!', '/none', '/seat-1-2/'),
  },
  {
    weight: 2,
    arbitrary: fc
      .tuple(
        fc.constantFrom('/seat-', '/box-', '/'),
        fc.constantFrom('-', '-a', 'a-', 'a', '/', '-!', '{', '%2d', '\u202e'),
        fc.constantFrom(1, 20, 130, 300, 20_000),
        fc.constantFrom('', '!', '/', '?-'),
      )
      .map(([start, part, times, end]) => start + part.repeat(times) + end),
  },
)

/** `depth` lists in one another, of as many values. */
const tree = (depth: number, width = 0): object => {
  let value: object = width > 0 ? { in: Array.from({ length: width }, () => ({})) } : {}
  for (let left = 1; left < depth; left += 2) value = { in: [value] }
  return value
}
const trees = fc.constantFrom<unknown>(
  tree(1),
  tree(DEPTH - 1),
  tree(DEPTH + 1),
  tree(2_000),
  tree(1, 100),
  tree(1, 2_000),
  { in: 5 },
)

type Step =
  | { readonly do: 'dial' }
  | {
      readonly do: 'join'
      readonly at: number
      readonly name: string
      readonly auth: unknown
      readonly isWelcome: boolean
    }
  | { readonly do: 'leave' | 'drop'; readonly at: number; readonly name: string }
  | {
      readonly do: 'call'
      readonly at: number
      readonly name: string
      readonly event: 'say' | 'slow'
      readonly times: number
    }
  | { readonly do: 'answer'; readonly answer: unknown }
  | { readonly do: 'release' }

const at = fc.nat(3)
const joinable = fc.constantFrom<string>(...JOINABLE)
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 1, arbitrary: fc.constant({ do: 'dial' } as const) },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('join' as const),
      at,
      name: names,
      auth: fc.oneof({ weight: 3, arbitrary: fc.constant({}) }, trees),
      isWelcome: fc.oneof({ weight: 3, arbitrary: fc.constant(true) }, fc.constant(false)),
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('leave' as const), at, name: joinable }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('drop' as const), at, name: joinable }) },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('call' as const),
      at,
      name: joinable,
      event: fc.constantFrom('say' as const, 'slow' as const),
      times: fc.constantFrom(1, 1, 2, 30),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('answer' as const), answer: trees }) },
  { weight: 1, arbitrary: fc.constant({ do: 'release' } as const) },
)

/** The number of attempts, and of those that were refused. */
export const namespaceCounts = {
  connects: 0,
  joined: 0,
  rejoined: 0,
  refused: 0,
  cutOff: 0,
  answers: 0,
  answersRefused: 0,
}

/** The state of one connection. */
interface Guest {
  readonly line: Line
  readonly inside: Set<string>
  /** The pending requests to the client, by namespace. */
  readonly asks: Map<string, () => Promise<unknown>>
  readonly handled: { say: number; slow: number }
  running: number
  /** Answered by a limit, or not let in. */
  refused: number
  hasLeft: boolean
}

const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 6; turn++) await new Promise(resolve => setImmediate(resolve))
}

const depthOf = (value: unknown): number => {
  const inside = typeof value === 'object' && value !== null ? Object.values(value) : undefined
  return inside === undefined ? 0 : 1 + Math.max(0, ...inside.map(depthOf))
}

/** Whatever names clients join by, leave and join again: no limit is passed, nothing is left, and who goes on is cut off. */
export const namespaces = fc.asyncProperty(
  fc.record({ isGuarded: fc.boolean(), steps: fc.array(step, { minLength: 10, maxLength: 40 }) }),
  async ({ isGuarded, steps }) => {
    const io = new Server(isGuarded ? { parser: guard() } : {})
    const limits = { refusals: { calls: REFUSALS, seconds: HOUR } }
    const server = attach(io, api, { maxDepth: DEPTH, maxNodes: 1_000, limits, ackTimeout: 1_000 })
    server.onError(() => {})
    let isWelcome = true
    const guests = new Map<unknown, Guest>()
    const held: (() => void)[] = []
    const seats = server.of('/seat-{row}-{number}')
    for (const each of [seats, server.of('/box-{a}-{b}-{c}-{d}-{e}!')])
      each.authenticate(() => {
        if (!isWelcome) throw new Error('no')
        return {}
      })
    const guestOf = ({ conn }: { readonly conn: unknown }): Guest | undefined => guests.get(conn)
    seats.on.say(({ socket }) => void guestOf(socket)!.handled.say++)
    seats.on.slow(({ socket }) => {
      const guest = guestOf(socket)!
      guest.handled.slow++
      guest.running++
      return new Promise<void>(resolve => held.push(() => (guest.running--, resolve())))
    })
    const dial = exchangeOf(io)
    const all: Guest[] = []
    const joined = new Set<string>()
    seats.on.connection(({ socket, emit }) => void guestOf(socket)?.asks.set(socket.nsp.name, () => emit.ask()))
    const open = (): Guest => {
      let conn: unknown
      io.engine.once('connection', (made: unknown) => (conn = made))
      const guest: Guest = {
        line: dial(),
        inside: new Set(),
        asks: new Map(),
        handled: { say: 0, slow: 0 },
        running: 0,
        refused: 0,
        hasLeft: false,
      }
      guests.set(conn, guest)
      all.push(guest)
      return guest
    }
    open()
    const pick = (index: number): Guest => {
      const here = all.filter(({ line }) => line.isOpen)
      return here[index % Math.max(1, here.length)] ?? open()
    }
    /** Sends a packet and returns its outcome, after waiting for the owed answers. */
    const exchange = async (
      { line }: Guest,
      packet: Packet,
      isThere: (replies: readonly Packet[]) => boolean = () => true,
    ): Promise<Packet[]> => {
      const before = line.received.length
      const since = performance.now()
      line.send(packet)
      const took = performance.now() - since
      // Names are read where they come in, by the clock of a machine that may have other things to do.
      check(took < 2_000, 'a packet kept the server busy', took, packet.nsp.length)
      const replies = (): Packet[] => line.received.slice(before)
      await settle()
      while (line.isOpen && !isThere(replies())) await settle()
      return replies()
    }
    for (const each of steps) {
      if (each.do === 'dial' && all.length < 4) open()
      if (each.do === 'join') {
        const guest = pick(each.at)
        // To join what one is in is a mistake of the protocol, which ends the connection.
        if (guest.inside.has(each.name)) continue
        isWelcome = each.isWelcome
        namespaceCounts.connects++
        const isReply = ({ type, nsp }: Packet): boolean => (type === 0 || type === 4) && nsp === each.name
        const reply = (
          await exchange(guest, { type: 0, nsp: each.name, data: each.auth }, all => all.some(isReply))
        ).find(isReply)
        if (reply?.type === 0) {
          check(each.isWelcome && each.name.length <= 256, 'let in', each.name)
          namespaceCounts.joined++
          if (guest.hasLeft) namespaceCounts.rejoined++
          guest.inside.add(each.name)
          joined.add(each.name)
        } else {
          namespaceCounts.refused++
          const { message }: { message?: unknown } = Object(reply?.data)
          if (message !== 'Invalid namespace') guest.refused++
        }
      }
      if (each.do === 'leave') {
        const guest = pick(each.at)
        if (!guest.inside.delete(each.name)) continue
        await exchange(guest, { type: 1, nsp: each.name })
        guest.hasLeft = true
      }
      if (each.do === 'drop') {
        const guest = pick(each.at)
        guest.line.close()
        guest.inside.clear()
        await settle()
      }
      if (each.do === 'call') {
        const guest = pick(each.at)
        if (!guest.inside.has(each.name)) continue
        for (let id = 0; id < each.times && guest.line.isOpen; id++) {
          const isReply = (reply: Packet): boolean => reply.type === 3 && reply.nsp === each.name && reply.id === id
          // What is at work is not answered yet.
          const isThere = (all: readonly Packet[]): boolean => each.event === 'slow' || all.some(isReply)
          const replies = await exchange(guest, { type: 2, nsp: each.name, id, data: [each.event] }, isThere)
          if (replies.some(reply => codeIn(listIn(reply) ?? []) !== undefined)) guest.refused++
        }
      }
      if (each.do === 'answer') {
        const asked = all.find(({ line, inside, asks }) => line.isOpen && [...inside].some(name => asks.has(name)))
        const name = [...(asked?.inside ?? [])].find(each => asked?.asks.has(each))
        if (asked === undefined || name === undefined) continue
        namespaceCounts.answers++
        let answer: unknown
        const before = asked.line.received.length
        const outcome = asked.asks
          .get(name)?.()
          .then(
            value => (answer = value),
            () => namespaceCounts.answersRefused++,
          )
        await settle()
        const question = asked.line.received.slice(before).find(({ type }) => type === 2)
        check(question?.id !== undefined, 'not asked', asked.line.received)
        asked.line.send({ type: 3, nsp: name, id: question?.id ?? 0, data: [each.answer] })
        await outcome
        check(answer === undefined || depthOf(answer) <= DEPTH, 'given an answer that is too deep')
      }
      if (each.do === 'release') for (const release of held.splice(0)) release()
      await settle()
      for (const guest of all) {
        check(guest.handled.say <= 3 && guest.running <= 2, 'a limit was passed', guest.handled, guest.running)
        if (!guest.line.isOpen) guest.inside.clear()
        check(guest.refused <= REFUSALS + 1, 'refused without end', guest.refused)
        if (guest.refused > REFUSALS) check(!guest.line.isOpen, 'not cut off', guest.refused)
      }
      const left = [...namespacesIn(io).keys()].filter(name => name !== '/' && !joined.has(name))
      check(left.length === 0, 'namespaces are left', left)
    }
    for (const { refused, line } of all) if (refused > REFUSALS && !line.isOpen) namespaceCounts.cutOff++
    for (const release of held) release()
    for (const { line } of all) line.close()
    await settle()
    server.detach()
    assertNoUnhandledErrors()
  },
)
