/**
 * Measures the server's memory per connection, by the number of events in its contract. Each server is a separate process, new in
 * each turn; they take turns in a different order each time. Every figure is the slope over several numbers of connections,
 * measured after garbage collection.
 */
import { parseArgs } from 'node:util'
import { CONTENDERS, FLOOR } from './memory/contenders.js'
import { measure } from './memory/measure.js'
import { spread, write } from './table.js'

const { values } = parseArgs({
  options: {
    turns: { type: 'string', default: '5' },
    events: { type: 'string', default: '10,1000' },
    json: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
  },
})
const turns = Number(values.turns)
const cases = values.events
  .split(',')
  .flatMap(events => [...CONTENDERS.keys()].map(name => ({ name, events: Number(events) })))

const results = new Map<(typeof cases)[number], number[]>(cases.map(one => [one, []]))
for (let turn = 0; turn < turns; turn++) {
  const first = (turn * 3) % cases.length
  for (const one of [...cases.slice(first), ...cases.slice(0, first)])
    results.get(one)?.push(await measure(one.name, one.events))
}

const rows = cases.map(one => {
  const measured = results.get(one) ?? []
  const floor = results.get(cases.find(({ name, events }) => name === FLOOR && events === one.events) ?? one) ?? []
  const over = measured.map((bytes, turn) => bytes - (floor[turn] ?? Number.NaN))
  return {
    events: String(one.events),
    server: one.name,
    'heap per connection, kB': spread(measured.map(bytes => bytes / 1_000)),
    'over no listeners, kB': one.name === FLOOR ? '' : spread(over.map(bytes => bytes / 1_000)),
    '× no listeners':
      one.name === FLOOR ? '' : spread(measured.map((bytes, turn) => bytes / (floor[turn] ?? Number.NaN))),
  }
})
write('memory', `The server's memory for each connection, ${turns} turns, each in a new process`, rows, values)
