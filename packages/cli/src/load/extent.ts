/** How much a value is when each thing that occurs twice is written out twice, as in JSON. */
export interface Extent {
  /** How many objects and lists stand in each other; `Infinity` for a value that contains itself. */
  readonly depth: number
  /** About the number of characters. */
  readonly size: number
}

const NOTHING: Extent = { depth: 0, size: 0 }

/** Returns how much a value is, in a time that grows with what is there, not with what it stands for. */
export const extentOf = (value: unknown): Extent => {
  const known = new Map<object, Extent | undefined>()
  const measured = (part: unknown): Extent =>
    isObject(part)
      ? (known.get(part) ?? { depth: Number.POSITIVE_INFINITY, size: 0 })
      : { depth: 0, size: String(part).length }
  // Two visits of each: before its parts, and after them. No recursion: the depth is what is asked.
  const visits: unknown[] = [value]
  while (visits.length > 0) {
    const part = visits.pop()
    if (!isObject(part) || known.get(part) !== undefined) continue
    const entries = Object.entries(part)
    if (known.has(part)) {
      const sum = entries.reduce((all, [key, each]) => added(all, measured(each), key.length), NOTHING)
      known.set(part, { depth: sum.depth + 1, size: sum.size + 2 })
    } else {
      known.set(part, undefined)
      visits.push(part)
      for (const [, each] of entries) if (!isOpen(each, known)) visits.push(each)
    }
  }
  return measured(value)
}

const added = (all: Extent, { depth, size }: Extent, key: number): Extent => ({
  depth: Math.max(all.depth, depth),
  size: all.size + size + key + 1,
})

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null

/** Whether a part is around where one is, so that it contains itself. */
const isOpen = (part: unknown, known: ReadonlyMap<object, Extent | undefined>): boolean =>
  isObject(part) && known.has(part) && known.get(part) === undefined
