import { describe } from '../../test/harness.js'
import { contend } from '../broadcast/contend.js'
import { CONTENDERS } from '../broadcast/contenders.js'

describe('a contender in the broadcast benchmark', it => {
  for (const name of CONTENDERS.keys()) {
    it(
      `delivers every valid output to each socket and nothing else: ${name}`,
      { timeoutMs: 300_000 },
      async ({ defer }) => {
        const contender = await contend(name, 20)
        defer(() => contender.close())
        await contender.send('small', 3)
      },
    )
  }
})
