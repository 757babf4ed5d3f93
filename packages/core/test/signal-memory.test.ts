import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { event, router } from '@ackwire/core'
import { attach } from '@ackwire/core/server'
import { Server } from 'socket.io'
import * as assert from 'uvu/assert'
import { describe } from '../../../test/harness.js'
import { exchangeOf, type Line } from './fuzz/line.js'

setFlagsFromString('--expose-gc')
const collect: () => void = runInNewContext('gc')

const api = router({ listen: event.input().ack(), read: event.input().ack(), wait: event.input().ack() })

/** Connects to the root namespace. */
const join = async (line: Line): Promise<void> => {
  line.send({ type: 0, nsp: '/' })
  while (line.received.length === 0) await new Promise(setImmediate)
}

/** Returns the bytes by which the heap grows with each call, of many. */
const bytesPerCall = async (line: Line, name: string, calls: number): Promise<number> => {
  const heapAfter = async (more: number): Promise<number> => {
    for (let sent = 0; sent < more; sent += BATCH) {
      line.forget()
      for (let id = 0; id < BATCH; id++) line.send({ type: 2, nsp: '/', id, data: [name] })
      while (line.received.length < BATCH) await new Promise(setImmediate)
    }
    line.forget()
    collect()
    return process.memoryUsage().heapUsed
  }
  const before = await heapAfter(20_000)
  return ((await heapAfter(calls)) - before) / calls
}

const BATCH = 100

describe('the signal of a call with a time limit', it => {
  for (const [name, calls] of Object.entries({ listen: 100_000, read: 50_000 })) {
    it(`leaves nothing behind when the call is answered: ${name}`, { timeoutMs: 300_000 }, async ({ defer }) => {
      const io = new Server()
      const server = attach(io, api, { timeout: 60_000 })
      server.on.listen(({ signal }) => signal.addEventListener('abort', () => {}))
      server.on.read(({ signal }) => void assert.not(signal.aborted))
      const line = exchangeOf(io)()
      defer(() => {
        line.close()
        server.detach()
      })
      await join(line)
      const bytes = await bytesPerCall(line, name, calls)
      // An ordinary signal with a listener has more than a thousand.
      assert.ok(bytes < 30, `${bytes} bytes for each call`)
    })
  }

  it('is aborted when the client leaves, also after the answer', async ({ defer }) => {
    const io = new Server()
    const server = attach(io, api, { timeout: 60_000 })
    defer(() => server.detach())
    const signals: AbortSignal[] = []
    let finish = (): void => {}
    defer(() => finish())
    for (const name of ['listen', 'read'] as const) server.on[name](({ signal }) => void signals.push(signal))
    server.on.wait(async ({ signal }) => {
      signals.push(signal)
      await new Promise<void>(resolve => (finish = resolve))
    })
    const line = exchangeOf(io)()
    await join(line)
    for (const [id, name] of ['listen', 'read', 'wait'].entries()) line.send({ type: 2, nsp: '/', id, data: [name] })
    await new Promise(setImmediate)
    collect()
    assert.equal(
      signals.map(({ aborted }) => aborted),
      [false, false, false],
    )
    line.close()
    assert.equal(
      signals.map(({ aborted }) => aborted),
      [true, true, true],
    )
  })
})
