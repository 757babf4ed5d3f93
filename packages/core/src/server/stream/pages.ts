import { envelope, isEnvelope, type Page } from '../../wire.js'
import { standardFailure } from '../../codec/failure.js'
import type { Ack } from '../answer.js'
import { cursorOf } from './cursor.js'

/** Whom the pages of a stream tell. */
export interface PagesOwner {
  /** All that waited has been sent. */
  emptied(): void
  /** The reader knows of the end, or has gone: nothing is asked for any more. */
  told(): void
  /** What waited can't be serialized. It is dropped, and the owner says what the stream ends with. */
  broken(cause: unknown): void
}

/** The items of a stream that wait for their reader, and the reader that waits for items. */
export class Pages {
  readonly #owner: PagesOwner
  readonly #id: string
  /** How many have been answered. */
  #count = 0
  #items: unknown[] = []
  /** The id of the last of them, if it has one. */
  #lastEventId: string | undefined
  /** The last page, until the next is asked for: its answer can be lost, and then it is asked for again. */
  #last: Page | undefined
  /** Of who waits for the next page. */
  #ack: Ack | undefined
  #isScheduled = false
  #isBroken = false
  #isTold = false
  /** What the handler has ended with, as an ack's arguments. */
  #ending: readonly unknown[] | undefined

  /** The first page is what the ack is called with, at once. */
  constructor(owner: PagesOwner, id: string, ack: Ack | undefined) {
    this.#owner = owner
    this.#id = id
    this.#ack = ack
    this.#schedule()
  }

  /** How many items wait. */
  get size(): number {
    return this.#items.length
  }

  get isTold(): boolean {
    return this.#isTold
  }

  add(item: unknown, id: string | undefined): void {
    this.#items.push(item)
    this.#lastEventId = id
    this.#schedule()
  }

  /** Says what comes after all items: a failure, a final value, or nothing. Only the first counts. */
  finish(reply: readonly unknown[]): void {
    this.#ending ??= reply
    this.#schedule()
  }

  /** Answers a page as soon as there is one. `false` where it can't be had (any more), and the ack is not called. */
  pull(page: number, ack: Ack | undefined): boolean {
    // The first page has no cursor.
    if (this.#isTold || page === 0) return false
    if (this.#last !== undefined && page === this.#count - 1) return repeat(this.#last, ack)
    if (page !== this.#count) return false
    if (ack === undefined) return true
    this.#ack?.({ items: [], next: cursorOf(this.#id, page) } satisfies Page)
    this.#last = undefined
    this.#ack = ack
    if (this.#items.length > 0 || this.#ending !== undefined) this.#schedule()
    return true
  }

  /** The reader wants no more; if it is there still, what it waits for is answered. */
  drop(isThere: boolean): void {
    this.#items = []
    this.#last = undefined
    this.#ending ??= []
    this.#isTold = true
    if (isThere) this.#ack?.({ items: [] } satisfies Page)
    this.#ack = undefined
    this.#owner.told()
  }

  /** Answers who waits, after all that this turn of the event loop brings. */
  #schedule(): void {
    if (this.#ack === undefined || this.#isScheduled) return
    this.#isScheduled = true
    setImmediate(() => {
      this.#isScheduled = false
      this.#flush()
    })
  }

  #flush(): void {
    if (this.#ack === undefined) return
    const page = this.#page()
    try {
      this.#ack(page)
    } catch (error) {
      return this.#break(error)
    }
    this.#ack = undefined
    this.#count++
    this.#items = []
    this.#last = isPage(page) && page.next !== undefined ? page : undefined
    if (this.#last === undefined) {
      this.#isTold = true
      this.#owner.told()
    } else this.#owner.emptied()
  }

  #page(): object {
    const items = this.#items
    const [reply] = this.#ending ?? []
    const isFailed = isEnvelope(reply)
    // After the items that came before it.
    if (isFailed && items.length === 0) return reply
    const lastEventId = items.length > 0 ? this.#lastEventId : undefined
    const page: Page = lastEventId === undefined ? { items } : { items, lastEventId }
    if (this.#ending === undefined || isFailed) return { ...page, next: cursorOf(this.#id, this.#count + 1) }
    return this.#ending.length === 0 ? page : { ...page, value: reply }
  }

  #break(cause: unknown): void {
    this.#items = []
    this.#ending = undefined
    // What the owner ended it with can be no better.
    if (this.#isBroken) return this.finish([envelope(standardFailure('INTERNAL'))])
    this.#isBroken = true
    this.#owner.broken(cause)
  }
}

const isPage = (answer: object): answer is Page => 'items' in answer

const repeat = (page: Page, ack: Ack | undefined): boolean => {
  try {
    ack?.(page)
    return true
  } catch {
    // The application has changed an item since, so that it can't be serialized any more.
    return false
  }
}
