import { once } from 'node:events'
import { connect } from 'node:net'
import * as fc from 'fast-check'
import { WebSocket } from 'ws'
import { chunksOf, type Packet, type Style } from './line.js'
import { anyPacket, changes } from './packets.js'

/** Does something to the server at a port, over a connection of its own. */
export type Attack = (port: number) => Promise<void>

/** A websocket frame: text, binary, or text that is not valid UTF-8. */
interface Frame {
  readonly data: string | Buffer
  readonly isText: boolean
}

const text = (data: string | Buffer): Frame => ({ data, isText: true })
const bytes = (data: Buffer): Frame => ({ data, isText: false })

const ENGINE = ['0', '1', '2', '2probe', '3', '3probe', '5', '6', '7', 'b', '', '4', '44', '45', '46', '4-1', '4[]']

const SOCKET = [
  '41',
  '41/in,',
  '42',
  '421',
  '42[]',
  '42[null]',
  '42[1]',
  '42["none"',
  '42/in,["none"]',
  '421["__proto__"]',
  '43',
  '43999[1]',
  '430[]',
  '430["x"]',
  '430[{"$error":null}]',
  '43-1[1]',
  '439007199254740993[1]',
  '44"x"',
  '44{}',
  '45',
  '451-',
  '451-["bytes"]',
  '451-["bytes",{"_placeholder":true,"num":0}]',
  '451-["bytes",{"_placeholder":true,"num":7}]',
  '4511-["any"]',
  '45-1-["any"]',
  '451.5-["any"]',
  '461-0[{"_placeholder":true,"num":0}]',
  '4599999999999999-["any"]',
  '40/seat-1-2,{}',
  '40/seat-1-2,{"in":[{"in":[]}]}',
  `40/seat-1-2,${'{"in":['.repeat(5_000)}${']}'.repeat(5_000)}`,
  `40/seat-1-2,{"in":[${'{},'.repeat(100_001)}{}]}`,
  `40/seat-${'-'.repeat(50_000)}/`,
  `40/box-${'-a'.repeat(2_000)},{}`,
  `40/seat-${'x'.repeat(300)}-1,{}`,
  `42/seat-${'-'.repeat(50_000)},["none"]`,
  '42/nowhere,["none"]',
  '42/room-9,1["none"]',
  '42/room-1,1["none"]',
  '421["disconnect"]',
  '42["error","x"]',
  '421["open",{"__proto__":{"a":"b"}}]',
  '421["open",{"constructor":{"prototype":{"a":1}},"a":5}]',
  `421["tree",${'{"n":1,"in":['.repeat(9_000)}${']}'.repeat(9_000)}]`,
  `421["any",${'['.repeat(20_000)}${']'.repeat(20_000)}]`,
  `421["any"${',0'.repeat(50_000)}]`,
  `42["${'n'.repeat(100_000)}"]`,
  `40/in,${'{"token":'.repeat(5_000)}1${'}'.repeat(5_000)}`,
] as const

const joins = fc
  .array(
    fc.constantFrom(
      '40',
      '40{}',
      '40/in,{"token":"x"}',
      '40/in,{"token":"good"}',
      '40/in,',
      '40/room-1,',
      '40/room-77,',
      '40/seat-1-2,{}',
      `40/seat-${'-'.repeat(20_000)}/`,
      '40/__proto__,',
    ),
    {
      minLength: 1,
      maxLength: 3,
    },
  )
  .chain(these =>
    fc.constantFrom(1, 1, 1, 30).map(times => Array.from({ length: times }, () => these.map(text)).flat()),
  )

const frameOf = (chunk: string | Buffer): Frame => (typeof chunk === 'string' ? text(`4${chunk}`) : bytes(chunk))

const framesOf = (style: Style, packet: Packet): Frame[] => chunksOf(style, packet).map(frameOf)

/** Calls that reach a handler, so that it is in the middle of its work when the rest comes, and some that must not. */
const callsOf = (style: Style): fc.Arbitrary<Frame[]> =>
  fc
    .tuple(
      fc.nat(99),
      fc.constantFrom<unknown[]>(
        ['tree', { n: 1, in: [{ n: 2, in: [] }] }],
        ['open', {}],
        ['any', 1, { a: Buffer.from('b') }],
        ['bytes', Buffer.from('bytes')],
        ['none'],
        ['tree', { n: 3, in: [] }],
        ['open', { a: 'b' }],
        ['any'],
        ['tree', { n: 1, in: [{ n: '2' }] }],
        ['open', 5],
        ['bytes', Buffer.alloc(101)],
        ['none', 1],
      ),
    )
    .map(([id, data]) => framesOf(style, { type: 2, nsp: '/', id, data }))

const frames = (style: Style, isMsgpack: boolean): fc.Arbitrary<Frame[]> => {
  const encoded = fc.tuple(anyPacket, changes).map(([packet, change]) => {
    try {
      return change(chunksOf(style, packet)).map(frameOf)
    } catch {
      return []
    }
  })
  const flood = fc
    .constantFrom(2, 30)
    .map(times => Array.from({ length: times }, () => framesOf(style, { type: 0, nsp: '/' })).flat())
  return fc.oneof(
    { weight: 2, arbitrary: isMsgpack ? flood : joins },
    { weight: 12, arbitrary: callsOf(style) },
    { weight: 8, arbitrary: encoded },
    { weight: 4, arbitrary: fc.constantFrom(...SOCKET).map(data => [text(data)]) },
    { weight: 2, arbitrary: fc.constantFrom(...ENGINE).map(data => [text(data)]) },
    { weight: 2, arbitrary: fc.string({ unit: 'binary' }).map(data => [text(`4${data}`)]) },
    { weight: 1, arbitrary: fc.uint8Array({ maxLength: 40 }).map(data => [bytes(Buffer.from(data))]) },
    {
      weight: 1,
      arbitrary: fc.constantFrom('34c3', 'ff', '343222c328', 'eda080').map(hex => [text(Buffer.from(hex, 'hex'))]),
    },
  )
}

/** Over a websocket that is opened as it should be. */
const overWebSocket = (style: Style, isMsgpack: boolean): fc.Arbitrary<Attack> =>
  fc
    .tuple(
      // Who has not come in is closed at the next packet, so that most do.
      fc.oneof(
        { weight: 6, arbitrary: fc.constant(framesOf(style, { type: 0, nsp: '/' })) },
        { weight: 1, arbitrary: frames(style, isMsgpack) },
      ),
      fc.array(callsOf(style), { maxLength: 4 }),
      fc.constantFrom('[1]', '["x"]', '[]', '[{"$error":null}]', '[null,1]', '["__proto__"]'),
      // Whether to wait until the server has read it before the next is sent.
      fc.array(fc.tuple(frames(style, isMsgpack), fc.boolean()), { minLength: 1, maxLength: 12 }),
    )
    .map(([first, calls, answer, lists]) => async port => {
      const socket = new WebSocket(`ws://127.0.0.1:${port}/socket.io/?EIO=4&transport=websocket`)
      const closed = new Promise<void>(resolve => socket.once('close', () => resolve()))
      socket.on('error', () => {})
      socket.on('message', (data: Buffer) => {
        const [, id] = /^42(\d+)\["probe"/.exec(data.toString('latin1')) ?? []
        if (id !== undefined) socket.send(`43${id}${answer}`)
      })
      const send = (frames: readonly Frame[]): void => {
        for (const { data, isText } of frames) {
          if (socket.readyState === WebSocket.OPEN) socket.send(data, { binary: !isText })
        }
      }
      /** Returns the next frame, or the end of the connection. */
      const next = (event: 'message' | 'pong'): Promise<unknown> =>
        Promise.race([
          new Promise(resolve => socket.once(event, resolve)),
          closed,
          new Promise(resolve => setTimeout(resolve, 500)),
        ])
      // A pong shows that the server has read everything before it.
      const read = async (): Promise<void> => {
        if (socket.readyState !== WebSocket.OPEN) return
        socket.ping()
        await next('pong')
      }
      await next('message')
      send(first)
      await next('message')
      send(calls.flat())
      for (const [list, isAwaited] of lists) {
        send(list)
        if (isAwaited) await read()
      }
      await read()
      socket.terminate()
      await closed
    })

/** Bytes after an upgrade that are no frames. */
const overTcp: fc.Arbitrary<Attack> = fc
  .tuple(
    fc.constantFrom('/socket.io/?EIO=4&transport=websocket', '/socket.io/?EIO=9', '/socket.io/?transport=x&sid=y'),
    fc.uint8Array({ maxLength: 200 }),
  )
  .map(([path, garbage]) => async port => {
    const socket = connect(port, '127.0.0.1')
    const closed = new Promise<void>(resolve => socket.once('close', () => resolve()))
    socket.on('error', () => {})
    socket.write(
      `GET ${path} HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${Buffer.alloc(16).toString('base64')}\r\n\r\n`,
    )
    await Promise.race([once(socket, 'data'), closed])
    socket.end(garbage)
    await new Promise(resolve => setImmediate(resolve))
    socket.destroy()
    await closed
  })

/** Bodies of the polling transport, and requests that are out of order. */
const overPolling = (style: Style, isMsgpack: boolean): fc.Arbitrary<Attack> => {
  const part = fc.oneof(
    {
      weight: 3,
      arbitrary: frames(style, isMsgpack).map(list =>
        list.map(({ data }) => (typeof data === 'string' ? data : `b${data.toString('base64')}`)).join('\x1e'),
      ),
    },
    { weight: 1, arbitrary: fc.constantFrom('b', 'b!', 'bAA', '\x1e\x1e', '40\x1e40\x1e41', '1', '6') },
    { weight: 1, arbitrary: fc.string({ unit: 'binary' }) },
  )
  return fc
    .tuple(
      fc.array(part, { minLength: 1, maxLength: 4 }),
      fc.constantFrom('', '&transport=websocket', '&sid=none', '&EIO=3', '&b64=1&j=0'),
      fc.boolean(),
    )
    .map(([bodies, odd, isBinary]) => async port => {
      const url = `http://127.0.0.1:${port}/socket.io/?EIO=4&transport=polling`
      const request = async (address: string, init: RequestInit = {}): Promise<string> => {
        try {
          const response = await fetch(address, { ...init, signal: AbortSignal.timeout(5_000) })
          return await response.text()
        } catch {
          return ''
        }
      }
      const opened = await request(url)
      const sid = /"sid":"([^"]+)"/.exec(opened)?.[1] ?? 'none'
      const own = `${url}&sid=${sid}`
      await request(own, { method: 'POST', body: isMsgpack ? '' : '40' })
      for (const body of bodies) {
        const headers = { 'content-type': isBinary ? 'application/octet-stream' : 'text/plain;charset=UTF-8' }
        await request(own + odd, { method: 'POST', body, headers })
      }
      // Two that wait at once are one too many, and end the session.
      await Promise.all([request(own), request(own), request(own, { method: 'POST', body: '1' })])
      await request(own, { method: 'DELETE' })
    })
}

/** All that can be done to a server with one parser. */
export const attacks = (style: Style, isMsgpack: boolean): fc.Arbitrary<Attack> =>
  fc.oneof(
    { weight: 10, arbitrary: overWebSocket(style, isMsgpack) },
    { weight: 3, arbitrary: overPolling(style, isMsgpack) },
    { weight: 1, arbitrary: overTcp },
  )
