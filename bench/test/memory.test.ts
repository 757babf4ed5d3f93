import * as assert from 'uvu/assert'
import { createServer } from 'node:http'
import { Server } from 'socket.io'
import { describe } from '../../test/harness.js'
import { namesOf, validInput, validReply } from '../many.js'
import { ACKWIRE, contenderOf, CONTENDERS, FLOOR } from '../memory/contenders.js'
import { measure } from '../memory/measure.js'
import { connected, listening } from '../peers/peer.js'

const SILENT: ReadonlySet<string> = new Set([FLOOR, 'the same again'])

describe('a contender in the memory benchmark', it => {
  for (const name of CONTENDERS.keys()) {
    it(`${SILENT.has(name) ? 'has no listener' : 'answers each event'}: ${name}`, async ({ defer }) => {
      const http = createServer()
      const io = new Server(http, { transports: ['websocket'] })
      defer(() => io.close())
      contenderOf(name)(io, 20)
      const socket = await connected(await listening(http))
      defer(() => socket.disconnect())
      if (SILENT.has(name)) {
        const [at] = [...io.sockets.sockets.values()]
        const own = namesOf(20)
        return assert.equal(
          at?.eventNames().filter(event => own.includes(String(event))),
          [],
        )
      }
      for (const event of namesOf(20)) {
        assert.equal(await socket.emitWithAck(event, validInput(event)), validReply(event))
      }
    })
  }
})

/**
 * The maximum per connection above plain Socket.IO without listeners, with 1,000 events in the contract. The real figure is about
 * a kilobyte, and a run can be off by half of one; a closure per event would add fifty.
 */
const CEILING_BYTES = 3_000

describe('the memory of a connection', it => {
  it(`is at most ${CEILING_BYTES} bytes more with a contract of 1,000 events`, { timeoutMs: 300_000 }, async () => {
    const [ours, floor] = [await measure(ACKWIRE, 1_000), await measure(FLOOR, 1_000)]
    assert.ok(
      ours - floor <= CEILING_BYTES,
      `a connection needs ${ours - floor} bytes more, expected at most ${CEILING_BYTES}`,
    )
  })
})
