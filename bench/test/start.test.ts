import * as assert from 'uvu/assert'
import { describe } from '../../test/harness.js'
import { programs } from '../start/measure.js'
import { CONTENDERS } from '../start/programs.js'

describe('a contender in the start benchmark', it => {
  for (const name of CONTENDERS.keys()) {
    it(`answers its first call correctly: ${name}`, { timeoutMs: 300_000 }, async ({ defer }) => {
      // Runs the packages' sources, so that no build is needed.
      const { run, remove } = programs(process.execArgv)
      defer(remove)
      const { server, client } = await run(name)
      assert.ok(server > 0 && client > 0)
    })
  }
})
