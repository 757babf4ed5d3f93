import type { Socket } from 'socket.io'
import { bytesOf } from '../limits/size.js'
import { emitsFlush, hasUnsentPackets, whenSent } from '../socket-io-internals.js'

/**
 * The memory that the streams of one transport use in all its namespaces. A client decides how much it requests and how
 * much of that it reads, so each part has a bound.
 */
export interface StreamMemory {
  /** True if a stream with a waiting item must not accept another one. */
  readonly isFull: boolean
  /** Returns the size of a value in bytes. It does not throw. */
  sizeOf(value: unknown): number
  /** Adds bytes, which may be negative, to those of the items that wait for their reader. */
  addWaiting(bytes: number): void
  /** Adds bytes, which may be negative, to those of sent items that are kept because they may be requested again. */
  addKept(bytes: number): void
  /** Tells whether a page of so many bytes may be written now. If not, `resume` of the source is called when it should try again. */
  canSend(source: PageSource, bytes: number): boolean
  /** Writes a page with `write`; `resume` of the source is called when the page has left this process. @throws what `write` throws. */
  send(source: PageSource, bytes: number, write: () => void): void
  /** Removes a source that has nothing more to write. */
  forget(source: PageSource): void
  /**
   * Returns the number of open streams in a namespace of the contract, or in all namespaces of a pattern. A stream is open
   * until its handler has ended, even if its client has left and rejoined.
   */
  openStreams(namespace: string): number
  /** Records that a stream has started (1) or ended (-1) in a namespace. */
  countStream(namespace: string, one: 1 | -1): void
}

/** The pages of a stream, as their transport sends them. */
export interface PageSource {
  /** True while a page has been written and has not left this process. */
  isUnsent: boolean
  /** Tries again to write a page. */
  resume(): void
}

/** The memory of the streams of each transport. */
export interface StreamMemories {
  of(socket: Socket): StreamMemory
}

/** Creates the stream memories of a server. `maxBytes` bounds the waiting, the kept and the unsent bytes of each separately. */
export const streamMemoriesOf = (maxBytes: number): StreamMemories => {
  const memories = new WeakMap<Transport, StreamMemory>()
  return {
    of({ conn }) {
      const known = memories.get(conn)
      if (known !== undefined) return known
      const made = streamMemoryOf(conn, maxBytes)
      memories.set(conn, made)
      return made
    },
  }
}

type Transport = Socket['conn']

/** A page that has not left this process. */
interface Written {
  readonly source: PageSource
  readonly bytes: number
  /** The number of its parts that are not sent yet: binary attachments follow their page, and may reach the transport later. */
  parts: number
}

/** The bytes that a page costs besides its items: its packet, and the objects that hold it. */
const PAGE_BYTES = 512

const streamMemoryOf = (conn: Transport, maxBytes: number): StreamMemory => {
  const hasFlushEvent = emitsFlush(conn)
  let [waiting, kept, unsent] = [0, 0, 0]
  /** The pages that Engine.IO has not handed to its transport yet. */
  let buffered: Written[] = []
  const blocked = new Set<PageSource>()
  const streams = new Map<string, number>()

  /** Records that a part of a page has left this process. After the last part, blocked sources are resumed. */
  const partSent = (page: Written): void => {
    if (--page.parts > 0) return
    unsent -= page.bytes
    page.source.isUnsent = false
    blocked.add(page.source)
    const all = [...blocked]
    blocked.clear()
    for (const source of all) source.resume()
  }
  if (hasFlushEvent)
    conn.on('flush', () => {
      if (buffered.length === 0) return
      const pages = buffered
      buffered = []
      whenSent(conn.transport, () => pages.forEach(partSent))
    })

  return {
    get isFull() {
      return waiting >= maxBytes || waiting + kept >= 2 * maxBytes
    },
    sizeOf: value => boundedSize(value, maxBytes),
    addWaiting: bytes => void (waiting += bytes),
    addKept: bytes => void (kept += bytes),
    canSend(source, bytes) {
      if (!source.isUnsent && (unsent === 0 || unsent + bytes + PAGE_BYTES <= maxBytes)) return true
      blocked.add(source)
      return false
    },
    send(source, bytes, write) {
      if (!hasFlushEvent) return write()
      // One more part until `write` has returned: parts that are sent before are not all.
      const page = { source, bytes: bytes + PAGE_BYTES, parts: 2 }
      // Before `write`, since Engine.IO may flush at once.
      buffered.push(page)
      unsent += page.bytes
      source.isUnsent = true
      try {
        write()
      } catch (error) {
        // Serialization failed, so nothing was written.
        buffered = buffered.filter(other => other !== page)
        unsent -= page.bytes
        source.isUnsent = false
        throw error
      }
      if (!buffered.includes(page) && hasUnsentPackets(conn)) buffered.push(page)
      else partSent(page)
    },
    forget: source => void blocked.delete(source),
    openStreams: namespace => streams.get(namespace) ?? 0,
    countStream(namespace, one) {
      const now = (streams.get(namespace) ?? 0) + one
      if (now === 0) streams.delete(namespace)
      else streams.set(namespace, now)
    },
  }
}

const boundedSize = (value: unknown, maxBytes: number): number => {
  if (maxBytes === Number.POSITIVE_INFINITY) return 0
  // A getter can throw. The error is reported when the value is sent.
  try {
    return bytesOf([value], 0, 1, Math.min(maxBytes, LARGEST_SIZE))
  } catch {
    return 0
  }
}

/** The maximum size that is counted, since a value that contains itself has no end. */
const LARGEST_SIZE = 2 ** 24
