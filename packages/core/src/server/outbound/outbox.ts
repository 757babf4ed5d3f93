import type { Socket } from 'socket.io'
import { bytesOf } from '../limits/size.js'
import { emitsFlush, hasUnsentPackets, whenSent } from '../socket-io-internals.js'

/**
 * The memory that the streams of one transport, in all its namespaces, use for its client. A client decides how much it
 * asks for and how much of that it reads, so that each part has a bound.
 */
export interface Outbox {
  /** True if a stream must not take another item as long as one of its own waits. */
  readonly isFull: boolean
  /** Returns the number of bytes that a value counts for. It does not throw. */
  weigh(value: unknown): number
  /** Counts bytes of items that wait for their reader. */
  wait(bytes: number): void
  /** Counts bytes of items that were answered, and are kept because they may be asked for again. */
  keep(bytes: number): void
  /** Tells whether a page of so many bytes may be written now. If not, the parcel is told when to try again. */
  admits(parcel: Parcel, bytes: number): boolean
  /** Writes a page with `write`; the parcel is told when it has left this process. @throws what `write` throws. */
  send(parcel: Parcel, bytes: number, write: () => void): void
  /** Keeps no parcel that has nothing more to write. */
  forget(parcel: Parcel): void
  /**
   * Returns the number of streams that run in a namespace of the contract; a pattern's are counted together. One whose handler goes
   * on runs, also when its client has left and come back.
   */
  running(namespace: string): number
  /** Records that a stream has started in a namespace, or that it has ended. */
  count(namespace: string, one: 1 | -1): void
}

/** A stream, as far as its pages are on their way. */
export interface Parcel {
  /** True while a page of it is written and has not left this process. */
  isUnsent: boolean
  /** Tries again what could not be written before. */
  goOn(): void
}

/** Keeps the outbox of each transport. */
export interface Outboxes {
  of(socket: Socket): Outbox
}

/** Makes the outboxes of a server; `maxBytes` is how many bytes each may hold of what waits, of what is kept, and of what is unsent. */
export const outboxesOf = (maxBytes: number): Outboxes => {
  const outboxes = new WeakMap<Transport, Outbox>()
  return {
    of({ conn }) {
      const known = outboxes.get(conn)
      if (known !== undefined) return known
      const made = outboxOf(conn, maxBytes)
      outboxes.set(conn, made)
      return made
    },
  }
}

type Transport = Socket['conn']

/** A page that has not left yet. */
interface Written {
  readonly parcel: Parcel
  readonly bytes: number
  /** The number of its parts that are to be sent: bytes travel behind their page, and can be handed to the transport later. */
  parts: number
}

/** The bytes that a page costs besides its items: its packet, and the objects that hold it. */
const PAGE_BYTES = 512

const outboxOf = (conn: Transport, maxBytes: number): Outbox => {
  const tellsOfFlush = emitsFlush(conn)
  let [waiting, kept, unsent] = [0, 0, 0]
  /** The pages that Engine.IO has not handed to its transport yet. */
  let buffered: Written[] = []
  const held = new Set<Parcel>()
  const streams = new Map<string, number>()

  /** A part of a page has left. With the last of them, those that are held may go on. */
  const left = (page: Written): void => {
    if (--page.parts > 0) return
    unsent -= page.bytes
    page.parcel.isUnsent = false
    held.add(page.parcel)
    const all = [...held]
    held.clear()
    for (const parcel of all) parcel.goOn()
  }
  if (tellsOfFlush)
    conn.on('flush', () => {
      if (buffered.length === 0) return
      const pages = buffered
      buffered = []
      whenSent(conn.transport, () => pages.forEach(left))
    })

  return {
    get isFull() {
      return waiting >= maxBytes || waiting + kept >= 2 * maxBytes
    },
    weigh: value => weightOf(value, maxBytes),
    wait: bytes => void (waiting += bytes),
    keep: bytes => void (kept += bytes),
    admits(parcel, bytes) {
      if (!parcel.isUnsent && (unsent === 0 || unsent + bytes + PAGE_BYTES <= maxBytes)) return true
      held.add(parcel)
      return false
    },
    send(parcel, bytes, write) {
      if (!tellsOfFlush) return write()
      // One part more as long as it is written: what is sent by then is not all.
      const page = { parcel, bytes: bytes + PAGE_BYTES, parts: 2 }
      // Before it is written: Engine.IO may flush at once.
      buffered.push(page)
      unsent += page.bytes
      parcel.isUnsent = true
      try {
        write()
      } catch (error) {
        // It was not serialized, so that nothing of it was written.
        buffered = buffered.filter(other => other !== page)
        unsent -= page.bytes
        parcel.isUnsent = false
        throw error
      }
      if (!buffered.includes(page) && hasUnsentPackets(conn)) buffered.push(page)
      else left(page)
    },
    forget: parcel => void held.delete(parcel),
    running: namespace => streams.get(namespace) ?? 0,
    count(namespace, one) {
      const now = (streams.get(namespace) ?? 0) + one
      if (now === 0) streams.delete(namespace)
      else streams.set(namespace, now)
    },
  }
}

const weightOf = (value: unknown, maxBytes: number): number => {
  if (maxBytes === Number.POSITIVE_INFINITY) return 0
  // A property can throw when it is read. That it can't be sent is seen when it is.
  try {
    return bytesOf([value], 0, 1, Math.min(maxBytes, MOST_WEIGHED))
  } catch {
    return 0
  }
}

/** The most bytes that are counted: a value that refers to itself has no end. */
const MOST_WEIGHED = 2 ** 24
