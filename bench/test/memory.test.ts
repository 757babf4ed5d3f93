import * as assert from 'uvu/assert'
import { createServer } from 'node:http'
import { Server } from 'socket.io'
import { describe } from '../../test/harness.js'
import { namesOf, validInput, validReply } from '../many.js'
import { contenderOf, CONTENDERS, FLOOR } from '../memory/contenders.js'
import { connected, listening } from '../peers/peer.js'

const SILENT: ReadonlySet<string> = new Set([FLOOR, 'the same again'])

describe('a contender of the benchmark of memory', it => {
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
