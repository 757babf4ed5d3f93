import * as assert from 'uvu/assert'
import { safe } from '../../src/index.js'
import { until, whenConnected, type Body } from './behaviours.js'
import { connect, type NodeClient } from './fleet.js'

const answerTwice = (clients: readonly NodeClient[]): void => {
  for (const client of clients) client.on.double(number => number * 2)
}

const untilAllAnswer = (client: NodeClient, count: number): Promise<void> =>
  until(async () => {
    const [error, replies] = await safe(client.emit.ask({}, 2, 1_000))
    return error === undefined && replies.length === count
  })

/** The faults of a node. */
export const FAULTS: Readonly<Record<string, Body>> = {
  'does not let a stalled node keep the others from their answers': async (clients, { homes }, { defer }) => {
    const [a, , c] = clients
    answerTwice(clients)
    const [, , { pid }] = homes
    const others = clients.filter((_, index) => homes[index]?.pid !== pid)
    process.kill(pid, 'SIGSTOP')
    defer(() => process.kill(pid, 'SIGCONT'))
    const [error] = await safe(a.emit.ask({}, 2, 1_000))
    assert.equal([error?.code, error?.data], ['INCOMPLETE', { code: 'TIMEOUT', replies: others.map(() => 4) }])
    assert.equal(await a.emit.ask({ local: true }, 2, 20_000), [4])
    const heard = others.map(client => client.once.said())
    await a.emit.say({}, 'go on')
    for (const text of heard) assert.is(await text, 'go on')
    assert.is((await safe(c.timeout(200).emit.who()))[0]?.code, 'TIMEOUT')

    const late = c.once.said()
    process.kill(pid, 'SIGCONT')
    assert.is(await late, 'go on')
    await untilAllAnswer(a, 3)
  },
}

/** The outages of the store, once for a while and once for a moment. */
export const OUTAGES: Readonly<Record<string, Body>> = {
  'keeps serving without its store, and recovers when it is back': async (
    clients,
    { fleet: { store }, homes, keepsEmits },
    context,
  ) => {
    const [a, b, c] = clients
    // Where emits wait for the store, it stays away for longer than what they may wait for.
    const back = performance.now() + (keepsEmits ? 10_000 : 1_000)
    const visitor = await connect(context, homes[1].url)
    answerTwice([...clients, visitor])
    const heard = clients.map(() => [] as string[])
    clients.forEach((client, index) => client.on.said(text => heard[index]?.push(text)))
    const pids = homes.map(({ pid }) => pid)

    // A node that has not received anything from another one yet misses outputs sent before the other reconnects to a new Redis.
    await a.emit.say({}, 'before')
    await until(() => heard.every(texts => texts.length === 1))
    const asked = [a.emit.others(), b.emit.others(), c.emit.members('readers')].map(call =>
      safe<unknown, unknown>(call),
    )
    await store?.kill()
    assert.equal(await Promise.all(clients.map(client => client.emit.who())), pids)
    const [error] = await safe(a.emit.ask({}, 2, 1_000))
    assert.equal([error?.code, error?.data], ['INCOMPLETE', { code: 'TIMEOUT', replies: [4] }])
    assert.equal(await a.emit.ask({ local: true }, 2, 20_000), [4])
    await a.emit.say({}, 'to all')
    const local = new Promise<void>(resolve => a.on.said(text => text === 'to those here' && resolve()))
    await a.emit.say({ local: true }, 'to those here')
    await local
    // With connection state recovery a client connects only once its session can be looked up.
    visitor.socket.io.engine.close()
    await new Promise(resolve => setTimeout(resolve, Math.max(0, back - performance.now())))
    await store?.start()

    await whenConnected(visitor)
    await untilAllAnswer(a, 4)
    await Promise.all(asked)
    if (keepsEmits) {
      await until(() => heard.every(texts => texts.includes('to all')))
      assert.equal(heard, [
        ['before', 'to those here', 'to all'],
        ['before', 'to all'],
        ['before', 'to all'],
      ])
    } else await until(() => heard[0]!.includes('to all'))

    await store?.kill()
    await store?.start()
    await untilAllAnswer(b, 4)
    assert.equal(await Promise.all(clients.map(client => client.emit.who())), pids)
    await a.emit.say({}, 'after')
    await until(() => heard.every(texts => texts.at(-1) === 'after'))
  },
}

/** The end of a node, which changes the fleet for good. */
export const DEATHS: Readonly<Record<string, Body>> = {
  'settles the calls of a node that is killed, and its clients reconnect to another': async (
    clients,
    { fleet, homes },
    context,
  ) => {
    fleet.lead(undefined)
    const client = await connect(context, fleet.url)
    const pid = await client.emit.who()
    const others = clients.filter((_, index) => homes[index]?.pid !== pid)
    const [other] = others
    answerTwice([client, ...clients])

    const waiting = safe(client.emit.wait())
    await client.emit.who()
    const lost = new Promise<unknown>(resolve => client.on.disconnect(resolve))
    process.kill(pid, 'SIGKILL')
    await lost
    assert.is((await waiting)[0]?.code, 'DISCONNECTED')

    await whenConnected(client)
    assert.is.not(await client.emit.who(), pid)
    assert.is(client.socket.recovered, false, 'a node that is killed leaves no session')
    const heard = client.once.said()
    await other!.emit.say({}, 'still here')
    assert.is(await heard, 'still here')
    await untilAllAnswer(other!, others.length + 1)
  },
}
