import { event, router } from '@ackwire/core'
import type { Page } from '@ackwire/core/wire'
import { Type } from '@sinclair/typebox'
import { get } from 'node:http'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import type { Socket as ServerSocket } from 'socket.io'
import type { Socket } from 'socket.io-client'
import * as assert from 'uvu/assert'
import { WebSocket } from 'ws'
import { describe, type TestContext } from '../../../test/harness.js'
import { ask, serve, TRANSPORTS, until, type Served } from './serve.js'

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

const HOUR = 3_600
const tail = event.input().stream(Type.String())

const api = router({
  tail: tail.limit({ rate: { perSocket: { calls: 2, seconds: HOUR } } }),
  free: tail,
  small: tail.limit({ maxBytes: 4 }),
  blobs: event.input().stream(Type.Uint8Array()),
  ping: event.input().ack(),
})

type Answer = Page & { readonly $error?: { readonly code: string } }

const answer = async (socket: Socket, name: string, ...args: unknown[]): Promise<Answer> => {
  const [reply] = (await ask(socket, name, ...args)) as [Answer]
  return reply
}

const codeOf = async (socket: Socket, name: string, ...args: unknown[]): Promise<string | undefined> =>
  (await answer(socket, name, ...args))?.$error?.code

/** A client without Socket.IO's client library: it sends the given packets, and reads only on request. */
interface Line {
  send(text: string): Promise<unknown>
  /** Returns the next message. */
  read(): Promise<string>
  /** Reads no more until it is resumed. */
  pause(): void
  resume(): void
}

const overWebSocket = async (url: string, { defer }: TestContext): Promise<Line> => {
  const ws = new WebSocket(`${url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`)
  ws.on('error', () => {})
  defer(() => ws.terminate())
  const came: string[] = []
  ws.on('message', (data: Buffer) => void came.push(data.toString()))
  const read = async (): Promise<string> => {
    await until(() => came.length > 0)
    return came.shift() ?? ''
  }
  await read()
  ws.send('40')
  await read()
  return { send: async text => ws.send(text), read, pause: () => ws.pause(), resume: () => ws.resume() }
}

const overPolling = async (url: string): Promise<Line & { readonly sid: string }> => {
  const address = `${url}/socket.io/?EIO=4&transport=polling`
  const text = async (init?: RequestInit, more = ''): Promise<string> => (await fetch(address + more, init)).text()
  const sid = /"sid":"([^"]+)"/.exec(await text())?.[1] ?? ''
  const own = (init?: RequestInit): Promise<string> => text(init, `&sid=${sid}`)
  const send = (body: string): Promise<string> => own({ method: 'POST', body }).catch(() => '')
  await send('40')
  await own()
  return { sid, send, read: own, pause() {}, resume() {} }
}

const lineTo = ({ url }: { readonly url: string }, transport: string, context: TestContext): Promise<Line> =>
  transport === 'polling' ? overPolling(url) : overWebSocket(url, context)

/** Opens a stream, and returns its id and its first page. */
const openOver = async (line: Line, name: string): Promise<readonly [id: string, text: string]> => {
  await line.send(`420["${name}"]`)
  const text = await line.read()
  return [/"next":"([^".]+)\./.exec(text)?.[1] ?? '', text]
}

/** Counts what is written to a transport from now on that is larger than so many bytes, until it is closed. */
const watch = ({ io }: Pick<Served<typeof api>, 'io'>, larger = 1_000) => {
  const [socket] = io.of('/').sockets.values()
  const seen = { pages: 0, packets: 0, bytes: 0, isClosed: false, conn: (socket as ServerSocket).conn }
  seen.conn.on('packetCreate', ({ data = '' }: { readonly data?: string }) => {
    seen.packets++
    seen.bytes += data.length
    if (data.length > larger) seen.pages++
  })
  seen.conn.on('close', () => (seen.isClosed = true))
  return seen
}

const pause = (ms = 100): Promise<void> => new Promise(resolve => setTimeout(resolve, ms))

/** Goes on to give texts of a length without end, and counts them. */
const endless = (length: number) => {
  const made = { items: 0, ended: 0 }
  const handler = async function* () {
    try {
      for (;;) yield `${made.items++}`.padEnd(length, '.')
    } finally {
      made.ended++
    }
  }
  return { made, handler }
}

for (const transport of TRANSPORTS) {
  describe(`a client over ${transport} that asks for a page again and does not read`, it => {
    it('gets it a few times, and is then disconnected', async context => {
      const served = await serve(api, context, { limits: { refusals: { calls: 20, seconds: HOUR } } })
      const { made, handler } = endless(6_500)
      served.server.on.tail(handler)
      const line = await lineTo(served, transport, context)
      const [id] = await openOver(line, 'tail')
      const seen = watch(served)
      line.pause()
      await line.send(`421["tail:next","${id}.1"]`)
      await until(() => seen.pages === 1)
      const again = Array.from({ length: 600 }, (_, index) => `42${index + 2}["tail:next","${id}.1"]`)
      if (transport === 'polling') await line.send(again.join('\x1e'))
      else for (const text of again) await line.send(text)
      await until(() => seen.isClosed)
      assert.ok(seen.pages <= 4, `${seen.pages} pages`)
      assert.ok(seen.packets < 30, `${seen.packets} packets`)
      assert.is(made.ended, 1)
      assert.ok(served.errors.splice(0).length > 20)
    })

    it('gets it a few times without any limit, too', async context => {
      const served = await serve(api, context)
      served.server.on.free(endless(6_500).handler)
      const line = await lineTo(served, transport, context)
      const [id] = await openOver(line, 'free')
      const seen = watch(served)
      line.pause()
      await line.send(`421["free:next","${id}.1"]`)
      await until(() => seen.pages === 1)
      const again = Array.from({ length: 600 }, (_, index) => `42${index + 2}["free:next","${id}.1"]`)
      if (transport === 'polling') await line.send(again.join('\x1e'))
      else for (const text of again) await line.send(text)
      await until(() => seen.packets >= 600)
      assert.ok(seen.pages <= 4, `${seen.pages} pages`)
    })

    it('has at most one unsent page of a stream, and gets all pages when it reads', async context => {
      const served = await serve(api, context, { io: { pingInterval: 60_000 } })
      const { handler } = endless(12_000_000)
      served.server.on.free(handler)
      const line = await lineTo(served, transport, context)
      const [id] = await openOver(line, 'free')
      const seen = watch(served)
      line.pause()
      await line.send(`421["free:next","${id}.1"]`)
      await until(() => seen.pages === 1)
      await line.send(`422["free:next","${id}.1"]`)
      await line.send(`423["free:next","${id}.2"]`)
      await pause()
      assert.is(seen.pages, 1, 'nothing is written to what is not read')
      line.resume()
      let text = ''
      while (!text.includes('"next":"' + id + '.3"')) text += await line.read()
      assert.is(seen.pages, 2)
      assert.match(text, /431\[\{"items":\["1\./)
      assert.match(text, /432\[\{"items":\[\],/)
      assert.match(text, /433\[\{"items":\["2\./)
    })
  })

  describe(`a reader over ${transport} of a stream whose opening has a limit`, it => {
    it('reads it to its end, however many pages that takes', { timeoutMs: 300_000 }, async context => {
      const { server, client } = await serve(api, context, { transport, maxStreamBytes: 4_000 })
      server.on.tail(async function* () {
        for (let item = 0; item < 10_000; item++) yield `${item}`
      })
      const socket = await client()
      const items: unknown[] = []
      let pages = 1
      let page = await answer(socket, 'tail')
      items.push(...page.items)
      while (page.next !== undefined) {
        page = await answer(socket, 'tail:next', page.next)
        items.push(...page.items)
        pages++
      }
      assert.ok(pages > 100, `${pages}`)
      assert.equal(
        items,
        Array.from({ length: 10_000 }, (_, item) => `${item}`),
      )
    })
  })
}

describe('a message of a stream besides reading it', it => {
  for (const verb of ['next', 'stop', 'resume']) {
    for (const cursor of ['made.1', '', '__proto__.1', 'own']) {
      it(`counts as a call: ${verb} with ${cursor === 'own' ? 'a cursor of an old page' : `"${cursor}"`}`, async context => {
        const served = await serve(api, context, { limits: { refusals: { calls: 30, seconds: HOUR } } })
        served.server.on.tail(endless(10).handler)
        const socket = await served.client()
        const first = await answer(socket, 'tail')
        const { next } = await answer(socket, 'tail:next', first.next)
        await answer(socket, 'tail:next', next)
        const codes: (string | undefined)[] = []
        let isGone = false
        socket.once('disconnect', () => (isGone = true))
        if (verb === 'stop' && cursor === 'own') await ask(socket, 'tail:stop', next)
        for (let sent = 0; sent < 100; sent++)
          socket.emit(`tail:${verb}`, cursor === 'own' ? first.next : cursor, (reply?: Answer) =>
            codes.push(reply?.$error?.code),
          )
        await until(() => isGone)
        // What was answered last may be lost with the connection.
        assert.ok(codes.filter(code => code !== 'RATE_LIMITED').length <= 1, 'the opening took one of two')
        const told = served.errors.splice(0).map(({ phase }) => phase)
        assert.equal(
          told,
          Array.from({ length: 32 }, () => 'limit'),
        )
      })
    }
  }

  it('does not count a page that is asked for again, a few times', async context => {
    const { server, client, errors } = await serve(api, context)
    const { made, handler } = endless(10)
    server.on.tail(handler)
    const socket = await client()
    await answer(socket, 'tail')
    const { next } = await answer(socket, 'tail')
    const page = await answer(socket, 'tail:next', next)
    for (let again = 0; again < 3; again++) assert.equal(await answer(socket, 'tail:next', next), page)
    assert.is(await codeOf(socket, 'tail:next', next), 'RATE_LIMITED')
    assert.is(await codeOf(socket, 'tail'), 'RATE_LIMITED')
    const { next: third } = await answer(socket, 'tail:next', page.next)
    assert.ok(third, 'it goes on all the same')
    assert.equal(await ask(socket, 'tail:stop', third), [])
    assert.is(made.ended, 1)
    assert.is(errors.splice(0).length, 2)
  })

  it('ends a stream whose page is requested too often', async context => {
    const { server, client } = await serve(api, context)
    const { made, handler } = endless(10)
    server.on.free(handler)
    const socket = await client()
    const { next } = await answer(socket, 'free')
    const page = await answer(socket, 'free:next', next)
    for (let again = 0; again < 3; again++) assert.equal(await answer(socket, 'free:next', next), page)
    assert.is(await codeOf(socket, 'free:next', next), 'DISCONNECTED')
    await until(() => made.ended === 1)
    assert.is(await codeOf(socket, 'free:next', page.next), 'DISCONNECTED')
  })

  it('counts a second request for a page that does not exist yet', async context => {
    const { server, client, errors } = await serve(api, context)
    let give: (() => void) | undefined
    server.on.tail(async function* () {
      await new Promise<void>(resolve => (give = resolve))
      yield 'item'
    })
    const socket = await client()
    await answer(socket, 'tail')
    const { next } = await answer(socket, 'tail')
    const asked = Array.from({ length: 7 }, () => answer(socket, 'tail:next', next))
    assert.equal(
      (await Promise.all(asked.slice(4))).map(({ $error }) => $error?.code),
      Array.from({ length: 3 }, () => 'RATE_LIMITED'),
    )
    give?.()
    assert.equal(
      await Promise.all(asked.slice(0, 3)),
      Array.from({ length: 3 }, () => ({ items: [], next })),
    )
    assert.equal((await asked[3])?.items, ['item'], 'who waited goes on waiting')
    assert.is(errors.splice(0).length, 3)
  })

  it('is bounded by maxBytes, which always lets a cursor pass', async context => {
    const { server, client, errors } = await serve(api, context)
    server.on.small(endless(10).handler)
    const socket = await client()
    const { next } = await answer(socket, 'small')
    assert.ok((await answer(socket, 'small:next', next)).next)
    const { $error } = await answer(socket, 'small:next', 'x'.repeat(300))
    assert.equal($error, {
      code: 'INVALID_INPUT',
      message: 'The input does not match the contract',
      issues: [{ path: '', message: 'Expected at most 256 bytes' }],
    })
    assert.is(errors.splice(0).length, 1)
  })
})

describe('the memory of slow readers', it => {
  const MANY = 50
  const SIZE = 100_000

  it('is bounded in bytes, for all streams of a connection together', async context => {
    const served = await serve(api, context, { maxStreamBytes: 1_000_000, io: { pingInterval: 60_000 } })
    const { made, handler } = endless(SIZE)
    served.server.on.free(handler)
    served.server.on.ping(() => {})
    const line = await lineTo(served, 'websocket', context)
    await openOver(line, 'free')
    const seen = watch(served)
    line.pause()
    for (let id = 1; id < MANY; id++) await line.send(`42${id}["free"]`)
    const neighbour = await served.client()
    await until(() => made.items > 2 * MANY - 10)
    for (let turn = 0; turn < 20; turn++) await ask(neighbour, 'ping')
    // One of each stream waits, and one more is on its way or kept, beyond the three megabytes.
    assert.ok(made.items <= 30 + 2 * MANY, `${made.items} items`)
    assert.ok(seen.bytes < 3_000_000 + MANY * (SIZE + 100), `${seen.bytes} bytes`)
  })

  it('lets a larger item pass alone', async context => {
    const { server, client } = await serve(api, context, { maxStreamBytes: 1_000 })
    server.on.free(async function* () {
      for (let item = 0; item < 5; item++) yield `${item}`.padEnd(50_000, '.')
    })
    const socket = await client()
    const pages = [await answer(socket, 'free')]
    for (let page = pages[0]; page?.next !== undefined; page = pages.at(-1))
      pages.push(await answer(socket, 'free:next', page.next))
    assert.equal(
      pages.flatMap(({ items }) => items.map(item => Number(String(item)[0]))),
      [0, 1, 2, 3, 4],
    )
    assert.ok(pages.every(({ items }) => items.length <= 1))
  })

  it('does not keep another stream of the same connection from being read', async context => {
    const { server, client } = await serve(api, context, { maxStreamBytes: 10_000 })
    server.on.free(endless(6_000).handler)
    server.on.tail(async function* () {
      for (let item = 0; item < 300; item++) yield `${item}`.padEnd(1_000, '.')
    })
    const socket = await client()
    for (let unread = 0; unread < 10; unread++) await answer(socket, 'free')
    let page = await answer(socket, 'tail')
    let items = page.items.length
    while (page.next !== undefined) {
      page = await answer(socket, 'tail:next', page.next)
      items += page.items.length
    }
    assert.is(items, 300)
  })

  it('includes unusual values, and does not hide the error of one that can’t be measured', async context => {
    const strange = router({ any: event.input(Type.Integer()).stream(Type.Any()) })
    const { server, client, errors } = await serve(strange, context, { maxStreamBytes: 2 ** 40 })
    const cycle: unknown[] = []
    cycle.push(cycle)
    const throwing = Object.defineProperty({}, 'x', {
      enumerable: true,
      get() {
        throw new Error('not to be read')
      },
    })
    const given = [cycle, throwing, Buffer.alloc(10), new Date(0), null]
    server.on.any(async function* ({ input }) {
      yield given[input]
    })
    const socket = await client()
    const codes: unknown[] = []
    for (const index of given.keys()) {
      let page = await answer(socket, 'any', index)
      if (page.next !== undefined && page.items.length === 0) page = await answer(socket, 'any:next', page.next)
      codes.push(page.$error?.code)
    }
    assert.equal(codes, ['INTERNAL', 'INTERNAL', undefined, undefined, undefined])
    assert.is(errors.splice(0).length, 2)
  })

  it('is bounded for bytes, too, which follow their page', async context => {
    const served = await serve(api, context, { io: { pingInterval: 60_000 } })
    served.server.on.blobs(async function* () {
      for (;;) yield new Uint8Array(12_000_000)
    })
    const line = await lineTo(served, 'websocket', context)
    const [id, text] = await openOver(line, 'blobs')
    // The bytes of the first page, if it has an item already.
    if (text.startsWith('461-')) await line.read()
    const seen = watch(served)
    line.pause()
    for (let page = 1; page <= 3; page++) {
      await line.send(`42${page}["blobs:next","${id}.${page}"]`)
      await pause(50)
    }
    assert.is(seen.pages, 1)
    line.resume()
    await line.send(`424["blobs:next","${id}.2"]`)
    await until(() => seen.pages === 2)
  })

  it('excludes streams that have ended', async context => {
    const { io, url, server } = await serve(api, context, { maxStreamBytes: 1_000, io: { pingInterval: 60_000 } })
    io.of('/other')
    const signals: WeakRef<AbortSignal>[] = []
    server.on.free(async function* ({ signal }) {
      signals.push(new WeakRef(signal))
      // The first fills what is between the two; the others wait until it has been read.
      yield '.'.repeat(signals.length === 1 ? 20_000_000 : 900)
      await new Promise<void>(resolve => signal.addEventListener('abort', () => resolve()))
    })
    const line = await overWebSocket(url, context)
    // So that the transport stays.
    await line.send('40/other,')
    await line.read()
    line.pause()
    const { sockets } = io.of('/')
    for (let opened = 0; opened < 50; opened++) {
      await until(() => sockets.size === 1)
      await line.send('420["free"]')
      await until(() => signals.length === opened + 1)
      await pause(2)
      await line.send('41')
      await until(() => sockets.size === 0)
      await line.send('40')
    }
    await pause()
    collect()
    assert.ok(signals.filter(signal => signal.deref() !== undefined).length <= 2)
    line.resume()
  })

  it('is bounded over polling responses that are not read, too', async context => {
    const served = await serve(api, context, { io: { pingInterval: 60_000 } })
    served.server.on.free(endless(12_000_000).handler)
    const line = await overPolling(served.url)
    const [id] = await openOver(line, 'free')
    const seen = watch(served)
    const own = `${served.url}/socket.io/?EIO=4&transport=polling&sid=${line.sid}`
    for (let page = 1; page <= 6; page++) {
      // Without a listener for what it says, a response is not read.
      const request = get(own, { agent: false }, () => {}).on('error', () => {})
      context.defer(() => request.destroy())
      await line.send(`42${page}["free:next","${id}.${page}"]`)
      await pause(30)
    }
    assert.is(seen.pages, 1)
  })
})

describe('the number of a client’s streams', it => {
  it('is not reset when it leaves a namespace and rejoins', async context => {
    const { server, client, errors, io } = await serve(api, context, { maxStreams: 3 })
    io.of('/other')
    const ends: (() => void)[] = []
    server.on.free(async function* () {
      await new Promise<void>(resolve => ends.push(resolve))
      yield ''
    })
    const socket = await client()
    // So that the transport stays.
    const other = socket.io.socket('/other')
    context.defer(() => other.disconnect())
    await until(() => other.connected)
    const codes: unknown[] = []
    for (let round = 0; round < 3; round++) {
      for (let opened = 0; opened < 2; opened++) codes.push(await codeOf(socket, 'free'))
      const { id } = socket
      socket.disconnect()
      await until(() => !io.of('/').sockets.has(id ?? ''))
      socket.connect()
      await until(() => socket.connected)
    }
    assert.equal(codes, [undefined, undefined, undefined, 'OVERLOADED', 'OVERLOADED', 'OVERLOADED'])
    assert.is(errors.splice(0).length, 3)
    for (const end of ends) end()
    await pause(20)
    assert.is(await codeOf(socket, 'free'), undefined)
  })
})
