import { EventEmitter } from 'node:events'
import { event, router } from '@ackwire/core'
import { attach } from '@ackwire/core/server'
import { Type } from '@sinclair/typebox'
import * as fc from 'fast-check'
import { Server } from 'socket.io'
import { assertNoUnhandledErrors } from './unhandled-errors.js'
import { JSON_STYLE, chunksOf, packetOf, type Packet } from './line.js'
import { check, failureIn, listIn, settled } from './assertions.js'

/** The maximum number of bytes that the streams of a connection may hold, and of items of one stream that may wait. */
const MOST_BYTES = 4_000
const WINDOW = 8
const MOST_STREAMS = 4
const MOST_CALLS = 6
const MOST_REFUSALS = 20

const tail = event.input(Type.Integer()).stream(Type.String())
const api = router({
  tail: tail.limit({ rate: { perSocket: { calls: MOST_CALLS, seconds: 60 } } }),
  free: tail,
})

/** A client's connection that says when it reads. It flushes as Engine.IO does: one batch at a time. */
class SlowConnection extends EventEmitter {
  readonly id: string
  readonly protocol = 4
  readonly transport = Object.assign(new EventEmitter(), { name: 'websocket', writable: true })
  readonly sentCallbackFn: unknown[] = []
  writeBuffer: string[] = []
  readyState = 'open'
  isReading = true
  /** The data that the transport got and the client has not read. */
  batch: string[] = []
  readonly received: Packet[] = []

  constructor(id: string) {
    super()
    this.id = id
  }

  write(chunk: string): void {
    if (this.readyState !== 'open') return
    this.writeBuffer.push(chunk)
    this.#flush()
  }

  read(): void {
    if (!this.isReading || this.transport.writable) return
    for (const chunk of this.batch.splice(0)) this.received.push(packetOf(JSON_STYLE, [chunk]) as Packet)
    this.transport.emit('drain')
    this.transport.writable = true
    this.#flush()
  }

  close(): void {
    if (this.readyState !== 'open') return
    this.readyState = 'closed'
    this.emit('close', 'forced close')
  }

  send(data: readonly unknown[], id: number | undefined): void {
    const packet = { type: 2, nsp: '/', data, ...(id !== undefined && { id }) }
    for (const chunk of chunksOf(JSON_STYLE, packet)) this.emit('data', chunk)
  }

  #flush(): void {
    if (!this.transport.writable || this.writeBuffer.length === 0) return
    this.emit('flush', this.writeBuffer)
    this.batch = this.writeBuffer
    this.writeBuffer = []
    this.transport.writable = false
    setImmediate(() => this.read())
  }
}

/** The next step of a client; `at` picks a stream that it knows. */
type Step =
  | { readonly do: 'open'; readonly name: 'tail' | 'free'; readonly size: number }
  | { readonly do: 'resume'; readonly size: number }
  | {
      readonly do: 'next' | 'stop'
      readonly at: number
      readonly page: number
      readonly times: number
      readonly isAsked: boolean
    }
  | { readonly do: 'garbage'; readonly verb: string; readonly cursor: unknown; readonly times: number }
  | { readonly do: 'read'; readonly isReading: boolean }
  | { readonly do: 'wait' }

const size = fc.constantFrom(1, 100, 1_500, 9_000)
const times = fc.constantFrom(1, 1, 2, 6, 40)
const at = fc.nat(5)
const steps: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('open' as const), name: fc.constantFrom('tail', 'free'), size }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('resume' as const), size }) },
  {
    weight: 10,
    arbitrary: fc.record({
      do: fc.constant('next' as const),
      at,
      // From the newest page that the client has heard of.
      page: fc.oneof({ weight: 6, arbitrary: fc.constant(0) }, fc.integer({ min: -3, max: 3 })),
      times,
      isAsked: fc.oneof({ weight: 6, arbitrary: fc.constant(true) }, fc.constant(false)),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('stop' as const),
      at,
      page: fc.integer({ min: -1, max: 1 }),
      times,
      isAsked: fc.boolean(),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('garbage' as const),
      verb: fc.constantFrom('next', 'stop', 'resume'),
      cursor: fc.constantFrom<unknown>('', 'x.1', '__proto__.1', 5, null, 'x'.repeat(1_000), '.', '..1'),
      times,
    }),
  },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('read' as const), isReading: fc.boolean() }) },
  { weight: 6, arbitrary: fc.constant({ do: 'wait' } as const) },
)

let connections = 0

/** The requests to streams, and the number of pages they led to. */
export const streamed = { asked: 0, pages: 0, cutOff: 0 }

/** Whatever is done with streams, by whoever reads or does not: what they hold is bounded, and a neighbour reads all of its own. */
export const streams = fc.asyncProperty(fc.array(steps, { minLength: 5, maxLength: 40 }), async all => {
  const io = new Server()
  const engine = Object.assign(new EventEmitter(), { close() {} })
  io.bind(engine as never)
  const limits = { refusals: { calls: MOST_REFUSALS, seconds: 60 } }
  const bounds = { streamWindow: WINDOW, maxStreams: MOST_STREAMS, maxStreamBytes: MOST_BYTES }
  const server = attach(io, api, { limits, ...bounds })
  server.onError(() => undefined)
  const items = async function* ({ input, lastEventId }: { input: number; lastEventId: string | undefined }) {
    for (let item = Number(lastEventId ?? 0); ; item++) yield `${item} `.padEnd(input, '.')
  }
  server.on.tail(items)
  server.on.free(items)

  const join = async (): Promise<SlowConnection> => {
    const connection = new SlowConnection(`slow-${++connections}`)
    engine.emit('connection', connection)
    connection.emit('data', '0')
    while (connection.received.length === 0) await settled()
    return connection
  }
  await assertServed(await join())
  const client = await join()
  let id = 0
  const asked = new Map<number, string>()
  const ask = (data: readonly unknown[], isAsked: boolean): void => {
    streamed.asked++
    if (isAsked) asked.set(++id, String(data[0]))
    client.send(data, isAsked ? id : undefined)
  }
  /** The newest cursor of each stream that the client has heard of. */
  const heard = (): (readonly [name: string, id: string, page: number])[] => {
    const newest = new Map<string, readonly [string, string, number]>()
    for (const packet of client.received) {
      const next: unknown = Reflect.get(Object(listIn(packet)?.[0]), 'next')
      if (typeof next !== 'string') continue
      const [stream = '', page] = next.split('.')
      newest.set(stream, [String(asked.get(Number(packet.id))).split(':')[0] ?? '', stream, Number(page)])
    }
    return [...newest.values()]
  }
  const settle = async (): Promise<void> => {
    for (let turn = 0; turn < 4; turn++) await settled()
    assertBounded(client)
  }
  const run: { readonly [Name in Step['do']]: (step: Extract<Step, { do: Name }>) => unknown } = {
    open: ({ name, size }) => ask([name, size], true),
    resume: ({ size }) => ask(['tail:resume', '7', size], true),
    next: step => repeatedly(step, 'next'),
    stop: step => repeatedly(step, 'stop'),
    garbage: ({ verb, cursor, times }) => {
      for (let time = 0; time < times; time++) ask([`tail:${verb}`, cursor], true)
    },
    read: ({ isReading }) => {
      client.isReading = isReading
      client.read()
    },
    wait: settle,
  }
  /** A few times are each a turn of their own, so that all can be answered; many come at once. */
  const repeatedly = async (
    { at, page, times, isAsked }: Extract<Step, { do: 'next' | 'stop' }>,
    verb: string,
  ): Promise<void> => {
    const known = heard()
    const [name, stream, newest] = known[at % Math.max(1, known.length)] ?? ['tail', 'none', 1]
    for (let time = 0; time < times; time++) {
      ask([`${name}:${verb}`, `${stream}.${newest + page}`], isAsked)
      if (times < 10) await settle()
    }
  }
  for (const step of all) await run[step.do](step as never)
  await settle()

  // It reads again, all that there is.
  client.isReading = true
  client.read()
  for (let turn = 0; turn < 40; turn++) await settled()
  assertAnswers(client.received, asked)
  const refused = client.received.filter(packet => failureIn(listIn(packet)?.[0])?.code === 'RATE_LIMITED')
  check(refused.length <= MOST_REFUSALS + 1, 'was refused without end', refused.length)
  if (client.readyState !== 'open') streamed.cutOff++
  else check(client.writeBuffer.length === 0 && client.transport.writable, 'not all was sent')

  await assertServed(await join())
  client.close()
  await settled()
  server.detach()
  assertNoUnhandledErrors()
})

const pagesIn = (chunks: readonly string[]): string[] => chunks.filter(chunk => /^3\d+\[\{"items":\["/.test(chunk))

/** Checks that unread data is at most one page of each stream, and at most the bound or one page. */
const assertBounded = ({ batch, writeBuffer }: SlowConnection): void => {
  const pages = pagesIn([...batch, ...writeBuffer])
  const bytes = pages.reduce((sum, { length }) => sum + length, 0)
  check(pages.length <= 1 || bytes <= MOST_BYTES, 'more is unsent than may be', bytes, pages.length)
  const streams = pages.map(page => /"next":"([^".]+)/.exec(page)?.[1])
  check(new Set(streams).size === pages.length, 'two pages of one stream are unsent', streams)
}

/** Each is answered once at most; the pages of a stream go on where the one before has ended, and are answered again a few times. */
const assertAnswers = (received: readonly Packet[], asked: ReadonlyMap<number, string>): void => {
  const answered = new Set<number>()
  const last = new Map<string, { readonly next: string; readonly text: string; readonly end: number; times: number }>()
  for (const packet of received) {
    if (packet.type !== 3) continue
    check(asked.has(Number(packet.id)) && !answered.has(Number(packet.id)), 'answered twice', packet)
    answered.add(Number(packet.id))
    const { items = [], next } = Object(listIn(packet)?.[0]) as { items?: string[]; next?: string }
    if (items.length === 0 || next === undefined) continue
    streamed.pages++
    check(items.length <= WINDOW, 'more than a window', items.length)
    const [stream = ''] = next.split('.')
    const before = last.get(stream)
    const numbers = items.map(item => Number.parseInt(item, 10))
    if (before?.next === next) {
      check(before.text === items.join() && ++before.times <= 4, 'another page, or too often', before)
      continue
    }
    const [first = 0] = numbers
    check(before === undefined ? first === 0 || first === 7 : first === before.end + 1, 'not in order', numbers)
    check(
      numbers.every((number, index) => number === first + index),
      'not in order',
      numbers,
    )
    last.set(stream, { next, text: items.join(), end: numbers.at(-1) ?? 0, times: 1 })
  }
}

/** A neighbour that does what it should reads as many pages as it likes, whatever its rate. */
const assertServed = async (neighbour: SlowConnection): Promise<void> => {
  let expected = 0
  neighbour.send(['tail', 500], 0)
  for (let page = 0; page < 3 * MOST_CALLS; page++) {
    let answer: Packet | undefined
    for (let turn = 0; answer === undefined; turn++) {
      check(turn < 2_000, 'a neighbour is not answered', page)
      // What counts the calls is loaded by the first of all.
      await (turn < 100 ? settled() : new Promise(resolve => setTimeout(resolve, 1)))
      answer = neighbour.received.find(({ type, id }) => type === 3 && id === page)
    }
    const { items = [], next } = Object(listIn(answer)?.[0]) as { items?: string[]; next?: string }
    check(next !== undefined, 'a neighbour is refused', answer)
    for (const item of items) check(Number.parseInt(item, 10) === expected++, 'a neighbour misses an item', item)
    neighbour.send(['tail:next', next], page + 1)
  }
  check(expected > 0, 'a neighbour is given nothing')
  neighbour.close()
}
