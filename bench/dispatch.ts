/**
 * Measures the server's own work for a call, from a packet to the encoding of its ack, without a network, whose cost in the
 * kernel would hide it. All contenders are in this process and take turns, in a different order each time. Every figure is a
 * ratio to Socket.IO without any check in the same turn.
 */
import { parseArgs } from 'node:util'
import { JOBS, PLAIN, type Job } from './dispatch/jobs.js'
import { lineTo, packetOf, type Line } from './dispatch/line.js'
import { median, spread, write, type Row } from './table.js'

const { values } = parseArgs({
  options: {
    turns: { type: 'string', default: '101' },
    messages: { type: 'string', default: '200' },
    json: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
  },
})
const [turns, messages] = [Number(values.turns), Number(values.messages)]

const COLUMNS = [
  { title: 'small, valid', of: ({ small }: Job['inputs']) => small.valid },
  { title: 'small, invalid', of: ({ small }: Job['inputs']) => small.invalid },
  { title: '1 kB, valid', of: ({ large }: Job['inputs']) => large.valid },
  { title: '1 kB, invalid', of: ({ large }: Job['inputs']) => large.invalid },
] as const

/** Messages in multiples of the measured number, until V8 has compiled the hot functions. */
const WARM_UP = 25

/** Measures the nanoseconds per message of each line, turn by turn. */
const measure = async (lines: readonly Line[], packet: string): Promise<number[][]> => {
  const results: number[][] = lines.map(() => [])
  for (let turn = -WARM_UP; turn < turns; turn++) {
    for (let step = 0; step < lines.length; step++) {
      const at = (step + turn + WARM_UP) % lines.length
      const ns = await lines[at]?.repeat(packet, messages)
      if (turn >= 0 && ns !== undefined) results[at]?.push(ns)
    }
  }
  return results
}

const rows: Row[] = []
for (const { name: job, inputs, contenders } of JOBS) {
  const lines = await Promise.all(Object.values(contenders).map(lineTo))
  const cells = Object.keys(contenders).map((contender): Record<string, string> => ({ job, contender }))
  for (const { title, of } of COLUMNS) {
    const [base = [], ...others] = await measure(lines, packetOf(of(inputs)))
    for (const [at, row] of cells.entries()) {
      const own = at === 0 ? undefined : others[at - 1]
      row[title] =
        own === undefined
          ? `${median(base).toFixed(0)} ns`
          : spread(own.map((ns, turn) => ns / (base[turn] ?? Number.NaN)))
    }
  }
  rows.push(...cells)
  for (const line of lines) line.close()
}
write('dispatch', `CPU time per message × ${PLAIN}, ${turns} turns of ${messages} messages`, rows, values)
