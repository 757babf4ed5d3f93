import { describe } from '../../test/harness.js'
import { contend } from '../broadcast/contend.js'
import { CONTENDERS } from '../broadcast/contenders.js'

describe('a contender of the benchmark of broadcasts', it => {
  for (const name of CONTENDERS.keys()) {
    it(`brings each socket what it should, and no more: ${name}`, { timeoutMs: 60_000 }, async ({ defer }) => {
      const contender = await contend(name, 20)
      defer(() => contender.close())
      await contender.send('small', 3)
    })
  }
})
