import { event, router } from '@ackwire/core'
import { Type } from '@sinclair/typebox'
import type { Socket } from 'socket.io-client'
import * as assert from 'uvu/assert'
import { describe } from '../../../test/harness.js'
import { serve, TRANSPORTS, until } from './serve.js'

const api = router({ work: event.input(Type.Integer()).ack(Type.Integer()) })

const CLIENTS = 200
/** The number of calls that each client has in flight. */
const AT_ONCE = 2

/** Counts the outcomes of the calls of a client: replies, error codes, and disconnects. */
type Outcomes = Map<number, unknown[]>

const codeIn = (reply: unknown): unknown => Reflect.get(Object(Reflect.get(Object(reply), '$error')), 'code')

describe('close under load', it => {
  for (const transport of TRANSPORTS) {
    it(`loses no acknowledged call of ${CLIENTS} clients over ${transport}`, { timeoutMs: 300_000 }, async context => {
      const { io, server, client } = await serve(api, context, { transport })
      const begun = new Map<number, number>()
      const done = new Map<number, number>()
      const count = (calls: Map<number, number>, call: number): void => void calls.set(call, (calls.get(call) ?? 0) + 1)
      let release = (): void => {}
      // The first until the server has refused enough; of the others some at once, some in a later turn, some later.
      const refused = { count: 0 }
      server.on.work(({ input }) => {
        count(begun, input)
        if (input === 1) return new Promise(resolve => (release = () => (count(done, input), resolve(-input))))
        if (input % 3 === 0) return (count(done, input), -input)
        return new Promise(resolve => {
          const finish = (): void => (count(done, input), resolve(-input))
          if (input % 3 === 1) setImmediate(finish)
          else setTimeout(finish, input % 40)
        })
      })

      const sockets: Socket[] = []
      for (let at = 0; at < CLIENTS; at += 20)
        sockets.push(...(await Promise.all(Array.from({ length: 20 }, () => client()))))
      const outcomes: Outcomes = new Map()
      let next = 1
      // Each calls again as soon as it is answered, also while the server refuses, until its socket leaves.
      const call = (socket: Socket): void => {
        const id = next++
        const told: unknown[] = []
        outcomes.set(id, told)
        socket.timeout(100_000).emit('work', id, (left: unknown, reply: unknown) => {
          told.push(left === null ? (codeIn(reply) ?? reply) : 'DISCONNECTED')
          if (told[0] === 'OVERLOADED' && ++refused.count === 2 * CLIENTS) release()
          if (socket.connected) setImmediate(call, socket)
        })
      }
      for (const socket of sockets) for (let each = 0; each < AT_ONCE; each++) call(socket)
      await until(() => done.size > 2 * CLIENTS)
      const closing = server.close({ drain: 60_000 })
      const soFar = outcomes.size
      await closing
      // The others are refused, or unheard once the binding has left, and told so when the server leaves.
      await io.close()
      await until(() => sockets.every(socket => !socket.connected))
      await until(() => [...outcomes.values()].every(({ length }) => length > 0))
      await new Promise(resolve => setTimeout(resolve, 50))

      const tally: Record<string, number> = {}
      for (const [id, told] of outcomes) {
        assert.is(told.length, 1, `call ${id} was answered ${told.length} times`)
        const [outcome] = told
        const kind = outcome === -id ? 'replied' : String(outcome)
        tally[kind] = (tally[kind] ?? 0) + 1
        const times = [begun.get(id) ?? 0, done.get(id) ?? 0]
        assert.equal(times, kind === 'replied' ? [1, 1] : [0, 0], `call ${id}: ${kind}, but handled ${times}`)
      }
      const { replied = 0, OVERLOADED = 0, DISCONNECTED = 0 } = tally
      context.print(
        `close over ${transport}: ${outcomes.size} calls, ${soFar} of them before; ${JSON.stringify(tally)}`,
      )
      assert.is(replied + OVERLOADED + DISCONNECTED, outcomes.size, JSON.stringify(tally))
      assert.is(done.size, replied)
      assert.ok(OVERLOADED >= 2 * CLIENTS, 'hardly a call came while the server was closing')
    })
  }
})
