import * as assert from 'uvu/assert'
import { describe } from '../../../test/harness.js'
import { anySeed, fuzz } from '../../core/test/fuzz/campaign.js'
import { compared } from './differential.js'

const seed = anySeed()
const runs = Math.round(340 * Number(process.env['FUZZ'] ?? 1))

describe('a server, a client, TypeBox and the document', it => {
  it('agree about values of schemas of every kind', { timeoutMs: 600_000 }, async ({ print }) => {
    await fuzz('schemas', { seed, runs })
    print(
      `schemas: seed ${seed}, ${JSON.stringify(compared)}; the same again: SEED=${seed}; longer: npm run fuzz -- 10m --only schemas`,
    )
    const { cases, refused, schemas, ...each } = compared
    assert.ok(cases >= 20_000 * (runs / 340) && refused < schemas / 2, 'hardly anything was tried')
    assert.ok(Math.min(...Object.values(each)) > runs, 'a comparison was hardly made')
  })
})
