import { isEnvelope, type Page } from '../../../wire.js'

/** What a page is made of. */
export interface PageParts {
  readonly items: readonly unknown[]
  /** The id of the last item, if it has one. */
  readonly lastEventId: string | undefined
  /** What the handler has ended with, as an ack's arguments; `undefined` as long as it has not. */
  readonly ending: readonly unknown[] | undefined
}

/** What is answered: a page, or the failure that the stream has ended with. `next` asks for the page after it. */
export const pageOf = ({ items, lastEventId, ending }: PageParts, next: string): object => {
  const [reply] = ending ?? []
  const isFailed = isEnvelope(reply)
  // After the items that came before it.
  if (isFailed && items.length === 0) return reply
  const page: Page = lastEventId === undefined || items.length === 0 ? { items } : { items, lastEventId }
  if (ending === undefined || isFailed) return { ...page, next }
  return ending.length === 0 ? page : { ...page, value: reply }
}

/** Whether there is a page after what is answered. */
export const hasNext = (answer: object): answer is Page => 'items' in answer && 'next' in answer
