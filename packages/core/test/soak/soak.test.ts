import * as assert from 'uvu/assert'
import { describe } from '../../../../test/harness.js'
import { reportOf, soak, times } from './soak.js'

describe('a server and its clients', it => {
  it('agree on every message, and nothing is left of them', { timeoutMs: 300_000 }, async ({ print }) => {
    const { table, wrong } = reportOf(await soak({ clients: 500, turns: times(500 * 16) }))
    print(table)
    assert.equal(wrong, [])
  })
})
