import type { Writable } from 'node:stream'
import type { Manager } from 'socket.io-client'

// The private fields that only the client of Node uses, each with the release in which it was read; a test compares those with the
// installed releases, and each field with its expected shape.

type Transport = Manager['engine']['transport']

/** A packet in the write buffer of Engine.IO. */
export interface EnginePacket {
  readonly type: string
  readonly data?: unknown
}

/** Tells whether a manager is connected: `Manager._readyState` (socket.io-client 4.8.4). */
export const isOpen = ({ _readyState: state }: Manager): boolean => state === 'open'

/** The websocket of a transport, as `ws` implements it. */
interface Websocket {
  readonly readyState: number
  /** The names of the extensions that both sides use, of which compression is the only one. */
  readonly extensions: string
  readonly tcp: Writable
}

/**
 * Returns the websocket of a transport: `WS.ws` (engine.io-client 6.6.8), whose TCP socket is `WebSocket._socket` (ws 8.21.3).
 * Other transports, and other implementations than `ws`, have none.
 */
export const websocketOf = (transport: Transport): Websocket | undefined => {
  const raw = Object(Reflect.get(transport, 'ws'))
  const { readyState, extensions, _socket: tcp }: Partial<Record<keyof Websocket | '_socket', unknown>> = raw
  if (typeof readyState !== 'number' || typeof extensions !== 'string' || !isCorkable(tcp)) return undefined
  return { readyState, extensions, tcp }
}

const isCorkable = (value: unknown): value is Writable =>
  typeof value === 'object' &&
  value !== null &&
  ['cork', 'uncork', 'write'].every(method => typeof Reflect.get(value, method) === 'function')

const OPEN = 1

/** Stands for several packets, whose frames are complete. */
class Joined {
  readonly type = 'message'
  readonly bytes: Buffer
  constructor(bytes: Buffer) {
    this.bytes = bytes
  }
}

/**
 * Makes a transport write several packets together: as one, where `join` returns their frames and nothing is compressed, and else
 * with the TCP socket corked. Hooks into `WS.write`, which tells Engine.IO when the next packets may be written, and into
 * `WS.doWrite`, which it calls for each (engine.io-client 6.6.8).
 */
export const hookWrites = (
  transport: Transport,
  join: (packets: readonly EnginePacket[]) => Buffer | undefined,
): void => {
  const write: unknown = Reflect.get(transport, 'write')
  const doWrite: unknown = Reflect.get(transport, 'doWrite')
  if (transport.name !== 'websocket' || typeof write !== 'function' || typeof doWrite !== 'function') return
  Object.assign(transport, {
    write(packets: readonly EnginePacket[]): void {
      const websocket = packets.length > 1 ? websocketOf(transport) : undefined
      if (websocket === undefined) return write.call(transport, packets)
      const { readyState, extensions, tcp } = websocket
      const bytes = readyState === OPEN && extensions === '' ? join(packets) : undefined
      if (bytes !== undefined) return write.call(transport, [new Joined(bytes)])
      tcp.cork()
      try {
        write.call(transport, packets)
      } finally {
        tcp.uncork()
      }
    },
    doWrite(packet: object, data: unknown): void {
      if (packet instanceof Joined) websocketOf(transport)?.tcp.write(packet.bytes)
      else doWrite.call(transport, packet, data)
    },
  })
}
