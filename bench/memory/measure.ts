import { start } from '../child.js'

/** The number of connections added before each measurement. The first step pays for one-time costs. */
const STEPS = [200, 200, 200, 200]

/** Measures the bytes of heap that a contender needs per connection, in a new process. */
export const measure = async (contender: string, events: number, steps: readonly number[] = STEPS): Promise<number> => {
  const server = await start(new URL('program.ts', import.meta.url), [contender, String(events)], ['--expose-gc'])
  try {
    const { port } = await server.hear<{ readonly port: number }>()
    const clients = await start(new URL('../crowd/sockets.ts', import.meta.url), [String(port)])
    try {
      await clients.hear()
      const points: (readonly [connections: number, bytes: number])[] = []
      for (const step of steps) {
        const { connected } = await clients.ask<{ readonly connected: number }>({ connect: step })
        const { bytes } = await server.ask<{ readonly bytes: number }>('memory')
        points.push([connected, bytes])
      }
      return slopeOf(points)
    } finally {
      clients.close()
    }
  } finally {
    server.close()
  }
}

/** Returns the slope of a least-squares line through the points. */
const slopeOf = (points: readonly (readonly [x: number, y: number])[]): number => {
  const mean = (at: 0 | 1): number => points.reduce((sum, point) => sum + point[at], 0) / points.length
  const [middle, average] = [mean(0), mean(1)]
  const sum = (of: (x: number, y: number) => number): number =>
    points.reduce((sum, [x, y]) => sum + of(x - middle, y - average), 0)
  return sum((x, y) => x * y) / sum(x => x * x)
}
