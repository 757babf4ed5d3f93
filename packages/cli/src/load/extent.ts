/** The size of a value with every shared part written out, as in JSON. */
export interface Extent {
  /** The nesting depth of objects and lists; `Infinity` for a value that contains itself. */
  readonly depth: number
  /** The approximate number of characters. */
  readonly size: number
}

const NOTHING: Extent = { depth: 0, size: 0 }

/** Measures a value in time proportional to its own size, not to its expanded size. */
export const extentOf = (value: unknown): Extent => {
  const known = new Map<object, Extent | undefined>()
  const measured = (part: unknown): Extent =>
    isObject(part)
      ? (known.get(part) ?? { depth: Number.POSITIVE_INFINITY, size: 0 })
      : { depth: 0, size: String(part).length }
  // Each part is visited twice: before and after its own parts. An explicit stack, since the depth is unknown.
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

/** Returns true if a part is being measured, so that it contains itself. */
const isOpen = (part: unknown, known: ReadonlyMap<object, Extent | undefined>): boolean =>
  isObject(part) && known.has(part) && known.get(part) === undefined
