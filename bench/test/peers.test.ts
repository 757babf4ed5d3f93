import { describe } from '../../test/harness.js'
import { PEERS } from '../peers/all.js'
import { contend } from '../peers/contender.js'

describe('a contender in the peer benchmark', it => {
  for (const name of PEERS.keys()) {
    it(`answers valid calls and refuses invalid ones: ${name}`, { timeoutMs: 300_000 }, async ({ defer }) => {
      const contender = await contend(name, 2)
      defer(() => contender.close())
    })
  }
})
