import { EventEmitter } from 'node:events'
import type { Server } from 'socket.io'
import * as assert from 'uvu/assert'
import { describe } from '../../../test/harness.js'
import { flush } from '../src/server/shutdown.js'

/** A connection of Engine.IO with packets that have not left the process. */
class Connection extends EventEmitter {
  writeBuffer: unknown[] = ['a packet']

  /** Hands its packets to the transport, as Engine.IO does before it tells of it. */
  sends(event: 'drain' | 'close'): void {
    this.writeBuffer = []
    this.emit(event)
  }

  get waiting(): readonly number[] {
    return [this.listenerCount('drain'), this.listenerCount('close')]
  }
}

/** A server with a namespace for each list, whose sockets have these connections. */
const serverOf = (...namespaces: readonly (readonly Connection[])[]): Server => {
  const all = namespaces.map((conns, at) => {
    const sockets = new Map(conns.map((conn, id) => [String(id), { conn }]))
    return [`/${at}`, { sockets }] as const
  })
  return { _nsps: new Map(all) } as unknown as Server
}

/** Tells whether a promise has settled, after all that it may have caused. */
const isSettled = async (promise: Promise<unknown>): Promise<boolean> => {
  let settled = false
  promise.then(() => (settled = true))
  await new Promise(resolve => setImmediate(resolve))
  return settled
}

const HOUR = 3_600_000

describe('what is written before a close', it => {
  it('is waited for on each connection, once for all its namespaces', async () => {
    const [one, other, empty] = [new Connection(), new Connection(), new Connection()]
    empty.writeBuffer = []
    const flushed = flush(serverOf([one, empty], [one, other]), HOUR)
    assert.equal(
      [one.waiting, other.waiting, empty.waiting],
      [
        [1, 1],
        [1, 1],
        [0, 0],
      ],
    )
    one.sends('drain')
    assert.is(await isSettled(flushed), false)
    assert.equal(
      [one.waiting, other.waiting],
      [
        [0, 0],
        [1, 1],
      ],
    )
    // A connection that is lost has nothing to send any more.
    other.sends('close')
    assert.is(await isSettled(flushed), true)
    assert.equal(
      [one.waiting, other.waiting],
      [
        [0, 0],
        [0, 0],
      ],
    )
  })

  it('is not waited for where nothing is left', async () => {
    const sent = new Connection()
    sent.writeBuffer = []
    assert.is(await isSettled(flush(serverOf([sent], []), HOUR)), true)
    assert.is(await isSettled(flush(serverOf(), HOUR)), true)
  })

  it('leaves no listener where the time is over', async () => {
    const [one, other] = [new Connection(), new Connection()]
    await flush(serverOf([one], [other]), 1)
    assert.equal(
      [one.waiting, other.waiting],
      [
        [0, 0],
        [0, 0],
      ],
    )
  })

  it('leaves no timer', async context => {
    const timers = new Set<unknown>()
    const { setTimeout: begin, clearTimeout: end } = globalThis
    Object.assign(globalThis, {
      setTimeout: (...args: Parameters<typeof begin>) => {
        const timer = begin(...args)
        if (args[1] === HOUR) timers.add(timer)
        return timer
      },
      clearTimeout: (timer: NodeJS.Timeout) => (timers.delete(timer), end(timer)),
    })
    context.defer(() => void Object.assign(globalThis, { setTimeout: begin, clearTimeout: end }))
    const one = new Connection()
    const flushed = flush(serverOf([one]), HOUR)
    one.sends('drain')
    await Promise.all([flushed, flush(serverOf(), HOUR)])
    assert.is(timers.size, 0)
  })
})
