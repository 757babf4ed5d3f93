import { EventEmitter } from 'node:events'
import { createServer, IncomingMessage } from 'node:http'
import { Socket } from 'node:net'
import { Server } from 'socket.io'

/** A connection to a server of this process, in which everything is real but the network. */
export interface Peer {
  /** Sends a packet of Socket.IO, as Engine.IO encodes it. */
  send(packet: string): void
}

/** A server of this process with any number of connections. */
export interface Stage {
  readonly io: Server
  readonly peers: readonly Peer[]
  /** Connects more clients, each to the root namespace. */
  connect(count: number): Promise<void>
  /** The packets that all clients have received. */
  readonly received: number
  /** Waits until that many packets have been received since `from`. */
  until(packets: number, from: number): Promise<void>
  close(): void
}

/** Creates a server that `bind` sets up. */
export const stageOf = (bind: (io: Server) => void): Stage => {
  const waiting: (Websocket | undefined)[] = []
  let received = 0
  const heard = new EventEmitter()
  const take = (): void => {
    received++
    heard.emit('packet')
  }
  const until = async (packets: number, from: number): Promise<void> => {
    const isDue = (): boolean => received >= from + packets
    while (!isDue()) await new Promise(resolve => heard.once('packet', resolve))
  }
  const wsEngine = class {
    handleUpgrade(_request: unknown, _socket: unknown, _head: unknown, upgraded: (websocket: unknown) => void): void {
      upgraded(waiting.pop())
    }
    close(): void {}
  }
  const io = new Server(createServer(), { transports: ['websocket'], wsEngine, cleanupEmptyChildNamespaces: true })
  bind(io)
  const peers: Peer[] = []
  return {
    io,
    peers,
    until,
    get received() {
      return received
    },
    async connect(count) {
      for (let left = count; left > 0; left--) {
        const websocket = websocketOf(take)
        waiting.push(websocket)
        const from = received
        io.engine.handleUpgrade(upgrade(), new Socket(), Buffer.alloc(0))
        await until(1, from)
        websocket.emit('message', Buffer.from('40'), false)
        await until(2, from)
        peers.push({ send: packet => void websocket.emit('message', Buffer.from(packet), false) })
      }
    },
    close: () => void io.close(),
  }
}

type Websocket = ReturnType<typeof websocketOf>

/** Creates a stand-in for the websocket of `ws` that Engine.IO uses, with the same interface. */
const websocketOf = (take: (packet: string) => void) => {
  const websocket = Object.assign(new EventEmitter(), {
    send(text: string, sent: () => void): void {
      // Asynchronous, like a write that the kernel accepts at once.
      process.nextTick(sent)
      take(text)
    },
    close: () => void websocket.emit('close'),
  })
  return websocket
}

const upgrade = (): IncomingMessage =>
  Object.assign(new IncomingMessage(new Socket()), { method: 'GET', url: '/socket.io/?EIO=4&transport=websocket' })
