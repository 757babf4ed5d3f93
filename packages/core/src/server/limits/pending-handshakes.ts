import type { Socket } from 'socket.io'
import { messageOf } from '../../codes.js'
import { kindOf, throwDefinitionError } from '../../definition-error.js'
import { EventError } from '../../wire.js'

/** The number of sockets that may wait at once until `authenticate` has decided. */
export interface WaitingLimits {
  /** Over one transport, each for another namespace; 32 by default. */
  readonly perTransport?: number
  /** From one address; 1,000 by default. */
  readonly perAddress?: number
  /**
   * The address a socket comes from; `handshake.address` by default, which behind a proxy is the proxy's, and so the same for
   * all: one client that opens 1,000 connections then keeps everybody out. Read the header that your proxy sets, and the part of it that
   * your proxy has added: clients can send the same header.
   */
  readonly addressOf?: (socket: Socket) => string
}

/** Counts the sockets that wait to be let in. */
export interface PendingHandshakes {
  /** Counts a socket for as long as it is decided on. Rejects with `OVERLOADED` where there are too many. */
  track(socket: Socket, decide: () => Promise<void>): Promise<void>
}

/** The time after which another try may be worth it, in milliseconds: nobody knows how long the others will take. */
export const RETRY_AFTER_MS = 1_000

/** Creates the count of pending handshakes. */
export const pendingHandshakesOf = ({
  perTransport,
  perAddress,
  addressOf,
}: Required<WaitingLimits>): PendingHandshakes => {
  const transports = new Map<Socket['client'], number>()
  const addresses = new Map<string, number>()
  return {
    async track(socket, decide) {
      const { client } = socket
      const address: unknown = addressOf(socket)
      if (typeof address !== 'string')
        return throwDefinitionError(
          'attach: limits.waiting.addressOf',
          `expected it to return a string, got ${kindOf(address)}`,
        )
      if ((transports.get(client) ?? 0) >= perTransport || (addresses.get(address) ?? 0) >= perAddress)
        throw new EventError('OVERLOADED', { retryAfterMs: RETRY_AFTER_MS }, messageOf('OVERLOADED'))
      count(transports, client, 1)
      count(addresses, address, 1)
      try {
        await decide()
      } finally {
        count(transports, client, -1)
        count(addresses, address, -1)
      }
    },
  }
}

const count = <Key>(counts: Map<Key, number>, key: Key, one: 1 | -1): void => {
  const now = (counts.get(key) ?? 0) + one
  if (now === 0) counts.delete(key)
  else counts.set(key, now)
}
