/**
 * Measures the compiler's cost of a contract. The contenders take turns, in a different order each time. A ratio is one to event
 * maps in the same turn. The number of instantiations is the same in each turn and on each machine.
 */
import { parseArgs } from 'node:util'
import { median, spread, write, type Row } from './table.js'
import { compile, type Compiler, type Diagnostics } from './types/compile.js'
import type { Program } from './types/program.js'
import { BASE, contenders } from './types/programs.js'
import { staticTypes } from './types/typebox.js'

const { values } = parseArgs({
  options: {
    events: { type: 'string', default: '50,200,1000' },
    turns: { type: 'string', default: '3' },
    json: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
  },
})
const counts = values.events.split(',').map(Number)
const turns = Number(values.turns)
const COMPILERS: ReadonlyMap<string, Compiler> = new Map([
  ['7', 'typescript'],
  ['5.9', 'typescript-5'],
])
const compared = new Map<string, (events: number) => Program>([
  ...[...contenders].map(([name, { program }]) => [name, program] as const),
  ["TypeBox's Static alone", staticTypes],
])

const inTurns = async (compiler: Compiler, events: number): Promise<ReadonlyMap<string, readonly Diagnostics[]>> => {
  const results = new Map<string, Diagnostics[]>([...compared.keys()].map(name => [name, []]))
  const written = [...compared].map(([name, program]) => [name, program(events)] as const)
  for (let turn = 0; turn < turns; turn++) {
    const first = turn % written.length
    for (const [name, program] of [...written.slice(first), ...written.slice(0, first)])
      results.get(name)?.push(await compile(compiler, program))
  }
  return results
}

const rows: Row[] = []
for (const [version, compiler] of COMPILERS) {
  const before = new Map<string, { readonly events: number; readonly instantiations: number }>()
  for (const events of counts) {
    const results = await inTurns(compiler, events)
    const seconds = (name: string): number[] => results.get(name)?.map(({ checkSeconds }) => checkSeconds) ?? []
    const base = seconds(BASE)
    for (const [name, all] of results) {
      const instantiations = all[0]?.instantiations ?? Number.NaN
      const fewer = before.get(name)
      before.set(name, { events, instantiations })
      const more = fewer && (instantiations - fewer.instantiations) / (events - fewer.events)
      // There are no figures if the compiler gave up.
      const isRefused = all.some(({ isTooComplex }) => isTooComplex)
      const cell = (text: string): string => (isRefused ? '' : text)
      rows.push({
        TypeScript: version,
        events: String(events),
        contender: name,
        instantiations: isRefused ? 'refused as too complex (TS2859)' : String(instantiations),
        'each event more': cell(more?.toFixed(0) ?? ''),
        'check, s': cell(median(seconds(name)).toFixed(2)),
        [`check × ${BASE}`]: cell(spread(seconds(name).map((value, turn) => value / (base[turn] ?? Number.NaN)))),
        'memory, MB': cell(median(all.map(({ memoryMb }) => memoryMb)).toFixed(0)),
      })
    }
  }
}
write('types', `An application with a handler and a call of each event, ${turns} turns`, rows, values)
