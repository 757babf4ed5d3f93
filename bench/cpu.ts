/**
 * Measures a server's CPU time, each in a process of its own, with stock clients of Socket.IO, and with the same bytes on the wire; and
 * that of a client which calls it as another service does.
 * The servers take turns, in a different order and in new processes each time. Every figure is a ratio to Socket.IO without any
 * check in the same turn.
 */
import { parseArgs } from 'node:util'
import { contend, type Contender } from './cpu/contend.js'
import { BASE, CONTENDERS } from './cpu/contenders.js'
import { BURSTS, JOBS } from './cpu/jobs.js'
import { countSyscalls, hasStrace, writesIn } from './cpu/syscalls.js'
import { median, spread, write } from './table.js'

const { values } = parseArgs({
  options: {
    turns: { type: 'string', default: '5' },
    repeats: { type: 'string', default: '3' },
    only: { type: 'string', default: '' },
    syscalls: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
  },
})
const [turns, repeats] = [Number(values.turns), Number(values.repeats)]
const only = new RegExp(values.only)
const jobs = JOBS.filter(({ name }) => only.test(name))
const crowd = {
  callers: Math.max(0, ...jobs.map(job => job.crowd.callers ?? 0)),
  lines: Math.max(0, ...jobs.map(job => job.crowd.lines ?? 0)),
  listeners: Math.max(0, ...jobs.map(job => job.crowd.listeners ?? 0)),
  services: Math.max(0, ...jobs.map(job => job.crowd.services ?? 0)),
}

if (values.syscalls) {
  if (!hasStrace()) throw new Error('expected strace, which counts system calls; install it: apt-get install strace')
  const burstRows: Record<string, string>[] = BURSTS.map(({ name }) => ({ burst: name }))
  for (const name of CONTENDERS.keys()) {
    const contender = await contend(name, { callers: 1, lines: 1, listeners: 100, services: 0 })
    for (const [at, { run }] of BURSTS.entries()) {
      await run(contender)
      const calls = await countSyscalls(contender.pid, () => run(contender))
      Object.assign(burstRows[at] ?? {}, { [name]: `${writesIn(calls)} writes, ${calls.get('total')} in all` })
    }
    contender.close()
  }
  write('cpu: system calls', 'System calls of the server, counted by strace', burstRows, values)
  process.exit()
}

const results = new Map<string, number[]>()
const keyOf = (job: string, contender: string): string => `${job}: ${contender}`
for (let turn = 0; turn < turns; turn++) {
  // New processes in each turn, since the code that V8 compiles for a process affects all of its calls.
  const contenders: Contender[] = []
  for (const name of CONTENDERS.keys()) contenders.push(await contend(name, crowd))
  for (const job of jobs) {
    const pace = { callsPerMs: 0 }
    for (const contender of contenders) await job.run(contender, pace)
    for (let repeat = 0; repeat < repeats; repeat++) {
      const first = (turn + repeat) % contenders.length
      for (const contender of [...contenders.slice(first), ...contenders.slice(0, first)]) {
        const key = keyOf(job.name, contender.name)
        results.set(key, [...(results.get(key) ?? []), await job.run(contender, pace)])
      }
    }
  }
  for (const contender of contenders) contender.close()
}

const rows = jobs.map(({ name, unit }) => {
  const base = results.get(keyOf(name, BASE)) ?? []
  const cell = (contender: string): string =>
    spread((results.get(keyOf(name, contender)) ?? []).map((value, at) => value / (base[at] ?? Number.NaN)))
  const row: Record<string, string> = { load: name, [BASE]: `${median(base).toFixed(2)} ${unit}` }
  for (const contender of CONTENDERS.keys()) if (contender !== BASE) row[contender] = cell(contender)
  return row
})
const heading = `The server, or the client where that is said, × ${BASE}, ${turns} turns of ${repeats}; calls: connections × calls in flight each`
write('cpu', heading, rows, values)
process.exit()
