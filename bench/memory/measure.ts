import { start } from '../child.js'

/** How many more connections there are at each point that is measured. The first pays for what is made once. */
const STEPS = [200, 200, 200, 200]

/** Measures a contender in a new process: the bytes of heap that it needs for each connection more. */
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

/** How much more there is for each one more, by least squares. */
const slopeOf = (points: readonly (readonly [x: number, y: number])[]): number => {
  const mean = (at: 0 | 1): number => points.reduce((sum, point) => sum + point[at], 0) / points.length
  const [middle, average] = [mean(0), mean(1)]
  const sum = (of: (x: number, y: number) => number): number =>
    points.reduce((sum, [x, y]) => sum + of(x - middle, y - average), 0)
  return sum((x, y) => x * y) / sum(x => x * x)
}
