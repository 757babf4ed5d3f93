/**
 * Measures what the commands and `docs.serve` cost with large contracts: the processor's time and the most memory, each in a process
 * of its own. The sizes take turns. The time per event is also given as a ratio to that of the smallest contract in the same turn.
 */
import { parseArgs } from 'node:util'
import { median, spread, write } from './table.js'
import { COMMANDS, measure, type Used } from './tools/measure.js'

const { values } = parseArgs({
  options: {
    turns: { type: 'string', default: '3' },
    events: { type: 'string', default: '1000,5000' },
    json: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
  },
})
const sizes = values.events.split(',').map(Number)
const [least = 0] = sizes
const turns: ReadonlyMap<number, ReadonlyMap<string, Used>>[] = []
// A discarded run that warms the file system's cache.
await measure(10)
for (let turn = 0; turn < Number(values.turns); turn++) {
  const measured = new Map<number, ReadonlyMap<string, Used>>()
  for (const size of turn % 2 === 0 ? sizes : sizes.toReversed()) measured.set(size, await measure(size))
  turns.push(measured)
}

const rows = Object.keys(COMMANDS).flatMap(command =>
  sizes.map(size => {
    const used = (events: number): Used[] => turns.flatMap(turn => turn.get(events)?.get(command) ?? [])
    const perEvent = used(size).map(({ cpu }, turn) => cpu / size / ((used(least)[turn]?.cpu ?? Number.NaN) / least))
    return {
      command,
      events: String(size),
      'CPU, s': median(used(size).map(({ cpu }) => cpu)).toFixed(2),
      [`per event × ${least}`]: spread(perEvent),
      'memory, MB': median(used(size).map(({ memory }) => memory)).toFixed(0),
    }
  }),
)
write('tools', `The commands with large contracts, ${values.turns} turns`, rows, values)
