import { namesOf } from '../many.js'
import { clusterOf } from './cluster.js'
import type { Bind } from './contenders.js'
import { stageOf, type Stage } from './stage.js'

/** A row of the table: one figure of a server of a given size. */
export interface Job {
  readonly name: string
  readonly unit: 'µs' | 'bytes'
  /** The size that is measured, and the one that tests run. */
  readonly size: number
  readonly small: number
  /** Measures a server of this size, in this process. */
  run(bind: Bind, size: number): Promise<number>
}

const cpuOf = async (run: () => Promise<void>): Promise<number> => {
  const before = process.cpuUsage()
  await run()
  const { user, system } = process.cpuUsage(before)
  return user + system
}

/** Returns the heap in use, after promises and timers have been released. */
const heap = async (): Promise<number> => {
  for (let times = 0; times < 3; times++) {
    await new Promise(resolve => setTimeout(resolve, 20))
    globalThis.gc?.()
  }
  return process.memoryUsage().heapUsed
}

/** Measures the bytes for each of what `grow` makes, after it has made a few, which pay the one-time costs. */
const bytesEach = async (count: number, grow: (count: number) => Promise<unknown>): Promise<number> => {
  await grow(Math.ceil(count / 10))
  const before = await heap()
  await grow(count)
  return ((await heap()) - before) / count
}

const onStage = async <Result>(
  bind: Bind,
  events: number,
  run: (stage: Stage, actions: ReturnType<Bind>) => Promise<Result>,
): Promise<Result> => {
  let actions: ReturnType<Bind> | undefined
  const stage = stageOf(io => (actions = bind(io, events)))
  try {
    return await run(stage, actions as ReturnType<Bind>)
  } finally {
    stage.close()
  }
}

/** Does something a number of times, in each of which a number of packets are received; measures the CPU time per packet. */
const repeated = async (stage: Stage, times: number, packets: number, act: (at: number) => void): Promise<number> => {
  const run = async (count: number): Promise<void> => {
    for (let at = 0; at < count; at++) {
      const from = stage.received
      act(at)
      await stage.until(packets, from)
    }
  }
  await run(Math.ceil(times / 2))
  return (await cpuOf(() => run(times))) / (times * packets)
}

const callOf = (name: string, id: number): string => `42${id}${JSON.stringify([name, 1])}`

/** Calls an event a number of times at once, spread over the connections. */
const callAll = ({ peers }: Stage, name: string, count: number): void => {
  for (let at = 0; at < count; at++) peers[at % peers.length]?.send(callOf(name, at))
}

export const JOBS: readonly Job[] = [
  {
    name: 'sockets: CPU per recipient of an output',
    unit: 'µs',
    size: 10_000,
    small: 20,
    run: (bind, size) =>
      onStage(bind, 1, async (stage, { emitToAll }) => {
        await stage.connect(size)
        return repeated(stage, 6, size, emitToAll)
      }),
  },
  {
    name: 'sockets: memory of a connection',
    unit: 'bytes',
    size: 2_000,
    small: 20,
    run: (bind, size) => onStage(bind, 1, stage => bytesEach(size, stage.connect)),
  },
  {
    name: 'rooms: CPU per recipient, each room with one socket',
    unit: 'µs',
    size: 1_000,
    small: 10,
    run: (bind, size) =>
      onStage(bind, 1, async (stage, { emitToRoom }) => {
        stage.io.on('connection', socket => void socket.join(`room ${stage.peers.length}`))
        await stage.connect(size)
        return repeated(stage, 10 * size, 1, at => emitToRoom(`room ${at % size}`))
      }),
  },
  {
    name: 'nodes: CPU per recipient of an output, 100 sockets each',
    unit: 'µs',
    size: 4,
    small: 2,
    async run(bind, size) {
      const cluster = await clusterOf(bind, size, 100)
      return cluster.measure(act => cpuOf(act))
    },
  },
  {
    name: 'events: CPU per call, of all in turn',
    unit: 'µs',
    size: 5_000,
    small: 10,
    run: (bind, size) =>
      onStage(bind, size, async stage => {
        const names = namesOf(size)
        await stage.connect(1)
        return repeated(stage, 2 * size, 1, at => stage.peers[0]?.send(callOf(String(names[at % size]), at)))
      }),
  },
  {
    name: 'calls in flight: CPU per call',
    unit: 'µs',
    size: 10_000,
    small: 20,
    run: (bind, size) =>
      onStage(bind, 1, async (stage, { release }) => {
        await stage.connect(10)
        return repeated(stage, 10, size, () => (callAll(stage, 'hold', size), setImmediate(release)))
      }),
  },
  {
    name: 'calls in flight: memory of a call',
    unit: 'bytes',
    size: 10_000,
    small: 20,
    run: (bind, size) =>
      onStage(bind, 1, async stage => {
        await stage.connect(10)
        return bytesEach(size, async count => callAll(stage, 'hold', count))
      }),
  },
  {
    name: 'streams: memory of one that waits × a call that waits',
    unit: 'bytes',
    size: 5_000,
    small: 20,
    run: (bind, size) =>
      onStage(bind, 1, async stage => {
        await stage.connect(10)
        return bytesEach(size, async count => callAll(stage, 'tail', count))
      }),
  },
  {
    name: 'namespaces: memory of one that came and went',
    unit: 'bytes',
    size: 2_000,
    small: 20,
    run: (bind, size) =>
      onStage(bind, 1, async stage => {
        await stage.connect(1)
        let last = 0
        return bytesEach(size, async count => {
          for (let left = count; left > 0; left--) {
            const from = stage.received
            stage.peers[0]?.send(`40/game-${++last},`)
            await stage.until(1, from)
            stage.peers[0]?.send(`41/game-${last},`)
          }
        })
      }),
  },
]
