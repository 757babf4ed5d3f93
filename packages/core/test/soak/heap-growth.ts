/** The heap size of a server after all its clients had left, and the number of clients until then. */
export interface HeapSample {
  readonly connections: number
  /** Bytes, after garbage collection. */
  readonly heap: number
}

/** A number in an array is 8 bytes: a heap that grows by more with each connection has a leak. */
const LEAK_BYTES = 8
/** Bytes by which a heap varies where nothing leaks, such as by code that is compiled late. Measured over 400,000 connections: 500,000. */
const NOISE_BYTES = 700_000

/**
 * Returns by how many bytes a heap grows with each connection: the median of the slopes between all pairs of samples, which a step
 * that happens once does not move.
 */
export const bytesPerConnection = (samples: readonly HeapSample[]): number => {
  const slopes = samples
    .flatMap((from, at) => samples.slice(at + 1).map(to => (to.heap - from.heap) / (to.connections - from.connections)))
    .sort((one, other) => one - other)
  return slopes[Math.floor((slopes.length - 1) / 2)] ?? 0
}

/** Returns whether a heap grows with its connections, or has grown by more than any heap may, and not only varied. */
export const isLeaking = (samples: readonly HeapSample[]): boolean => {
  const [first, last] = [samples[0], samples.at(-1)]
  if (first === undefined || last === undefined) return false
  const slope = bytesPerConnection(samples)
  const grown = slope * (last.connections - first.connections)
  return (slope > LEAK_BYTES && grown > NOISE_BYTES) || last.heap > first.heap * 1.15 + 2_000_000
}
