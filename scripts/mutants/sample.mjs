// A sample that its seed repeats.

/** Returns `size` of the items, or all if there are fewer, in their order. @template Item @param {readonly Item[]} items @param {number} size @param {number} seed */
export function sampleOf(items, size, seed) {
  const random = randomFrom(seed)
  const drawn = items.map((_, at) => ({ at, by: random() })).toSorted((one, other) => one.by - other.by)
  const chosen = new Set(drawn.slice(0, size).map(({ at }) => at))
  return items.filter((_, at) => chosen.has(at))
}

/** Mulberry32: numbers from 0 to 1. @param {number} seed */
function randomFrom(seed) {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
