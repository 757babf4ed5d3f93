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
   * The maximum of one address, with those that wait for their turn. It only bounds the memory: behind a proxy, or after a restart,
   * thousands of clients can come from one address at once.
   *
   * @default 100_000
   */
  readonly perAddress?: number
  /**
   * The number of sockets of one address for which `authenticate` runs at once. The others of that address wait for their turn.
   *
   * @default 1_000
   */
  readonly atOnce?: number
  /**
   * Returns the address of a socket. Behind a proxy, `handshake.address` is that of the proxy for all clients, so that one
   * client with 1,000 connections would delay the others: read the header that your proxy sets instead, and only the part
   * of it that your proxy has added, since clients can send the same header.
   *
   * @default socket => socket.handshake.address
   */
  readonly addressOf?: (socket: Socket) => string
}

/** Counts the sockets that wait for `authenticate`. */
export interface PendingHandshakes {
  /**
   * Counts a socket until `decide` has settled, which runs when it is the socket's turn. Rejects with `OVERLOADED` if too many are
   * waiting, and with `HAS_LEFT` if the client leaves before its turn.
   */
  track(socket: Socket, decide: () => Promise<void>): Promise<void>
}

/** The `retryAfterMs` of a refusal: a guess, since the time that pending handshakes take is not known. */
export const RETRY_AFTER_MS = 1_000

/** The rejection of a socket whose client has left the queue. */
export const HAS_LEFT = new EventError('DISCONNECTED', undefined, messageOf('DISCONNECTED'))

/** The sockets of one address. */
interface Address {
  /** The number that wait, with those in the queue. */
  waiting: number
  /** The number for which `authenticate` runs. */
  running: number
  /** Each begins the turn of a socket. */
  readonly queue: Set<() => void>
}

/** Creates the count of pending handshakes. */
export const pendingHandshakesOf = ({
  perTransport,
  perAddress,
  atOnce,
  addressOf,
}: Required<WaitingLimits>): PendingHandshakes => {
  const transports = new Map<Socket['client'], number>()
  const addresses = new Map<string, Address>()

  /** The sockets of a connection that leave the queue with it: one listener for all, of which there can be more than Node thinks fit. */
  const leaving = new WeakMap<Socket['conn'], Set<() => void>>()
  const leavingWith = (conn: Socket['conn']): Set<() => void> => {
    const known = leaving.get(conn)
    if (known !== undefined) return known
    const all = new Set<() => void>()
    leaving.set(conn, all)
    conn.once('close', () => {
      for (const leave of all) leave()
    })
    return all
  }

  /** Resolves when it is the socket's turn. */
  const turn = async (address: Address, { client }: Socket): Promise<void> => {
    if (address.running < atOnce) return void address.running++
    const together = leavingWith(client.conn)
    await new Promise<void>((resolve, reject) => {
      const begin = (): void => {
        together.delete(leave)
        resolve()
      }
      const leave = (): void => {
        address.queue.delete(begin)
        reject(HAS_LEFT)
      }
      address.queue.add(begin)
      together.add(leave)
    })
  }
  /** Ends a turn, which goes to the next in the queue. */
  const endTurn = (address: Address): void => {
    for (const begin of address.queue) {
      address.queue.delete(begin)
      return begin()
    }
    address.running--
  }

  return {
    async track(socket, decide) {
      const { client } = socket
      const key: unknown = assertNoPromise(addressOf(socket), ADDRESS_OF, A_STRING, 'make it synchronous')
      if (typeof key !== 'string') return throwDefinitionError(ADDRESS_OF, `expected ${A_STRING}, got ${kindOf(key)}`)
      const address = addresses.get(key) ?? { waiting: 0, running: 0, queue: new Set() }
      const ofTransport = transports.get(client) ?? 0
      if (ofTransport >= perTransport || address.waiting >= perAddress)
        throw new EventError('OVERLOADED', { retryAfterMs: RETRY_AFTER_MS }, messageOf('OVERLOADED'))
      transports.set(client, ofTransport + 1)
      addresses.set(key, address)
      address.waiting++
      try {
        await turn(address, socket)
        try {
          await decide()
        } finally {
          endTurn(address)
        }
      } finally {
        if (--address.waiting === 0) addresses.delete(key)
        const left = (transports.get(client) ?? 1) - 1
        if (left === 0) transports.delete(client)
        else transports.set(client, left)
      }
    },
  }
}

const ADDRESS_OF = 'attach: limits.waiting.addressOf'
const A_STRING = 'it to return a string'
