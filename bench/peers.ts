/**
 * The same call by each of the peers: a server in a process of its own, its clients in this one. They take turns, so that what
 * else the machine does meets all of them; every figure is a ratio to Socket.IO without any check, of the same turn.
 */
import { parseArgs } from 'node:util'
import { PEERS } from './peers/all.js'
import { contend, type Contender } from './peers/contender.js'
import { INPUTS } from './peers/input.js'
import type { Caller } from './peers/peer.js'
import { spread, write } from './table.js'

const { values } = parseArgs({
  options: {
    turns: { type: 'string', default: '5' },
    messages: { type: 'string', default: '6000' },
    connections: { type: 'string', default: '16' },
    'in-flight': { type: 'string', default: '4' },
    json: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
  },
})
const [turns, messages] = [Number(values.turns), Number(values.messages)]
const [connections, inFlight] = [Number(values.connections), Number(values['in-flight'])]

const CASES = [
  { name: 'small, valid', input: INPUTS.small.valid },
  { name: 'small, invalid', input: INPUTS.small.invalid },
  { name: '1 kB, valid', input: INPUTS.large.valid },
  { name: '1 kB, invalid', input: INPUTS.large.invalid },
] as const

interface Measured {
  /** Microseconds of server CPU per call. */
  readonly cpu: number
  /** Calls per second. */
  readonly rate: number
  /** Milliseconds. */
  readonly p50: number
  readonly p99: number
}

const measure = async ({ callers, cpu }: Contender, input: object): Promise<Measured> => {
  const took: number[] = []
  let left = messages
  const lane = async (caller: Caller): Promise<void> => {
    while (left-- > 0) {
      const began = performance.now()
      await caller.call(input)
      took.push(performance.now() - began)
    }
  }
  const [before, began] = [await cpu(), performance.now()]
  await Promise.all(callers.flatMap(caller => Array.from({ length: inFlight }, () => lane(caller))))
  const seconds = (performance.now() - began) / 1_000
  const spent = (await cpu()) - before
  took.sort((one, other) => one - other)
  const at = (share: number): number => took[Math.round((took.length - 1) * share)] ?? Number.NaN
  return { cpu: spent / messages, rate: messages / seconds, p50: at(0.5), p99: at(0.99) }
}

const contenders: Contender[] = []
for (const name of PEERS.keys()) contenders.push(await contend(name, connections))
for (const contender of contenders) for (const { input } of CASES) await measure(contender, input)

const ratios = new Map<string, Measured[]>()
const plain: Measured[] = []
for (let turn = 0; turn < turns; turn++)
  for (const { name, input } of CASES) {
    let base: Measured | undefined
    for (const contender of contenders) {
      const came = await measure(contender, input)
      base ??= came
      if (contender === contenders[0]) plain.push(came)
      const key = `${name} · ${contender.name}`
      const ratio = {
        cpu: came.cpu / base.cpu,
        rate: came.rate / base.rate,
        p50: came.p50 / base.p50,
        p99: came.p99 / base.p99,
      }
      ratios.set(key, [...(ratios.get(key) ?? []), ratio])
    }
  }
for (const contender of contenders) contender.close()

const rows = [...ratios].map(([key, all]) => {
  const [input = '', contender = ''] = key.split(' · ')
  return {
    input,
    contender,
    'server CPU per call': spread(all.map(({ cpu }) => cpu)),
    'calls per second': spread(all.map(({ rate }) => rate)),
    p50: spread(all.map(({ p50 }) => p50)),
    p99: spread(all.map(({ p99 }) => p99)),
  }
})
const heading =
  `${turns} turns of ${messages} calls, ${connections} connections with ${inFlight} calls in flight each; ` +
  `all figures × Socket.IO without any check (small, valid: ${spread(plain.filter((_, at) => at % CASES.length === 0).map(({ cpu }) => cpu))} µs)`
write('peers', heading, rows, values)
process.exit()
