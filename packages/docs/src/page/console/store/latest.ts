import { signal, type ReadonlySignal } from '@preact/signals'

/** The latest items of a sequence, last first. */
export interface Latest<Item> {
  readonly items: ReadonlySignal<readonly Item[]>
  add(...items: readonly Item[]): void
  clear(): void
}

/** The interval between renders, in milliseconds, since rendering every item would block the page. */
const STEP_MS = 50

/** Creates an empty sequence that keeps at most `most` items. */
export const createLatest = <Item>(most: number): Latest<Item> => {
  const items = signal<readonly Item[]>([])
  let all: readonly Item[] = []
  let isResting = false
  const show = (): void => {
    isResting = items.peek() !== all
    if (!isResting) return
    items.value = all
    setTimeout(show, STEP_MS)
  }
  return {
    items,
    add(...added) {
      all = [...added, ...all].slice(0, most)
      if (!isResting) show()
    },
    clear() {
      all = []
      items.value = all
    },
  }
}
