import * as assert from 'uvu/assert'
import { describe } from '../../test/harness.js'
import { compile, type Compiler } from '../types/compile.js'
import { programs } from '../types/programs.js'

/** The compiler's work for an event, its handler and a call of it: about 2 % more than it is. */
const BUDGET = 692

const known = new Map<string, Promise<number>>()
const instantiations = (compiler: Compiler, name: keyof typeof programs, events: number): Promise<number> => {
  const key = `${compiler} ${name} ${events}`
  const count = known.get(key) ?? compile(compiler, programs[name](events)).then(said => said.instantiations)
  known.set(key, count)
  return count
}

/** What each event more costs, between two sizes. */
const costOf = async (compiler: Compiler, name: keyof typeof programs, few: number, many: number): Promise<number> =>
  ((await instantiations(compiler, name, many)) - (await instantiations(compiler, name, few))) / (many - few)

// Six seconds of work, on a machine that may have much else to do.
const patient = { timeoutMs: 300_000 }

describe('the types of a contract', it => {
  for (const compiler of ['typescript-5', 'typescript'] as const) {
    it(`cost ${compiler} at most ${BUDGET} instantiations per event`, patient, async () => {
      const cost = await costOf(compiler, 'ackwire', 50, 200)
      assert.ok(cost <= BUDGET, `an event costs ${cost}`)
    })
  }

  it('cost less than what Static alone makes of their schemas', patient, async () => {
    const cost = await costOf('typescript', 'Static', 50, 200)
    assert.ok(cost > BUDGET, `what Static makes of them costs ${cost}`)
  })

  it('cost the same for each event of many', patient, async () => {
    const some = await costOf('typescript', 'ackwire', 50, 200)
    const many = await costOf('typescript', 'ackwire', 200, 600)
    assert.ok(Math.abs(many / some - 1) < 0.01, `an event of 200 costs ${some}, one of 600 ${many}`)
  })
})
