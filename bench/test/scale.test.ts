import * as assert from 'uvu/assert'
import { describe } from '../../test/harness.js'
import { CONTENDERS } from '../scale/contenders.js'
import { JOBS } from '../scale/jobs.js'

describe('a contender in the benchmark of scale', it => {
  for (const [name, bind] of CONTENDERS)
    for (const job of JOBS)
      it(`does the work: ${job.name}, ${name}`, async () => {
        const figure = await job.run(bind, job.small)
        assert.ok(Number.isFinite(figure), `${figure}`)
        if (job.unit === 'µs') assert.ok(figure > 0, `${figure} µs`)
      })
})
