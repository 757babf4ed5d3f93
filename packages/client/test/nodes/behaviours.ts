import * as assert from 'uvu/assert'
import type { TestContext } from '../../../../test/harness.js'
import { safe } from '../../src/index.js'
import { connect, type Fleet, type NodeClient } from './fleet.js'

/** Records the outputs that one client on each of three nodes receives, until all of them have received `end`. */
const heardBy = (clients: readonly NodeClient[]): (() => Promise<readonly string[][]>) => {
  const all = clients.map(client => {
    const texts: string[] = []
    const ended = new Promise<void>(resolve => {
      client.on.said(text => (text === 'end' ? resolve() : void texts.push(text)))
    })
    return { texts, ended }
  })
  return async () => {
    // By then the earlier outputs have arrived, since an adapter keeps the order.
    await clients[0]?.emit.say({}, 'end')
    await Promise.all(all.map(({ ended }) => ended))
    return all.map(({ texts }) => texts)
  }
}

/** Resolves when a client is connected. */
export const whenConnected = ({ socket }: Pick<NodeClient, 'socket'>): Promise<void> =>
  new Promise(resolve => (socket.connected ? resolve() : void socket.once('connect', resolve)))

/** Polls until a condition holds. */
export const until = async (condition: () => boolean | Promise<boolean>): Promise<void> => {
  while (!(await condition())) await new Promise(resolve => setTimeout(resolve, 20))
}

/** Connects a client to `/board`; it is closed when the test ends. */
export const enter = async ({ defer }: TestContext, client: NodeClient, name: string) => {
  const board = client.of('/board', { auth: { name } })
  defer(() => board.close())
  await whenConnected(board)
  return board
}

/** A test of a fleet with a client on each of its three nodes. */
export type Body = (
  clients: readonly [NodeClient, NodeClient, NodeClient],
  fleet: Fleet,
  context: TestContext,
) => unknown

/** The behaviours of a server with one node, on several nodes. */
export const BEHAVIOURS: Readonly<Record<string, Body>> = {
  'spreads clients over its processes': async (clients, { nodes }) => {
    const pids = await Promise.all(clients.map(client => client.emit.who()))
    assert.equal(
      pids,
      nodes.map(({ pid }) => pid),
    )
    assert.is(new Set(pids).size, 3)
  },

  'reaches one room, several rooms, and everyone': async ([a, b, c]) => {
    const heard = heardBy([a, b, c])
    await Promise.all([b.emit.join('red'), c.emit.join('red'), c.emit.join('blue')])
    await a.emit.say({ to: ['red'] }, 'red')
    await a.emit.say({ to: ['blue'] }, 'blue')
    await a.emit.say({ to: ['red', 'blue'] }, 'both')
    await a.emit.say({}, 'all')
    assert.equal(await heard(), [['all'], ['red', 'both', 'all'], ['red', 'blue', 'both', 'all']])
  },

  'leaves out the sockets in the excepted rooms': async ([a, b, c]) => {
    const heard = heardBy([a, b, c])
    await Promise.all([a.emit.join('quiet'), b.emit.join('quiet'), b.emit.join('red'), c.emit.join('red')])
    await a.emit.say({ except: ['quiet'] }, 'not the quiet')
    await a.emit.say({ to: ['red'], except: ['quiet'] }, 'the red, not the quiet')
    assert.equal(await heard(), [[], [], ['not the quiet', 'the red, not the quiet']])
  },

  'broadcasts to all sockets but the sender’s': async ([a, b, c]) => {
    const heard = heardBy([a, b, c])
    await Promise.all([a.emit.join('red'), c.emit.join('red')])
    await a.emit.tell('to the red', 'red')
    await b.emit.tell('to all')
    assert.equal(await heard(), [['to all'], [], ['to the red', 'to all']])
  },

  'collects the answers of clients on all nodes': async ([a, b, c]) => {
    for (const client of [a, b, c]) client.on.double(number => number * 2)
    assert.equal(await a.emit.ask({}, 4, 20_000), [8, 8, 8])
    await b.emit.join('red')
    assert.equal(await a.emit.ask({ to: ['red'] }, 5, 20_000), [10])
    assert.equal(await a.emit.ask({ to: ['nobody'] }, 5, 20_000), [])
  },

  'reports the answers received if one is missing or invalid': async ([a, b, c]) => {
    for (const client of [a, b]) client.on.double(number => number * 2)
    const [late] = await safe(a.emit.ask({}, 4, 1_000))
    assert.equal([late?.code, late?.data], ['INCOMPLETE', { code: 'TIMEOUT', replies: [8, 8] }])
    c.socket.on('double', (_: number, answer: (reply: unknown) => void) => answer('eight'))
    const [wrong] = await safe(a.emit.ask({}, 4, 20_000))
    assert.equal([wrong?.code, wrong?.data], ['INCOMPLETE', { code: 'INVALID_REPLY', replies: [8, 8] }])
  },

  'refuses an invalid output on the node that emits it': async ([a, b, c]) => {
    const heard = heardBy([a, b, c])
    assert.match(await a.emit.misspeak(), /said.*\/0 Expected string/)
    assert.equal(await heard(), [[], [], []])
  },

  'carries bytes and encoded values unchanged': async ([a, b, c]) => {
    const shown = [a, b, c].map(client => client.once.shown())
    await a.emit.show()
    for (const [bytes, day] of await Promise.all(shown)) {
      assert.equal([...bytes], [1, 2, 255])
      assert.equal(day, new Date('2026-01-02'))
    }
  },

  'carries what JSON carries, and refuses the rest on the node that emits it': async ([a, b, c]) => {
    const received = [a, b, c].map(client => {
      const values: unknown[] = []
      client.on.presented(value => values.push(value))
      return values
    })
    const before = await Promise.all([a, b, c].map(client => client.emit.who()))
    assert.equal(await b.emit.present(), ['INVALID_OUTPUT', 'INVALID_OUTPUT'])
    await until(() => received.every(values => values.length === 2))
    for (const values of received) {
      const [{ bytes, ...first }, second] = values as [{ bytes: Buffer }, unknown]
      assert.equal([...bytes], [1, 2])
      assert.equal(first, { n: 1, list: [null], at: '1970-01-01T00:00:00.000Z' })
      assert.equal(second, { n: 2, deep: { map: {} } })
    }
    assert.equal(await Promise.all([a, b, c].map(client => client.emit.who())), before)
  },

  'refuses a client whose data other nodes could not get': async ([a], _, { defer }) => {
    const board = a.of('/board', { auth: { name: 'nobody' } })
    defer(() => board.close())
    const refused = new Promise<unknown>(resolve => board.socket.once('connect_error', resolve))
    assert.match(String(await refused), 'The connection was refused')
  },

  'reaches other namespaces, and one with parameters that does not exist on the node itself': async (
    [a, b, c],
    _,
    context,
  ) => {
    const board = await enter(context, b, 'bob')
    const game = c.of('/game-{id}', { id: '42' })
    const other = c.of('/game-{id}', { id: '7' })
    context.defer(() => [game, other].map(client => client.close()))
    await Promise.all([game, other].map(whenConnected))
    const all: string[] = []
    other.on.announced(text => all.push(text))
    const heard = [board.once.announced(), game.once.announced()]
    await a.emit.announce('to the board')
    await a.emit.announce('to the game', '42')
    assert.equal(await Promise.all(heard), ['to the board', 'to the game'])
    const last = other.once.announced()
    await a.emit.announce('to the other', '7')
    await last
    assert.equal(all, ['to the other'])
  },

  'finds the sockets of a room, with their data from authenticate': async ([a, b, c], _, context) => {
    await Promise.all([enter(context, b, 'bob'), enter(context, c, 'carol')])
    assert.equal(await a.emit.members('readers'), ['bob', 'carol'])
    assert.equal(await a.emit.members('nobody'), [])
  },

  'moves sockets between rooms, and disconnects them': async ([a, b, c]) => {
    const heard = heardBy([a, b, c])
    await b.emit.join('red')
    await a.emit.move('red', 'blue')
    await a.emit.say({ to: ['blue'] }, 'to the blue')
    assert.equal(await heard(), [[], ['to the blue'], []])
    const left = new Promise<string>(resolve => b.on.disconnect(resolve))
    const waiting = safe(b.emit.wait())
    await a.emit.expel('blue')
    assert.is(await left, 'io server disconnect')
    assert.is((await waiting)[0]?.code, 'DISCONNECTED')
  },

  'emits to the other servers and collects their answers': async ([a], { nodes }) => {
    const answers = await a.emit.others()
    assert.equal(
      [...answers].sort(),
      nodes
        .slice(1)
        .map(({ pid }) => pid)
        .sort(),
    )
  },

  'serves a client through the shared port, over either transport': async (_, fleet, context) => {
    for (const transport of ['websocket', 'polling'] as const) {
      // With several hosts, polling needs sticky sessions, which the test's balancer does not provide.
      if (transport === 'polling' && fleet.redis !== undefined) continue
      const client = await connect(context, fleet.url, transport)
      const pid = await client.emit.who()
      assert.ok(fleet.nodes.some(node => node.pid === pid))
      assert.is(await client.emit.who(), pid)
      const heard = client.once.said()
      await client.emit.say({}, transport)
      assert.is(await heard, transport)
    }
  },
}
