import { serve } from '@ackwire/core/testing'
import { event, router } from '@ackwire/core'
import { tracked } from '@ackwire/core/server'
import type { Page } from '@ackwire/core/wire'
import { Type } from '@sinclair/typebox'
import * as assert from 'uvu/assert'
import { describe, type TestContext } from '../../../../test/harness.js'
import { TRANSPORTS, until, type Transport } from '../../../core/test/serve.js'
import { PYTHON, run, type Program } from './python.js'

const api = router({
  count: event.input(Type.Integer()).stream(Type.Integer()).errors({ TOO_FAR: Type.Null() }),
  chunks: event.input().stream(Type.Uint8Array()),
  tail: event.input(Type.String(), Type.Optional(Type.Integer())).stream(Type.String()),
})

/** Emits an event and returns its answer as a page of a stream. */
const pageOf = async (program: Program, event: string, ...args: unknown[]): Promise<Page> => {
  program.send('call', event, ...args)
  const [page] = await program.told('answered')
  return page as Page
}

const start = async (context: TestContext, transport: Transport) => {
  const { server, url, close } = await serve(api)
  context.defer(close)
  const connect = async (): Promise<Program> => {
    const program = run(context, 'stream.py', JSON.stringify([url, transport]))
    await program.told('connected')
    return program
  }
  return { server, connect, program: await connect() }
}

for (const transport of TRANSPORTS) {
  describe(`python-socketio over ${transport}, at a stream of ours`, it => {
    it('reads it to its end, or to its error', { needs: PYTHON }, async context => {
      const { server, program } = await start(context, transport)
      server.on.count(async function* ({ input, fail }) {
        for (let number = 1; number <= input; number++) {
          if (number === 80) fail('TOO_FAR', null)
          if (number % 10 === 0) await new Promise(resolve => setTimeout(resolve, 1))
          yield number
        }
      })
      for (const [to, items, end] of [
        [70, 70, []],
        [100, 79, ['TOO_FAR']],
      ] as const) {
        program.send('read', 'count', to)
        for (let number = 1; number <= items; number++) assert.equal(await program.told('item'), [number])
        assert.equal(await program.told('end'), [...end])
      }
    })

    it('gets bytes', { needs: PYTHON }, async context => {
      const { server, program } = await start(context, transport)
      server.on.chunks(async function* () {
        yield Uint8Array.of(1, 2, 255)
        yield Uint8Array.of(3)
      })
      program.send('read', 'chunks')
      const bytes = [await program.told('item'), await program.told('item')].map(([item]) => Array.from(item as Buffer))
      assert.equal(bytes, [[1, 2, 255], [3]])
      assert.equal(await program.told('end'), [])
    })

    it('stops it, and resumes it with another connection', { needs: PYTHON }, async context => {
      const { server, program, connect } = await start(context, transport)
      const ended: unknown[] = []
      server.on.tail(async function* ({ input: [name, from = 0], lastEventId, signal }) {
        try {
          const first = lastEventId === undefined ? from : Number(lastEventId) + 1
          for (let line = first; line < first + 3; line++) yield tracked(String(line), `${name} ${line}`)
          await new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)))
        } finally {
          ended.push(lastEventId)
        }
      })
      const page = await pageOf(program, 'tail', 'app', 7)
      assert.equal([page.items, page.lastEventId], [['app 7', 'app 8', 'app 9'], '9'])
      program.send('leave', '')
      await until(() => ended.length === 1)
      const other = await connect()
      const resumed = await pageOf(other, 'tail:resume', '9', 'app', 7)
      assert.equal(resumed.items, ['app 10', 'app 11', 'app 12'])
      other.send('call', 'tail:stop', resumed.next)
      assert.equal(await other.told('answered'), [])
      await until(() => ended.length === 2)
      assert.equal(ended, [undefined, '9'])
    })
  })
}
