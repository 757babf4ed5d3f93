import * as assert from 'uvu/assert'
import { describe } from '../../test/harness.js'
import { askAtOnce, connect, SENDERS } from '../outputs/selections.js'

describe('a sender in the benchmark of outputs', it => {
  for (const [name, make] of Object.entries(SENDERS))
    it(`emits, selects and is answered: ${name}`, async ({ defer }) => {
      const sender = await connect(make)
      defer(() => sender.line.close())
      const heard: string[] = []
      sender.line.hear(packet => void heard.push(packet))
      sender.emitToRoom()
      assert.ok(sender.selectNamespace())
      assert.equal(await askAtOnce(sender, 3), [1, 1, 1])
      assert.equal(heard, [], 'nobody is in the room')
    })
})
