import * as assert from 'uvu/assert'
import { describe } from '../../test/harness.js'
import { programs } from '../start/measure.js'
import { CONTENDERS } from '../start/programs.js'

describe('a contender of the benchmark of starts', it => {
  for (const name of CONTENDERS.keys()) {
    it(`answers what it should: ${name}`, { timeoutMs: 60_000 }, async ({ defer }) => {
      // The packages' sources, so that nothing has to be built.
      const { run, remove } = programs(process.execArgv)
      defer(remove)
      const { server, client } = await run(name)
      assert.ok(server > 0 && client > 0)
    })
  }
})
