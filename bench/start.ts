/**
 * Measures the time from `node` to the first answered call: a server starts, then, once it listens, a client. Both are plain
 * JavaScript and import the packages as published. The contenders take turns, in a different order each time. Every figure is a
 * ratio to Socket.IO without any check in the same turn.
 */
import { parseArgs } from 'node:util'
import { programs, type Measured } from './start/measure.js'
import { BASE, CONTENDERS } from './start/programs.js'
import { median, spread, write } from './table.js'

const { values } = parseArgs({
  options: {
    turns: { type: 'string', default: '9' },
    json: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
  },
})
const turns = Number(values.turns)
const names = [...CONTENDERS.keys()]
// Runs the programs without the loader of this file.
const { run, remove } = programs([])
const results = new Map<string, Measured[]>(names.map(name => [name, []]))
try {
  // A discarded run that warms the file system's cache.
  for (const name of names) await run(name)
  for (let turn = 0; turn < turns; turn++) {
    const first = turn % names.length
    for (const name of [...names.slice(first), ...names.slice(0, first)]) results.get(name)?.push(await run(name))
  }
} finally {
  remove()
}

const PARTS: Readonly<Record<string, (measured: Measured) => number>> = {
  'to the answer': ({ server, client }) => server + client,
  'the server listens': ({ server }) => server,
  'the client is answered': ({ client }) => client,
}
const rows = names.map(name =>
  Object.fromEntries([
    ['contender', name],
    ...Object.entries(PARTS).map(([part, of]) => {
      const [own, base] = [results.get(name) ?? [], results.get(BASE) ?? []].map(all => all.map(of)) as [
        number[],
        number[],
      ]
      return [
        part,
        name === BASE ? `${median(own).toFixed(0)} ms` : spread(own.map((ms, turn) => ms / (base[turn] ?? Number.NaN))),
      ]
    }),
  ]),
)
write('start', `From node to the first answer × ${BASE}, ${turns} turns`, rows, values)
