import { batch, signal, type ReadonlySignal } from '@preact/signals'

/** The latest items of a sequence, last first. */
export interface Latest<Item> {
  readonly items: ReadonlySignal<readonly Item[]>
  /** The number of all items since the last `clear`, with those that are no longer kept. */
  readonly count: ReadonlySignal<number>
  add(...items: readonly Item[]): void
  clear(): void
}

/** The interval between renders, in milliseconds, since rendering every item would block the page. */
const STEP_MS = 50

/** Creates an empty sequence that keeps at most `most` items. */
export const createLatest = <Item>(most: number): Latest<Item> => {
  const items = signal<readonly Item[]>([])
  const count = signal(0)
  let all: readonly Item[] = []
  let added = 0
  let isResting = false
  const publish = (): void =>
    batch(() => {
      items.value = all
      count.value = added
    })
  const show = (): void => {
    isResting = items.peek() !== all
    if (!isResting) return
    publish()
    setTimeout(show, STEP_MS)
  }
  return {
    items,
    count,
    add(...latest) {
      added += latest.length
      all = [...latest, ...all].slice(0, most)
      if (!isResting) show()
    },
    clear() {
      all = []
      added = 0
      publish()
    },
  }
}
