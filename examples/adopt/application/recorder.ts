/** Records what a plain client and a server send to each other: every packet, as its transport carries it. */
import { createHash } from 'node:crypto'
import { io, type Socket } from 'socket.io-client'

export type Transport = 'websocket' | 'polling'

/** A packet of the transport; the payload of a message is that of Socket.IO, with binary attachments as packets of their own. */
interface EnginePacket {
  readonly type: string
  readonly data?: string | Uint8Array
}

/** Packets that keep a connection alive come whenever their time is up. */
const HEARTBEATS = new Set(['ping', 'pong', 'noop'])

const lineOf = (direction: '>' | '<', { type, data = '' }: EnginePacket): string =>
  `${direction} ${type} ${typeof data === 'string' ? data : describeBytes(data)}`.trimEnd()

const describeBytes = (data: Uint8Array): string =>
  `${data.length} bytes ${data.length > 32 ? createHash('sha256').update(data).digest('hex') : Buffer.from(data).toString('hex')}`

/** Records the clients that are connected through it. */
export const createRecorder = (url: string, transport: Transport) => {
  const logs: { readonly name: string; readonly lines: string[] }[] = []

  /** Connects a plain client, under the name that it has in the transcript. */
  const connect = (name: string, token?: string): Socket => {
    const auth = token === undefined ? {} : { token }
    const socket = io(url, { auth, transports: [transport], forceNew: true, reconnection: false })
    const lines: string[] = []
    logs.push({ name, lines })
    const take = (direction: '>' | '<') => (packet: EnginePacket) => {
      if (!HEARTBEATS.has(packet.type)) lines.push(lineOf(direction, packet))
    }
    socket.io.engine.on('packetCreate', take('>')).on('packet', take('<'))
    return socket
  }

  /** Returns all packets, client by client. What differs from run to run is numbered in its order, or cut. */
  const transcript = (): string => {
    const numbers = new Map<string, string>()
    const numbered = (kind: string) => (value: string) => {
      const known = numbers.get(value) ?? `<${kind} ${numbers.size + 1}>`
      numbers.set(value, known)
      return known
    }
    return logs
      .map(({ name, lines }) => `${name}\n${lines.map(line => `  ${line}\n`).join('')}`)
      .join('')
      .replaceAll(/(?<="sid":")[\w-]{20}/g, numbered('session'))
      .replaceAll(/[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/g, numbered('id'))
      .replaceAll(/20[2-9]\d-\d\d-\d\dT[\d:.]+Z/g, '<time>')
  }

  return { connect, transcript }
}
