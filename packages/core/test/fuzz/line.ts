import { EventEmitter } from 'node:events'
import type { Server } from 'socket.io'
import * as standard from 'socket.io-parser'

/** A Socket.IO packet as it is decoded. */
export interface Packet {
  readonly type: number
  readonly nsp: string
  readonly id?: number
  readonly data?: unknown
}

/** The encoder and the decoder of a parser. */
export interface Style {
  readonly Encoder: new () => { encode(packet: never): unknown }
  readonly Decoder: new () => {
    add(chunk: never): void
    on(event: 'decoded', listener: (packet: Packet) => void): unknown
  }
}

/** Socket.IO's own parser, but one that takes more attachments than a server does. */
export const JSON_STYLE: Style = standard

/** The connection of one client to a server, below the client library: the test decides what is sent over it. */
export interface Line {
  /** All that the server has sent, decoded. */
  readonly received: Packet[]
  /** The received frames before they were decoded, as text. */
  readonly text: () => string
  readonly isOpen: boolean
  /** Sends one packet. */
  send(packet: Packet): void
  /** Sends chunks as they are, which may be no packet. */
  sendRaw(chunks: Iterable<string | Buffer>): void
  /** Forgets what has been received, which would fill the memory. */
  forget(): void
  close(): void
}

/** Encodes a packet as a client does. */
export const chunksOf = (style: Style, packet: Packet): (string | Buffer)[] => {
  // The encoders' types know only packets that a client makes.
  const chunks: unknown = new style.Encoder().encode(packet as never)
  return (Array.isArray(chunks) ? chunks : []).map((chunk: unknown) =>
    typeof chunk === 'string' ? chunk : Buffer.from(chunk as Uint8Array),
  )
}

/** Decodes chunks; `undefined` where they are no packet, or only a part of one. */
export const packetOf = (style: Style, chunks: Iterable<string | Buffer>): Packet | undefined => {
  const decoder = new style.Decoder()
  let packet: Packet | undefined
  decoder.on('decoded', decoded => (packet = decoded))
  try {
    for (const chunk of chunks) decoder.add(chunk as never)
  } catch {
    return undefined
  }
  return packet
}

/** Remembers what comes, and decodes it. */
const inbox = (style: Style) => {
  const received: Packet[] = []
  const texts: string[] = []
  const decoder = new style.Decoder()
  decoder.on('decoded', packet => received.push(packet))
  return {
    received,
    text: () => texts.join('\n'),
    forget() {
      received.length = 0
      texts.length = 0
    },
    take(chunk: unknown) {
      texts.push(typeof chunk === 'string' ? chunk : Buffer.from(chunk as Uint8Array).toString('latin1'))
      decoder.add(chunk as never)
    },
  }
}

/** An Engine.IO connection with no network between: the server's own sockets, parser and adapter do all the rest. */
class Connection extends EventEmitter {
  readonly id: string
  readonly protocol = 4
  readonly transport = { name: 'websocket', writable: true }
  readyState = 'open'
  readonly #take: (chunk: unknown) => void

  constructor(id: string, take: (chunk: unknown) => void) {
    super()
    this.id = id
    this.#take = take
  }

  write(chunk: unknown): void {
    if (this.readyState === 'open') this.#take(chunk)
  }

  close(): void {
    this.end('forced close')
  }

  end(reason: string): void {
    if (this.readyState !== 'open') return
    this.readyState = 'closed'
    this.emit('close', reason)
  }
}

let lines = 0

/** Makes connections to a server that listens nowhere. It is bound as any other engine would be. */
export const exchangeOf = (io: Server, style: Style = JSON_STYLE): (() => Line) => {
  const engine = Object.assign(new EventEmitter(), { close() {} })
  // What `bind` needs of an engine is less than its type says.
  io.bind(engine as never)
  return () => {
    const box = inbox(style)
    const connection = new Connection(`line-${++lines}`, box.take)
    engine.emit('connection', connection)
    return {
      received: box.received,
      text: box.text,
      forget: box.forget,
      get isOpen() {
        return connection.readyState === 'open'
      },
      send(packet) {
        this.sendRaw(chunksOf(style, packet))
      },
      sendRaw(chunks) {
        for (const chunk of chunks) connection.emit('data', chunk)
      },
      close: () => connection.end('transport close'),
    }
  }
}

/** The namespaces of a server, by their names. Socket.IO has no other list of them. */
export const namespacesIn = ({ _nsps: namespaces }: Server) => namespaces
