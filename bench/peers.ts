/**
 * Measures the same call on each of the peers, with the server in a process of its own and its clients in this one. They take
 * turns, in a different order and in new processes each time, so that other load on the machine affects all of them alike. Every
 * figure is a ratio to Socket.IO without any check in the same turn.
 */
import { parseArgs } from 'node:util'
import { PEERS, UNCHECKED } from './peers/all.js'
import { contend, type Contender } from './peers/contender.js'
import { INPUTS } from './peers/input.js'
import { measure, MEASURES, type Load, type Measured } from './peers/measure.js'
import { versions } from './peers/versions.js'
import { median, spread, write } from './table.js'

const { values } = parseArgs({
  options: {
    turns: { type: 'string', default: '5' },
    messages: { type: 'string', default: '4096' },
    connections: { type: 'string', default: '1,16,64' },
    'in-flight': { type: 'string', default: '1,64' },
    json: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
  },
})
const [turns, messages] = [Number(values.turns), Number(values.messages)]
const [connections, inFlight] = [values.connections.split(',').map(Number), values['in-flight'].split(',').map(Number)]

const CASES = [
  { name: 'small, valid', input: INPUTS.small.valid },
  { name: 'small, invalid', input: INPUTS.small.invalid },
  { name: '1 kB, valid', input: INPUTS.large.valid },
  { name: '1 kB, invalid', input: INPUTS.large.invalid },
] as const
const LOADS: readonly Load[] = connections.flatMap(count =>
  inFlight.map(each => ({ connections: count, inFlight: each })),
)

const busiest = { connections: Math.max(...connections), inFlight: Math.max(...inFlight) }
/** Starts all contenders and calls each until it is warm. */
const contenders = async (): Promise<readonly Contender[]> => {
  const started: Contender[] = []
  for (const name of PEERS.keys()) started.push(await contend(name, busiest.connections))
  for (const contender of started) for (const { input } of CASES) await measure(contender, input, messages, busiest)
  return started
}

const nameOf = ({ connections, inFlight }: Load): string => `${connections} × ${inFlight}`
const keyOf = (input: string, load: Load, contender: string): string => [input, nameOf(load), contender].join()
const results = new Map<string, Measured[]>()
for (let turn = 0; turn < turns; turn++) {
  // New processes in each turn, since the code that V8 compiles for a process affects all of its calls.
  const started = await contenders()
  const first = turn % started.length
  const order = [...started.slice(first), ...started.slice(0, first)]
  for (const load of LOADS)
    for (const { name: input, input: value } of CASES)
      for (const contender of order) {
        const key = keyOf(input, load, contender.name)
        results.set(key, [...(results.get(key) ?? []), await measure(contender, value, messages, load)])
      }
  for (const contender of started) contender.close()
}

const [BASE] = UNCHECKED
for (const [measured, { title, unit }] of Object.entries(MEASURES)) {
  const of = (input: string, load: Load, contender: string): number[] =>
    (results.get(keyOf(input, load, contender)) ?? []).map(all => all[measured as keyof Measured])
  const cell = (input: string, load: Load, contender: string): string => {
    const base = of(input, load, BASE)
    if (contender === BASE) return `${median(base).toFixed(2)} ${unit}`
    return spread(of(input, load, contender).map((value, turn) => value / (base[turn] ?? Number.NaN)))
  }
  const rows = CASES.flatMap(({ name: input }) =>
    [...PEERS.keys()].map(contender =>
      Object.fromEntries([
        ['input', input],
        ['contender', contender],
        ...LOADS.map(load => [nameOf(load), cell(input, load, contender)]),
      ]),
    ),
  )
  const heading = `${title} × ${BASE}, ${turns} turns of ${messages} calls; the columns: connections × calls in flight each.\n${versions}`
  write(`peers: ${measured}`, heading, rows, values)
}
process.exit()
