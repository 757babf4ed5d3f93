import * as assert from 'uvu/assert'
import { describe } from '../../test/harness.js'
import { contend } from '../cpu/contend.js'
import { CONTENDERS } from '../cpu/contenders.js'
import { INPUTS } from '../peers/input.js'

describe('a contender in the benchmark of CPU time', it => {
  for (const name of CONTENDERS.keys())
    it(`answers calls, and sends outputs and items: ${name}`, { timeoutMs: 300_000 }, async ({ defer }) => {
      const contender = await contend(name, { callers: 2, lines: 1, listeners: 2, services: 1 })
      defer(() => contender.close())
      const figures = [
        await contender.calls(INPUTS.small.valid, 8, { connections: 2, inFlight: 2 }),
        await contender.service({ ticks: 2, inTick: 4 }),
        await contender.outputs(2, 2),
        await contender.items(2, { items: 3, ms: 1 }),
        await contender.items(1, { items: 100, ms: 0 }),
        await contender.saturated({ connections: 1, inFlight: 2 }, 8),
        await contender.paced(1, 1_000, 8),
      ]
      for (const [at, figure] of figures.entries()) assert.ok(figure > 0, `${at}: ${figure}`)
    })
})
