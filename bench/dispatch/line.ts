import { EventEmitter } from 'node:events'
import { createServer, IncomingMessage } from 'node:http'
import { Socket } from 'node:net'
import { Server } from 'socket.io'

/**
 * A client connection of a Socket.IO server in which everything is real but the network: packets are passed in and out directly.
 */
export interface Line {
  /** Sends a packet and resolves to the packet that the server writes in response. */
  ask(packet: string): Promise<string>
  /** Sends a packet the given number of times, one after another, and resolves to the CPU time per packet in nanoseconds. */
  repeat(packet: string, times: number): Promise<number>
  /** Calls back with every packet that the server writes from now on. */
  hear(listener: (packet: string) => void): void
  /** Sends a packet. */
  send(packet: string): void
  close(): void
}

/** Connects to a new server that `bind` has set up. */
export const lineTo = async (bind: (io: Server) => void): Promise<Line> => {
  let written = (_text: string): void => {}
  // A stand-in for the websocket of `ws` that Engine.IO uses, with the same interface.
  const websocket = Object.assign(new EventEmitter(), {
    send(text: string, sent: () => void) {
      // Asynchronous, like a write that the kernel accepts at once.
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
    hear(listener) {
      written = listener
    },
    send: packet => send(Buffer.from(packet)),
    close: () => void io.close(),
  }
}

/** Creates the class for Socket.IO's option `wsEngine`, which hands out this websocket. */
const engineOf = (websocket: unknown) =>
  class {
    handleUpgrade(_request: unknown, _socket: unknown, _head: unknown, upgraded: (websocket: unknown) => void): void {
      upgraded(websocket)
    }
    close(): void {}
  }

const upgrade = (): IncomingMessage =>
  Object.assign(new IncomingMessage(new Socket()), { method: 'GET', url: '/socket.io/?EIO=4&transport=websocket' })

// A client's packets to the root namespace as Engine.IO and Socket.IO encode them: the CONNECT packet and the first call.
const CONNECT = '40'
export const packetOf = (input: object): string => `420${JSON.stringify(['sign_up', input])}`
