import { isEnvelope, type Page } from '../../../wire.js'

/** The parts of a page. */
export interface PageParts {
  readonly items: readonly unknown[]
  /** The id of the last item, if it has one. */
  readonly lastEventId: string | undefined
  /** The arguments of the ack that the handler has ended with; `undefined` as long as it runs. */
  readonly ending: readonly unknown[] | undefined
}

/** Returns the answer: a page, or the failure that the stream has ended with. `next` asks for the page after it. */
export const pageOf = ({ items, lastEventId, ending }: PageParts, next: string): object => {
  const [reply] = ending ?? []
  const isFailed = isEnvelope(reply)
  // The items before the failure are sent first.
  if (isFailed && items.length === 0) return reply
  const page: Page = lastEventId === undefined || items.length === 0 ? { items } : { items, lastEventId }
  if (ending === undefined || isFailed) return { ...page, next }
  return ending.length === 0 ? page : { ...page, value: reply }
}

/** Tells whether another page follows an answer. */
export const hasNext = (answer: object): answer is Page => 'items' in answer && 'next' in answer
