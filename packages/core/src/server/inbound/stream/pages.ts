import { envelope, type Page } from '../../../wire.js'
import { standardFailure } from '../../../codec/failure.js'
import type { Ack } from '../exchange.js'
import { cursorOf } from '../../../codec/cursor.js'
import type { Outbox, Parcel } from '../../outbound/outbox.js'
import { hasNext, pageOf } from './page.js'

/** The owner of a stream's pages, which is told of what happens to them. */
export interface PagesOwner {
  /** All that waited has been sent. */
  emptied(): void
  /** The reader knows of the end, or has gone: nothing is asked for any more. */
  told(): void
  /** The reader has asked for one page more often than it may. */
  overasked(): void
  /** The items that waited can't be serialized. They are dropped, and the owner says what the stream ends with. */
  broken(cause: unknown): void
}

/** The number of times that a page is answered again. */
const MOST_REPEATS = 3

/** The items of a stream that wait for their reader, and the reader that waits for items. */
export class Pages implements Parcel {
  isUnsent = false
  readonly #owner: PagesOwner
  readonly #id: string
  readonly #outbox: Outbox
  /** The number of pages that have been answered. */
  #count = 0
  #items: unknown[] = []
  /** The bytes of the items, as the outbox counts them. */
  #bytes = 0
  /** The id of the last of them, if it has one. */
  #lastEventId: string | undefined
  /** The last page, until the next is asked for: its answer can be lost, and then it is asked for again. */
  #last: Page | undefined
  #lastBytes = 0
  #repeats = 0
  /** The ack of the reader that waits for the next page, or for the last one again. */
  #ack: Ack | undefined
  #isRepeat = false
  /** The last step of the reader, and how often it was taken again. */
  #claimed: number | 'stop' = 0
  #claims = 0
  #isScheduled = false
  #isBroken = false
  #isTold = false
  /** The arguments of the ack that the handler has ended with. */
  #ending: readonly unknown[] | undefined

  /** The first page is what the ack is called with, at once. */
  constructor(owner: PagesOwner, id: string, outbox: Outbox, ack: Ack | undefined) {
    this.#owner = owner
    this.#id = id
    this.#outbox = outbox
    this.#ack = ack
    this.goOn()
  }

  get isTold(): boolean {
    return this.#isTold
  }

  /** Tells whether no more items should be added. One item may always wait, however large it is. */
  isFull(streamWindow: number): boolean {
    const { length } = this.#items
    return length >= streamWindow || (length > 0 && this.#outbox.isFull)
  }

  add(item: unknown, id: string | undefined): void {
    if (this.#isTold) return
    const bytes = this.#outbox.weigh(item)
    this.#bytes += bytes
    this.#outbox.wait(bytes)
    this.#items.push(item)
    this.#lastEventId = id
    this.goOn()
  }

  /** Sets what follows all items: a failure, a final value, or nothing. Only the first call counts. */
  finish(reply: readonly unknown[]): void {
    this.#ending ??= reply
    this.goOn()
  }

  claim(step: number | 'stop'): boolean {
    if (this.#isTold || this.#claimed === 'stop') return false
    if (step === this.#claimed) return ++this.#claims <= MOST_REPEATS
    if (step !== 'stop' && step !== this.#count) return false
    this.#claimed = step
    this.#claims = 0
    return true
  }

  pull(page: number, ack: Ack | undefined): boolean {
    // The first page has no cursor.
    if (this.#isTold || page === 0) return false
    const isRepeat = this.#last !== undefined && page === this.#count - 1
    if (!isRepeat && page !== this.#count) return false
    if (isRepeat && ++this.#repeats > MOST_REPEATS) {
      this.#owner.overasked()
      return false
    }
    if (ack === undefined) return true
    this.#ack?.({ items: [], next: cursorOf(this.#id, this.#isRepeat ? this.#count - 1 : this.#count) } satisfies Page)
    if (!isRepeat) this.#forget()
    this.#ack = ack
    this.#isRepeat = isRepeat
    if (isRepeat || this.#items.length > 0 || this.#ending !== undefined) this.goOn()
    return true
  }

  /** Nothing more is wanted of it, or given; who still waits is answered with the farewell, if it is there still. */
  drop(farewell: object | undefined): void {
    this.#take()
    this.#forget()
    this.#ending ??= []
    this.#isTold = true
    if (farewell !== undefined) this.#ack?.(farewell)
    this.#ack = undefined
    this.#outbox.forget(this)
    this.#owner.told()
  }

  /** Answers who waits, after all that this turn of the event loop brings. */
  goOn(): void {
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
    const bytes = repeated === undefined ? this.#bytes + this.#outbox.weigh(this.#ending?.[0]) : this.#lastBytes
    if (!this.#outbox.admits(this, bytes)) return
    try {
      this.#outbox.send(this, bytes, () => ack(page))
    } catch (error) {
      if (repeated === undefined) return this.#break(error)
      // The application has changed an item in the meantime, and it can't be serialized any more.
      ack(envelope(standardFailure('DISCONNECTED')))
    }
    this.#ack = undefined
    if (repeated === undefined) this.#answered(page)
  }

  #answered(page: object): void {
    this.#count++
    const bytes = this.#take()
    if (!hasNext(page)) {
      this.#isTold = true
      return this.#owner.told()
    }
    this.#last = page
    this.#lastBytes = bytes
    this.#outbox.keep(bytes)
    this.#owner.emptied()
  }

  /** Empties what waits. Returns how many bytes that was. */
  #take(): number {
    const bytes = this.#bytes
    this.#items = []
    this.#bytes = 0
    this.#outbox.wait(-bytes)
    return bytes
  }

  #forget(): void {
    this.#outbox.keep(-this.#lastBytes)
    this.#last = undefined
    this.#lastBytes = 0
    this.#repeats = 0
    this.#isRepeat = false
  }

  #break(cause: unknown): void {
    this.#take()
    this.#ending = undefined
    // What the owner ended the stream with can't be serialized either.
    if (this.#isBroken) return this.finish([envelope(standardFailure('INTERNAL'))])
    this.#isBroken = true
    this.#owner.broken(cause)
  }
}
