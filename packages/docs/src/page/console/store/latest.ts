import { signal, type ReadonlySignal } from '@preact/signals'

/** The latest of what comes, the last first. */
export interface Latest<Item> {
  readonly items: ReadonlySignal<readonly Item[]>
  add(...items: readonly Item[]): void
  clear(): void
}

/** How long what was shown stays as it is: a stream is shown in steps, or the page would do nothing else. */
const STEP_MS = 50

/** Begins with nothing, and keeps no more than `most`. */
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
