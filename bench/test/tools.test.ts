import * as assert from 'uvu/assert'
import { describe } from '../../test/harness.js'
import { COMMANDS, measure } from '../tools/measure.js'

describe('the benchmark of tools', it => {
  it('runs each command, and measures what it has used', { timeoutMs: 300_000 }, async () => {
    const used = await measure(5)
    assert.equal([...used.keys()], Object.keys(COMMANDS))
    for (const [command, { cpu, memory }] of used) {
      assert.ok(cpu > 0, `${command}: ${cpu} s`)
      assert.ok(memory > 10, `${command}: ${memory} MB`)
    }
  })
})
