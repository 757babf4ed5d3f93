import { once } from 'node:events'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { io, type Socket } from 'socket.io-client'

/** The outcome of a call. A server without validation answers every call. */
export type Outcome = 'answered' | 'refused'

/** A client of a peer. */
export interface Caller {
  call(input: object): Promise<Outcome>
  close(): void
}

/** An implementation of the same call over a websocket: `sign_up`, with checked input and reply. */
export interface Peer {
  /** Starts the server and resolves to its port. */
  listen(): Promise<number>
  connect(port: number): Promise<Caller>
}

/** Listens on a free port of this machine and resolves to it. */
export const listening = async (http: Server): Promise<number> => {
  http.listen(0, '127.0.0.1')
  await once(http, 'listening')
  return (http.address() as AddressInfo).port
}

/** Connects a client of Socket.IO. */
export const connected = async (port: number): Promise<Socket> => {
  const socket = io(`http://127.0.0.1:${port}`, { transports: ['websocket'], forceNew: true })
  await new Promise<void>((resolve, reject) => socket.once('connect', resolve).once('connect_error', reject))
  return socket
}

/**
 * Returns a caller for servers whose refusal is an event that names no call. Refusals arrive in the order of the calls, so calls
 * are matched in turn.
 */
export const inTurn = (socket: Socket, refusal: string, send: (input: object, answer: () => void) => void): Caller => {
  const waiting: ((outcome: Outcome) => void)[] = []
  const settle = (outcome: Outcome): void => waiting.shift()?.(outcome)
  socket.on(refusal, () => settle('refused'))
  return {
    call: input =>
      new Promise(resolve => {
        waiting.push(resolve)
        send(input, () => settle('answered'))
      }),
    close: () => void socket.disconnect(),
  }
}

/** Returns a caller for Socket.IO servers that acknowledge every call. */
export const acknowledged = (socket: Socket, read: (reply: unknown) => Outcome): Caller => ({
  call: async input => read(await socket.emitWithAck('sign_up', input)),
  close: () => void socket.disconnect(),
})
