/** What a contract costs the compiler: `node types.ts 50,200,1000`. */
import { compile, type Compiler } from './types/compile.js'
import { programs } from './types/programs.js'

const COUNTS = (process.argv[2] ?? '50,200,1000').split(',').map(Number)
const COMPILERS: readonly Compiler[] = ['typescript-5', 'typescript']

for (const compiler of COMPILERS) {
  const rows = []
  for (const [name, program] of Object.entries(programs)) {
    let before = { events: 0, instantiations: 0 }
    for (const events of COUNTS) {
      const { instantiations, checkSeconds, memoryMb } = await compile(compiler, program(events))
      const each = (instantiations - before.instantiations) / (events - before.events)
      rows.push({
        program: name,
        events,
        instantiations,
        'more per event': before.events === 0 ? '' : each.toFixed(0),
        'check, s': checkSeconds,
        'memory, MB': Math.round(memoryMb),
      })
      before = { events, instantiations }
    }
  }
  console.log(compiler)
  console.table(rows)
}
