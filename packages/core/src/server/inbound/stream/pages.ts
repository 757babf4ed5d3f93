import { envelope, type Page } from '../../../wire.js'
import { standardFailure } from '../../../codec/failure.js'
import type { Ack } from '../exchange.js'
import { cursorOf } from '../../../codec/cursor.js'
import type { StreamMemory, PageSource } from '../../outbound/stream-memory.js'
import { hasNext, pageOf } from './page.js'

/** The owner of a stream's pages, whose methods are called when their state changes. */
export interface PagesOwner {
  /** Called when all waiting items have been sent. */
  emptied(): void
  /** Called when the reader knows of the end or has left, so that it requests nothing more. */
  concluded(): void
  /** Called when the reader has requested a page too often. */
  askedTooOften(): void
  /** Called when the waiting items can't be serialized. They are dropped, and the owner ends the stream with an answer. */
  broken(cause: unknown): void
}

/** The number of times that a page may be requested again. */
const MOST_REPEATS = 3

/** The items of a stream that wait for their reader, and the ack of a reader that waits for items. */
export class Pages implements PageSource {
  isUnsent = false
  readonly #owner: PagesOwner
  readonly #id: string
  readonly #memory: StreamMemory
  /** The number of pages that have been answered. */
  #count = 0
  #items: unknown[] = []
  /** The size of the items in bytes. */
  #bytes = 0
  /** The id of the last item, if it has one. */
  #lastEventId: string | undefined
  /** The last page, until the next one is requested: its answer can be lost, and then it is requested again. */
  #last: Page | undefined
  #lastBytes = 0
  #repeats = 0
  /** The ack of the reader that waits for the next page, or for the last one again. */
  #ack: Ack | undefined
  #isRepeat = false
  /** The last step of the reader, and the number of its repetitions. */
  #claimed: number | 'stop' = 0
  #claims = 0
  #isScheduled = false
  #isBroken = false
  #isConcluded = false
  /** The arguments of the final ack, once the handler has ended. */
  #ending: readonly unknown[] | undefined

  /** Creates the pages of a stream. The ack gets the first page at once. */
  constructor(owner: PagesOwner, id: string, memory: StreamMemory, ack: Ack | undefined) {
    this.#owner = owner
    this.#id = id
    this.#memory = memory
    this.#ack = ack
    this.resume()
  }

  get isConcluded(): boolean {
    return this.#isConcluded
  }

  /** Tells whether no more items should be added. One item of any size may always wait. */
  isFull(streamWindow: number): boolean {
    const { length } = this.#items
    return length >= streamWindow || (length > 0 && this.#memory.isFull)
  }

  add(item: unknown, id: string | undefined): void {
    if (this.#isConcluded) return
    const bytes = this.#memory.sizeOf(item)
    this.#bytes += bytes
    this.#memory.addWaiting(bytes)
    this.#items.push(item)
    this.#lastEventId = id
    this.resume()
  }

  /** Sets the answer after all items: a failure, a final value, or nothing. Only the first call has an effect. */
  finish(reply: readonly unknown[]): void {
    this.#ending ??= reply
    this.resume()
  }

  claim(step: number | 'stop'): boolean {
    if (this.#isConcluded || this.#claimed === 'stop') return false
    if (step === this.#claimed) return ++this.#claims <= MOST_REPEATS
    if (step !== 'stop' && step !== this.#count) return false
    this.#claimed = step
    this.#claims = 0
    return true
  }

  pull(page: number, ack: Ack | undefined): boolean {
    // The first page has no cursor.
    if (this.#isConcluded || page === 0) return false
    const isRepeat = this.#last !== undefined && page === this.#count - 1
    if (!isRepeat && page !== this.#count) return false
    if (isRepeat && ++this.#repeats > MOST_REPEATS) {
      this.#owner.askedTooOften()
      return false
    }
    if (ack === undefined) return true
    this.#ack?.({ items: [], next: cursorOf(this.#id, this.#isRepeat ? this.#count - 1 : this.#count) } satisfies Page)
    if (!isRepeat) this.#forget()
    this.#ack = ack
    this.#isRepeat = isRepeat
    if (isRepeat || this.#items.length > 0 || this.#ending !== undefined) this.resume()
    return true
  }

  /** Drops all items and ends the pages. A reader that still waits gets `farewell`, if it is given. */
  drop(farewell: object | undefined): void {
    this.#take()
    this.#forget()
    this.#ending ??= []
    this.#isConcluded = true
    if (farewell !== undefined) this.#ack?.(farewell)
    this.#ack = undefined
    this.#memory.forget(this)
    this.#owner.concluded()
  }

  /** Answers a waiting reader at the end of this turn of the event loop. */
  resume(): void {
    if (this.#ack === undefined || this.#isScheduled) return
    this.#isScheduled = true
    setImmediate(() => {
      this.#isScheduled = false
      this.#flush()
    })
  }

  #flush(): void {
    const ack = this.#ack
    if (ack === undefined) return
    const repeated = this.#isRepeat ? this.#last : undefined
    const page =
      repeated ??
      pageOf(
        { items: this.#items, lastEventId: this.#lastEventId, ending: this.#ending },
        cursorOf(this.#id, this.#count + 1),
      )
    const bytes = repeated === undefined ? this.#bytes + this.#memory.sizeOf(this.#ending?.[0]) : this.#lastBytes
    if (!this.#memory.canSend(this, bytes)) return
    try {
      this.#memory.send(this, bytes, () => ack(page))
    } catch (error) {
      if (repeated === undefined) return this.#break(error)
      // The application has changed an item since, and it can't be serialized any more.
      ack(envelope(standardFailure('DISCONNECTED')))
    }
    this.#ack = undefined
    if (repeated === undefined) this.#answered(page)
  }

  #answered(page: object): void {
    this.#count++
    const bytes = this.#take()
    if (!hasNext(page)) {
      this.#isConcluded = true
      return this.#owner.concluded()
    }
    this.#last = page
    this.#lastBytes = bytes
    this.#memory.addKept(bytes)
    this.#owner.emptied()
  }

  /** Removes the waiting items and returns their size in bytes. */
  #take(): number {
    const bytes = this.#bytes
    this.#items = []
    this.#bytes = 0
    this.#memory.addWaiting(-bytes)
    return bytes
  }

  #forget(): void {
    this.#memory.addKept(-this.#lastBytes)
    this.#last = undefined
    this.#lastBytes = 0
    this.#repeats = 0
    this.#isRepeat = false
  }

  #break(cause: unknown): void {
    this.#take()
    this.#ending = undefined
    // The answer of the owner could not be serialized, either.
    if (this.#isBroken) return this.finish([envelope(standardFailure('INTERNAL'))])
    this.#isBroken = true
    this.#owner.broken(cause)
  }
}
