import { INPUTS } from '../peers/input.js'
import type { Contender, Crowd } from './contend.js'

/** A load, and what is measured under it. */
export interface Job {
  readonly name: string
  readonly unit: string
  /** The clients that it needs. */
  readonly crowd: Partial<Crowd>
  /** `pace` is shared by the servers of a turn, and set by the first of them. */
  run(contender: Contender, pace?: { callsPerMs: number }): Promise<number>
}

const calls = (connections: number, inFlight: number, size: 'small' | 'large' = 'small'): Job => ({
  name: `CPU per call, ${connections} × ${inFlight}${size === 'large' ? ', a kilobyte' : ''}`,
  unit: 'µs',
  crowd: { callers: connections },
  run: contender => contender.calls(INPUTS[size].valid, inFlight === 1 ? 2_048 : 4_096, { connections, inFlight }),
})

const outputs = (inTick: number, ticks: number): Job => ({
  name: `CPU per recipient of an output, ${inTick} in one tick to 1,000 sockets`,
  unit: 'µs',
  crowd: { listeners: 1_000 },
  run: contender => contender.outputs(inTick, ticks),
})

const items = (name: string, clients: number, query: { items: number; ms: number }): Job => ({
  name: `CPU per item of a stream × an emit, ${name}`,
  unit: 'µs',
  crowd: { callers: clients },
  run: contender => contender.items(clients, query),
})

const calledIn = (inTick: number, ticks: number): Job => ({
  name: `CPU of the client per call, ${inTick} in one tick`,
  unit: 'µs',
  crowd: { services: 1 },
  run: contender => contender.service({ ticks, inTick }),
})

const BUSY = { connections: 64, inFlight: 64 }

export const JOBS: readonly Job[] = [
  ...[1, 16, 64].flatMap(connections => [1, 8, 64].map(inFlight => calls(connections, inFlight))),
  ...[1, 16, 64].map(connections => calls(connections, 64, 'large')),
  calledIn(1, 2_048),
  calledIn(64, 128),
  outputs(1, 10),
  outputs(5, 4),
  outputs(20, 2),
  items('10,000 items', 1, { items: 10_000, ms: 0 }),
  items('10 items per second', 16, { items: 20, ms: 100 }),
  {
    name: 'calls per ms, 64 × 64',
    unit: '/ms',
    crowd: { lines: BUSY.connections },
    run: contender => contender.saturated(BUSY, 20_000),
  },
  {
    name: 'p99 at half of that',
    unit: 'ms',
    crowd: { lines: BUSY.connections },
    async run(contender, pace = { callsPerMs: 0 }) {
      if (pace.callsPerMs === 0) pace.callsPerMs = (await contender.saturated(BUSY, 20_000)) / 2
      return contender.paced(BUSY.connections, pace.callsPerMs * 1_000, 10_000)
    },
  },
]

/** The work that is done at once, while system calls are counted. */
export const BURSTS: readonly Pick<Job, 'name' | 'run'>[] = [
  {
    name: '100 times 64 calls of one connection',
    run: contender => contender.saturated({ connections: 1, inFlight: 64 }, 6_400),
  },
  { name: '20 outputs in one tick to 100 sockets', run: contender => contender.outputs(20, 1) },
  {
    name: 'a stream of 10,000 items, or as many emits',
    run: contender => contender.items(1, { items: 10_000, ms: 0 }),
  },
]
