import * as assert from 'uvu/assert'
import { describe } from '../../test/harness.js'
import { measure, STEPS } from '../attach/measure.js'

describe('a contract in the attach benchmark', it => {
  it('answers correctly and takes a measurable time for each step', { timeoutMs: 300_000 }, async () => {
    const measured = await measure(20)
    for (const [step, name] of Object.entries(STEPS)) assert.ok(measured[step as keyof typeof STEPS] > 0, name)
  })

  it('appears in full in its document', { timeoutMs: 300_000 }, async () => {
    const [few, many] = [await measure(10), await measure(30)]
    const each = few.bytes / 10
    assert.ok(Math.abs(many.bytes / 30 / each - 1) < 0.2, `10 events have ${few.bytes} bytes, 30 ${many.bytes}`)
  })
})
