import { EventEmitter } from 'node:events'
import { createServer, IncomingMessage } from 'node:http'
import { Socket } from 'node:net'
import { Server } from 'socket.io'

/** A client of a Socket.IO server, of whose connection all is real but the network: what the server writes is handed over. */
export interface Line {
  /** What the server writes when this packet has come. */
  ask(packet: string): Promise<string>
  /** Sends a packet so many times, each when the last is answered. Resolves to the CPU time of one, in nanoseconds. */
  repeat(packet: string, times: number): Promise<number>
  close(): void
}

/** Connects to a server that is what `bind` makes of it. */
export const lineTo = async (bind: (io: Server) => void): Promise<Line> => {
  let written = (_text: string): void => {}
  // Stands where Engine.IO has a websocket of `ws`, and speaks like one.
  const websocket = Object.assign(new EventEmitter(), {
    send(text: string, sent: () => void) {
      // In the next tick, as when the kernel takes it at once.
      process.nextTick(sent)
      written(text)
    },
    close: () => void websocket.emit('close'),
  })
  const next = (begin: () => void): Promise<string> =>
    new Promise(resolve => {
      written = resolve
      begin()
    })
  const send = (frame: Buffer): void => void websocket.emit('message', frame, false)
  const ask = (packet: string): Promise<string> => next(() => send(Buffer.from(packet)))

  const io = new Server(createServer(), { transports: ['websocket'], wsEngine: engineOf(websocket) })
  bind(io)
  await next(() => io.engine.handleUpgrade(upgrade(), new Socket(), Buffer.alloc(0)))
  await ask(CONNECT)
  return {
    ask,
    async repeat(packet, times) {
      const frame = Buffer.from(packet)
      let left = times
      const before = process.cpuUsage()
      await new Promise<void>(resolve => {
        written = () => (--left > 0 ? process.nextTick(send, frame) : resolve())
        send(frame)
      })
      const { user, system } = process.cpuUsage(before)
      return ((user + system) / times) * 1_000
    },
    close: () => void io.close(),
  }
}

/** Socket.IO's option `wsEngine`: what makes a websocket of a request. */
const engineOf = (websocket: unknown) =>
  class {
    handleUpgrade(_request: unknown, _socket: unknown, _head: unknown, upgraded: (websocket: unknown) => void): void {
      upgraded(websocket)
    }
    close(): void {}
  }

const upgrade = (): IncomingMessage =>
  Object.assign(new IncomingMessage(new Socket()), { method: 'GET', url: '/socket.io/?EIO=4&transport=websocket' })

// As Engine.IO and Socket.IO write what a client sends to the root namespace: that it comes in, and its first call.
const CONNECT = '40'
export const packetOf = (input: object): string => `420${JSON.stringify(['sign_up', input])}`
