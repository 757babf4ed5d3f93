// An order by chance that its seed repeats.

/** Returns the items in an order by chance. @template Item @param {readonly Item[]} items @param {number} seed */
export function shuffled(items, seed) {
  const random = randomFrom(seed)
  const drawn = items.map(item => ({ item, by: random() }))
  return drawn.toSorted((one, other) => one.by - other.by).map(({ item }) => item)
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
