import type { Socket } from 'socket.io'
import { messageOf } from '../../codes.js'
import { kindOf, throwDefinitionError } from '../../definition-error.js'
import { assertNoPromise } from '../../thenable.js'
import { EventError } from '../../wire.js'

/** The number of sockets that may wait for `authenticate` at once. */
export interface WaitingLimits {
  /**
   * The maximum of one transport, whose sockets wait for different namespaces.
   *
   * @default 32
   */
  readonly perTransport?: number
  /**
   * The maximum of one address.
   *
   * @default 1_000
   */
  readonly perAddress?: number
  /**
   * Returns the address of a socket. Behind a proxy, `handshake.address` is that of the proxy for all clients, so that one
   * client with 1,000 connections would lock out the others: read the header that your proxy sets instead, and only the part
   * of it that your proxy has added, since clients can send the same header.
   *
   * @default socket => socket.handshake.address
   */
  readonly addressOf?: (socket: Socket) => string
}

/** Counts the sockets that wait for `authenticate`. */
export interface PendingHandshakes {
  /** Counts a socket until `decide` has settled. Rejects with `OVERLOADED` if too many are waiting. */
  track(socket: Socket, decide: () => Promise<void>): Promise<void>
}

/** The `retryAfterMs` of a refusal: a guess, since the time that pending handshakes take is not known. */
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
      const address: unknown = assertNoPromise(addressOf(socket), ADDRESS_OF, A_STRING, 'make it synchronous')
      if (typeof address !== 'string')
        return throwDefinitionError(ADDRESS_OF, `expected ${A_STRING}, got ${kindOf(address)}`)
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

const ADDRESS_OF = 'attach: limits.waiting.addressOf'
const A_STRING = 'it to return a string'

const count = <Key>(counts: Map<Key, number>, key: Key, one: 1 | -1): void => {
  const now = (counts.get(key) ?? 0) + one
  if (now === 0) counts.delete(key)
  else counts.set(key, now)
}
