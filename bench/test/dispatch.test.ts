import * as assert from 'uvu/assert'
import { describe } from '../../test/harness.js'
import { JOBS, UNCHECKED } from '../dispatch/jobs.js'
import { lineTo, packetOf } from '../dispatch/line.js'

describe('a contender in the dispatch benchmark', it => {
  for (const { name: job, inputs, contenders } of JOBS)
    for (const [name, bind] of Object.entries(contenders))
      it(`answers and refuses correctly: ${job}, ${name}`, async ({ defer }) => {
        const line = await lineTo(bind)
        defer(() => line.close())
        for (const { valid, invalid } of Object.values(inputs)) {
          const answers = [await line.ask(packetOf(valid)), await line.ask(packetOf(invalid))]
          if (UNCHECKED.has(name))
            for (const answer of answers) assert.match(answer, /^430\[{"success":(true|false)}\]$/)
          else {
            assert.is(answers[0], '430[{"success":true}]')
            assert.match(answers[1] ?? '', /^430\[{"(\$error":{"code":"INVALID_INPUT"|error":)/)
          }
        }
      })
})
