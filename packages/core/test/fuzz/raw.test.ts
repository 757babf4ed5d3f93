import { fork } from 'node:child_process'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { io as connect } from 'socket.io-client'
import * as msgpack from 'socket.io-msgpack-parser'
import * as standard from 'socket.io-parser'
import * as assert from 'uvu/assert'
import { describe, type TestContext } from '../../../../test/harness.js'
import { sources } from '../../../../test/sources.js'
import { attacks } from './hostile-connections.js'
import { anySeed } from './campaign.js'
import type { ServerState } from './server-process.js'

const KINDS = ['JSON', 'JSON, guarded', 'msgpack', 'msgpack, guarded'] as const
const ATTACKS = 200

const seed = anySeed()

/** Starts the process that is attacked. */
const startServer = async ({ defer }: TestContext) => {
  const child = fork(join(import.meta.dirname, 'server-process.ts'), {
    execArgv: [...sources],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', chunk => (output += chunk))
  let hasEnded = false
  const ended = new Promise<void>(resolve => child.once('exit', () => resolve()))
  void ended.then(() => (hasEnded = true))
  defer(async () => {
    child.kill()
    await ended
  })
  const message = <Message>(): Promise<Message> =>
    new Promise((resolve, reject) => {
      child.once('message', received => resolve(received as Message))
      void ended.then(() => reject(new Error(`the process has ended:\n${output}`)))
    })
  return {
    ports: await message<number[]>(),
    assertAlive: () => assert.not(hasEnded, `the process has ended (seed ${seed}):\n${output}`),
    remains: (): Promise<ServerState[]> => {
      const state = message<ServerState[]>()
      child.send('remains')
      return state
    },
  }
}

/** A client that behaves, and calls all the time. */
const startNeighbour = async (port: number, isMsgpack: boolean, { defer }: TestContext) => {
  const socket = connect(`http://127.0.0.1:${port}`, {
    transports: ['websocket'],
    reconnection: false,
    forceNew: true,
    ...(isMsgpack ? { parser: msgpack } : {}),
  })
  defer(() => socket.disconnect())
  socket.on('probe', (value, ack) => ack(value))
  await new Promise<void>((resolve, reject) => socket.once('connect', resolve).once('connect_error', reject))
  const served = { calls: 0, slowest: 0 }
  const duty = { isOver: false }
  const calling = (async () => {
    while (!duty.isOver) {
      const started = performance.now()
      assert.is(await socket.timeout(60_000).emitWithAck('ping', served.calls), served.calls)
      served.slowest = Math.max(served.slowest, performance.now() - started)
      served.calls++
    }
  })()
  return {
    served,
    async stop() {
      duty.isOver = true
      await calling
    },
  }
}

describe('a server in its own process, over real connections', it => {
  it('survives any bytes, and serves another client meanwhile', { timeoutMs: 300_000 }, async context => {
    // Made first, because that takes this process's time, which the neighbours need.
    const runs = Math.round(ATTACKS * Number(process.env['FUZZ'] ?? 1))
    const made = KINDS.map((_, kind) =>
      fc.sample(attacks(kind > 1 ? msgpack : standard, kind > 1), { seed: seed + kind, numRuns: runs }),
    )
    const server = await startServer(context)
    const neighbours = await Promise.all(server.ports.map((port, kind) => startNeighbour(port, kind > 1, context)))
    let done = 0
    for (const [kind, port] of server.ports.entries()) {
      const next = made[kind]!.values()
      const attacker = async (): Promise<void> => {
        for (const attack of next) {
          await attack(port)
          server.assertAlive()
          done++
        }
      }
      await Promise.all([attacker(), attacker(), attacker()])
    }
    for (const { stop } of neighbours) await stop()
    server.assertAlive()

    // An attacker whose session goes on by itself is gone when its ping is due.
    let remains = await server.remains()
    for (const { wrong } of remains) assert.equal(wrong, [])
    const allowed = /^\/(in|room-\{id\}|room-[1-5]|_\d+)?$/
    for (const { namespaces } of remains)
      assert.equal(
        namespaces.filter(name => !allowed.test(name)),
        [],
      )
    while (!remains.every(({ sockets, connections }) => sockets === 1 && connections === 1)) {
      await new Promise(resolve => setTimeout(resolve, 100))
      remains = await server.remains()
    }
    context.print(`raw: seed ${seed}, ${done} connections; the same again: SEED=${seed}; more: FUZZ=10`)
    for (const [kind, { served }] of neighbours.entries()) {
      const { handled = 0, refused = 0 } = remains[kind] ?? {}
      context.print(
        `raw, ${KINDS[kind]}: ${handled} calls handled, ${refused} refused; the neighbour was served ${served.calls} times, at the slowest in ${Math.round(served.slowest)} ms`,
      )
      assert.ok(handled > runs / 5 && refused > runs / 10 && served.calls > 10, 'hardly anything was tried')
    }
  })
})
