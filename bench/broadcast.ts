/**
 * Measures one output to many sockets, with the server and its sockets in separate processes. The senders take turns, in a
 * different order each time. Every figure is a ratio to Socket.IO without any check in the same turn.
 */
import { parseArgs } from 'node:util'
import { BASE, CONTENDERS, OUTPUTS, type Output } from './broadcast/contenders.js'
import { contend, type Contender } from './broadcast/contend.js'
import { median, spread, write } from './table.js'

const { values } = parseArgs({
  options: {
    turns: { type: 'string', default: '9' },
    broadcasts: { type: 'string', default: '10' },
    sockets: { type: 'string', default: '1000' },
    json: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
  },
})
const [turns, broadcasts, sockets] = [Number(values.turns), Number(values.broadcasts), Number(values.sockets)]
const outputs = Object.keys(OUTPUTS) as Output[]

const contenders: Contender[] = []
for (const name of CONTENDERS.keys()) contenders.push(await contend(name, sockets))
for (const contender of contenders) for (const output of outputs) await contender.send(output, broadcasts)

const results = new Map<string, number[]>()
for (let turn = 0; turn < turns; turn++) {
  const first = turn % contenders.length
  for (const output of outputs)
    for (const contender of [...contenders.slice(first), ...contenders.slice(0, first)]) {
      const key = `${contender.name} ${output}`
      results.set(key, [...(results.get(key) ?? []), await contender.send(output, broadcasts)])
    }
}
for (const contender of contenders) contender.close()

const rows = contenders.map(({ name }) =>
  Object.fromEntries([
    ['server', name],
    ...outputs.flatMap(output => {
      const own = results.get(`${name} ${output}`) ?? []
      const base = results.get(`${BASE} ${output}`) ?? []
      const ratios = own.map((micros, turn) => micros / (base[turn] ?? Number.NaN))
      return [
        [output, name === BASE ? '1' : spread(ratios)],
        [`${output}, µs per socket`, (median(own) / sockets).toFixed(2)],
      ]
    }),
  ]),
)
const heading = `The server's CPU time per broadcast to ${sockets} sockets × ${BASE}, ${turns} turns of ${broadcasts} broadcasts`
write('broadcast', heading, rows, values)
