import { event, router } from '@ackwire/core'
import { attach, guard } from '@ackwire/core/server'
import { type TSchema, Type } from '@sinclair/typebox'
import * as fc from 'fast-check'
import { Server, type Socket } from 'socket.io'
import * as msgpack from 'socket.io-msgpack-parser'
import * as standard from 'socket.io-parser'
import { hostile } from './contracts.js'
import { chunksOf, exchangeOf, namespacesIn, type Line, type Packet, type Style } from './line.js'
import { json, matches } from './schemas.js'
import { assertNoUnhandledErrors } from './unhandled-errors.js'
import { SECRET } from './secrets.js'
import { check, listIn, settled } from './assertions.js'

const Tree = Type.Recursive(This => Type.Object({ n: Type.Integer(), in: Type.Array(This) }))

/** The schemas of each input's arguments, and of those that may follow. */
const INPUTS: Readonly<Record<string, { readonly args: readonly TSchema[]; readonly rest?: TSchema }>> = {
  tree: { args: [Tree] },
  open: { args: [Type.Object({})] },
  closed: { args: [Type.Object({ a: Type.Optional(Type.String()) }, { additionalProperties: false })] },
  several: { args: [Type.String(), Type.Optional(Type.Integer())] },
  any: { args: [], rest: Type.Any() },
  bytes: { args: [Type.Uint8Array({ maxByteLength: 8 })] },
  filled: { args: [Type.Object({ a: Type.String({ default: 'a' }) })] },
  none: { args: [] },
  constructor: { args: [Type.Record(Type.String(), Type.Number())] },
  'todo:create': { args: [Type.Union([Type.String({ maxLength: 3 }), Type.Null()])] },
}

const inputOf = ({ args, rest }: (typeof INPUTS)[string] & {}) => {
  const made = event.input(...args)
  return (rest === undefined ? made : made.rest(rest)).ack(Type.Integer())
}
const { 'todo:create': create, ...others } = INPUTS
const api = router({
  ...Object.fromEntries(Object.entries(others).map(([name, input]) => [name, inputOf(input)])),
  todo: router({ create: inputOf(create ?? { args: [] }) }),
  ping: event.input(Type.Integer()).ack(Type.Integer()),
})

/** Names: of the contract, of JavaScript, of Socket.IO, and what is no name. */
const names: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom(...Object.keys(INPUTS)) },
  {
    weight: 3,
    arbitrary: fc.constantFrom<unknown>(
      '__proto__',
      'hasOwnProperty',
      'toString',
      'then',
      '',
      'unknown',
      'n'.repeat(5_000),
      1,
      null,
      [],
      {},
      'error',
      'connection',
      'disconnect',
      'disconnecting',
      'connect_error',
      'newListener',
      'new_namespace',
    ),
  },
)

const deep = (depth: number): unknown => JSON.parse(`${'{"n":1,"in":['.repeat(depth)}${']}'.repeat(depth)}`)

const argument: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 3, arbitrary: json },
  { weight: 3, arbitrary: hostile },
  { weight: 1, arbitrary: fc.constantFrom(1, 3, 100, 127, 140, 2_000).map(deep) },
  { weight: 1, arbitrary: fc.constantFrom<unknown>({ a: 'x' }, 'abc', 5, null, Buffer.alloc(9)) },
)

export const anyPacket: fc.Arbitrary<Packet> = fc.record(
  {
    type: fc.oneof({ weight: 8, arbitrary: fc.constant(2) }, fc.integer({ min: -1, max: 7 })),
    nsp: fc.oneof({ weight: 12, arbitrary: fc.constant('/') }, fc.constantFrom('/x', '', 'x', '/__proto__')),
    id: fc.oneof({ weight: 5, arbitrary: fc.nat(1_000_000) }, fc.constantFrom(-1, 1.5, 2 ** 53)),
    data: fc.oneof(
      {
        weight: 9,
        arbitrary: fc
          .tuple(names, fc.oneof(fc.array(argument, { maxLength: 3 }), fc.constantFrom(70, 5_000).map(zeros)))
          .map(([name, args]) => [name].concat(args)),
      },
      { weight: 1, arbitrary: fc.oneof(json, fc.constant([])) },
    ),
  },
  { requiredKeys: ['type', 'nsp'] },
)

function zeros(count: number): number[] {
  return Array.from({ length: count }, () => 0)
}

/** The change made to the chunks of a packet on their way. */
type Change = (chunks: readonly (string | Buffer)[]) => (string | Buffer)[]

export const changes: fc.Arbitrary<Change> = fc.oneof(
  { weight: 5, arbitrary: fc.constant<Change>(chunks => [...chunks]) },
  {
    weight: 5,
    arbitrary: fc
      .tuple(fc.double({ min: 0, max: 0.999, noNaN: true }), fc.nat(12), fc.string({ maxLength: 6 }))
      .map(([place, length, text]): Change => ([first = '', ...more]) => {
        const from = Math.floor(place * first.length)
        if (typeof first === 'string') return [first.slice(0, from) + text + first.slice(from + length), ...more]
        return [Buffer.concat([first.subarray(0, from), Buffer.from(text), first.subarray(from + length)]), ...more]
      }),
  },
  fc.constant<Change>(chunks => chunks.slice(0, -1)),
  fc.constant<Change>(chunks => chunks.toReversed()),
  fc.constant<Change>(chunks => [...chunks, Buffer.from('more')]),
  fc
    .array(
      fc.oneof(
        fc.string(),
        fc.uint8Array().map(bytes => Buffer.from(bytes)),
      ),
      { maxLength: 2 },
    )
    .map(
      (made): Change =>
        () =>
          made,
    ),
)

/** The number of packets sent, and of those that needed an answer. */
export const sent = { packets: 0, owed: 0 }

const CASE = fc.record({
  items: fc.array(fc.tuple(anyPacket, changes), { minLength: 5, maxLength: 15 }),
  isMsgpack: fc.boolean(),
  isGuarded: fc.boolean(),
  answersUnknown: fc.boolean(),
})

/** Whatever comes over a connection: handlers see what matches, what is owed is answered once, and a neighbour is served. */
export const packets = fc.asyncProperty(CASE, async ({ items, isMsgpack, isGuarded, answersUnknown }) => {
  const parser = isMsgpack ? msgpack : standard
  const style: Style = parser
  const io = new Server({ parser: isGuarded ? guard({ parser }) : parser })
  const server = attach(io, api, { unknownEvents: answersUnknown ? 'answer' : 'pass' })
  server.onError(() => {})
  const wrong: unknown[] = []
  const visits: { socket: Socket; signal: AbortSignal; isOver: boolean }[] = []
  server.on.connection(({ socket, signal }) => void visits.push({ socket, signal, isOver: false }))
  server.on.disconnect(({ socket, reason }) => {
    const visit = visits.find(each => each.socket === socket)
    if (visit === undefined || visit.isOver || typeof reason !== 'string') wrong.push(reason)
    else visit.isOver = true
  })
  server.on.ping(({ input }) => input)
  // The inputs are made of a table, so that their types are not known.
  const on = server.on as unknown as Readonly<Record<string, (handler: unknown) => void>> & {
    todo: { create(handler: unknown): void }
  }
  for (const [name, { args, rest }] of Object.entries(INPUTS)) {
    const handler = ({ input }: { input: unknown }): number => {
      const isOne = rest === undefined && args.length === 1
      const list: readonly unknown[] = isOne ? [input] : Array.isArray(input) ? input : []
      const fits = list.every((value, index) => {
        const schema = args[index] ?? rest
        return schema !== undefined && matches(schema, value) !== false
      })
      if (!fits) wrong.push(name, input)
      if (name === 'none') throw new Error(SECRET)
      return 1
    }
    if (name === 'todo:create') on.todo.create(handler)
    else on[name]?.(handler)
  }

  const dial = exchangeOf(io, style)
  const join = async (): Promise<Line> => {
    const line = dial()
    line.send({ type: 0, nsp: '/' })
    await settled()
    check(line.received[0]?.type === 0, 'no connection', line.received)
    return line
  }
  const neighbour = await join()
  let line = await join()
  let decoder = referenceOf(style)
  for (const [packet, change] of items) {
    let chunks: (string | Buffer)[]
    try {
      chunks = change(chunksOf(style, packet))
    } catch {
      continue
    }
    const received = decoder(chunks)
    const before = line.received.length
    line.sendRaw(chunks)
    await settled()
    sent.packets++
    const answers = line.received.slice(before).filter(({ type }) => type === 3)
    const owed = received.flatMap(({ type, nsp, id, data }) => {
      const [name]: unknown[] = Array.isArray(data) ? data : []
      const isOwed = type === 2 && nsp === '/' && id !== undefined && typeof name === 'string' && isDeclared(name)
      return isOwed ? [id] : []
    })
    check(wrong.length === 0, 'a handler or a listener was given', wrong, packet)
    for (const { socket, isOver, signal } of visits) {
      check(socket.connected !== isOver, 'told that a socket has left, or not', packet)
      check(socket.connected !== signal.aborted, 'a signal is aborted, or not', packet)
    }
    if (line.isOpen && isHere(io, line)) {
      sent.owed += owed.length
      const answered = answers.map(({ id }) => Number(id)).filter(id => owed.includes(id) || !answersUnknown)
      check(String(answered.sort()) === String(owed.sort()), 'answered, or not', answers, packet)
    } else {
      check(answers.length <= 1, 'answered more than once', answers)
      line.close()
      line = await join()
      decoder = referenceOf(style)
    }
    check(!line.text().includes(SECRET), 'a client saw the secret')
  }
  neighbour.send({ type: 2, nsp: '/', id: 7, data: ['ping', 42] })
  await settled()
  check(listIn(neighbour.received.at(-1))?.[0] === 42, 'the neighbour was not served', neighbour.received)
  for (const each of [line, neighbour]) each.close()
  server.detach()
  for (const { sockets } of namespacesIn(io).values()) check(sockets.size === 0, 'sockets are left')
  check(String([...namespacesIn(io).keys()]) === '/', 'namespaces are left', [...namespacesIn(io).keys()])
  assertNoUnhandledErrors()
})

const isDeclared = (name: string): boolean => name === 'ping' || Object.hasOwn(INPUTS, name)

const isHere = (io: Server, line: Line): boolean => {
  const sid: unknown = Reflect.get(Object(line.received[0]?.data), 'sid')
  return typeof sid === 'string' && io.of('/').sockets.has(sid as never)
}

/** Decodes as a server without guard does, from chunk to chunk. */
const referenceOf = (style: Style) => {
  const decoder = new style.Decoder()
  let decoded: Packet[] = []
  // Copied, because the server adds the ack to the data.
  decoder.on('decoded', packet => decoded.push({ ...packet }))
  return (chunks: readonly (string | Buffer)[]): Packet[] => {
    decoded = []
    try {
      for (const chunk of chunks) decoder.add(chunk as never)
    } catch {
      // Then the server closes the connection.
    }
    return decoded
  }
}
