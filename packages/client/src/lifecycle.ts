import type { Call } from '@ackwire/core'
import type { Socket } from 'socket.io-client'
import type { ConnectErrorOf } from './connect-error.js'

/** The listeners of Socket.IO's own events. */
export interface Lifecycle<Errors = {}> {
  readonly connect: (listener: () => void) => () => void
  readonly connect_error: (listener: (error: ConnectErrorOf<Errors>) => void) => () => void
  readonly disconnect: (listener: (reason: Socket.DisconnectReason) => void) => () => void
}

/** Waits for the next of Socket.IO's own events. If the client is connected already, `connect` waits for the next connection. */
export interface NextLifecycle<Errors = {}> {
  readonly connect: () => Call<undefined, {}>
  readonly connect_error: () => Call<ConnectErrorOf<Errors>, {}>
  readonly disconnect: () => Call<[reason: Socket.DisconnectReason, details: unknown], {}>
}
