/**
 * Measures what grows with a server: sockets, rooms, nodes, events, and calls in flight, without a network. Each figure of each
 * contender is measured in a new process, in a different order in each turn, and is a ratio to plain Socket.IO in the same turn.
 */
import { parseArgs } from 'node:util'
import { start } from './child.js'
import { CONTENDERS } from './scale/contenders.js'
import { JOBS, type Job } from './scale/jobs.js'
import { median, spread, write, type Row } from './table.js'

const { values } = parseArgs({
  options: {
    turns: { type: 'string', default: '3' },
    only: { type: 'string', default: '' },
    small: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
  },
})
const turns = Number(values.turns)
const only = new RegExp(values.only)
const names = [...CONTENDERS.keys()]
const [base = '', ...others] = names

const measure = async (contender: string, { name }: Job, size: number): Promise<number> => {
  const args = [contender, name, String(size)]
  const child = await start(new URL('scale/program.ts', import.meta.url), args, ['--expose-gc'])
  const { value } = await child.hear<{ readonly value: number }>()
  child.close()
  return value
}

const rows: Row[] = []
for (const job of JOBS.filter(({ name }) => only.test(name))) {
  const size = values.small ? job.small : job.size
  const results = new Map<string, number[]>(names.map(name => [name, []]))
  for (let turn = 0; turn < turns; turn++) {
    const first = turn % names.length
    for (const name of [...names.slice(first), ...names.slice(0, first)])
      results.get(name)?.push(await measure(name, job, size))
  }
  const plain = results.get(base) ?? []
  const digits = job.unit === 'bytes' ? 0 : 2
  const row: Record<string, string> = { 'what grows': job.name, size: size.toLocaleString('en') }
  row[base] = `${median(plain).toFixed(digits)} ${job.unit}`
  for (const name of others) {
    const own = results.get(name) ?? []
    row[name] = `${spread(own.map((value, at) => value / (plain[at] ?? Number.NaN)))}`
    if (job.unit === 'bytes') row[name] += `, ${median(own).toFixed(0)} bytes`
  }
  rows.push(row)
}
write('scale', `What grows with a server × ${base}, ${turns} turns`, rows, values)
