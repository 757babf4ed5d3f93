import * as assert from 'uvu/assert'
import { describe, type TestContext } from '../../../../test/harness.js'
import { safe } from '../../src/index.js'
import { ADAPTERS, connect, type Adapter, type Fleet, type NodeClient } from './fleet.js'

/** What one client on each of three nodes has heard, until all of them hear `end`. */
const heardBy = (clients: readonly NodeClient[]): (() => Promise<readonly string[][]>) => {
  const all = clients.map(client => {
    const texts: string[] = []
    const ended = new Promise<void>(resolve => {
      client.on.said(text => (text === 'end' ? resolve() : void texts.push(text)))
    })
    return { texts, ended }
  })
  return async () => {
    // What was said before has been heard by then: an adapter keeps the order.
    await clients[0]?.emit.say({}, 'end')
    await Promise.all(all.map(({ ended }) => ended))
    return all.map(({ texts }) => texts)
  }
}

/** Waits for clients of other namespaces, and closes them when the test ends. */
const allConnected = async ({ defer }: TestContext, clients: readonly Pick<NodeClient, 'socket' | 'close'>[]) => {
  for (const client of clients) defer(() => client.close())
  await Promise.all(clients.map(({ socket }) => new Promise<void>(resolve => socket.once('connect', resolve))))
}

type Body = (clients: readonly [NodeClient, NodeClient, NodeClient], fleet: Fleet, context: TestContext) => unknown

const BEHAVIOURS: Readonly<Record<string, Body>> = {
  'has a client on each of its processes': async (clients, { nodes }) => {
    const pids = await Promise.all(clients.map(client => client.emit.who()))
    assert.equal(
      pids,
      nodes.map(({ pid }) => pid),
    )
    assert.is(new Set(pids).size, 3)
  },

  'reaches a room, several, and everyone': async ([a, b, c]) => {
    const heard = heardBy([a, b, c])
    await Promise.all([b.emit.join('red'), c.emit.join('red'), c.emit.join('blue')])
    await a.emit.say({ to: ['red'] }, 'red')
    await a.emit.say({ to: ['blue'] }, 'blue')
    await a.emit.say({ to: ['red', 'blue'] }, 'both')
    await a.emit.say({}, 'all')
    assert.equal(await heard(), [['all'], ['red', 'both', 'all'], ['red', 'blue', 'both', 'all']])
  },

  'leaves out those in the rooms excepted': async ([a, b, c]) => {
    const heard = heardBy([a, b, c])
    await Promise.all([a.emit.join('quiet'), b.emit.join('quiet'), b.emit.join('red'), c.emit.join('red')])
    await a.emit.say({ except: ['quiet'] }, 'not the quiet')
    await a.emit.say({ to: ['red'], except: ['quiet'] }, 'the red, not the quiet')
    assert.equal(await heard(), [[], [], ['not the quiet', 'the red, not the quiet']])
  },

  'reaches all others of whoever speaks': async ([a, b, c]) => {
    const heard = heardBy([a, b, c])
    await Promise.all([a.emit.join('red'), c.emit.join('red')])
    await a.emit.tell('to the red', 'red')
    await b.emit.tell('to all')
    assert.equal(await heard(), [['to all'], [], ['to the red', 'to all']])
  },

  'asks clients everywhere, and has all their answers': async ([a, b, c]) => {
    for (const client of [a, b, c]) client.on.double(number => number * 2)
    assert.equal(await a.emit.ask({}, 4, 20_000), [8, 8, 8])
    await b.emit.join('red')
    assert.equal(await a.emit.ask({ to: ['red'] }, 5, 20_000), [10])
    assert.equal(await a.emit.ask({ to: ['nobody'] }, 5, 20_000), [])
  },

  'is told which answers came where one does not, or is none': async ([a, b, c]) => {
    for (const client of [a, b]) client.on.double(number => number * 2)
    const [late] = await safe(a.emit.ask({}, 4, 1_000))
    assert.equal([late?.code, late?.data], ['INCOMPLETE', { code: 'TIMEOUT', replies: [8, 8] }])
    c.socket.on('double', (_: number, answer: (reply: unknown) => void) => answer('eight'))
    const [wrong] = await safe(a.emit.ask({}, 4, 20_000))
    assert.equal([wrong?.code, wrong?.data], ['INCOMPLETE', { code: 'INVALID_REPLY', replies: [8, 8] }])
  },

  'refuses on the node that emits what the contract does not allow': async ([a, b, c]) => {
    const heard = heardBy([a, b, c])
    assert.match(await a.emit.misspeak(), /said.*\/0 Expected string/)
    assert.equal(await heard(), [[], [], []])
  },

  'carries bytes, and what is encoded, as they are': async ([a, b, c]) => {
    const shown = [a, b, c].map(client => client.once.shown())
    await a.emit.show()
    for (const [bytes, day] of await Promise.all(shown)) {
      assert.equal([...bytes], [1, 2, 255])
      assert.equal(day, new Date('2026-01-02'))
    }
  },

  'reaches other namespaces, and one with parameters that the node itself does not have': async (
    [a, b, c],
    _,
    context,
  ) => {
    const board = b.of('/board', { auth: { name: 'bob' } })
    const game = c.of('/game-{id}', { id: '42' })
    const other = c.of('/game-{id}', { id: '7' })
    await allConnected(context, [board, game, other])
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

  'finds the sockets of a room, with what authenticate gave them': async ([a, b, c], _, context) => {
    const boards = [b.of('/board', { auth: { name: 'bob' } }), c.of('/board', { auth: { name: 'carol' } })]
    await allConnected(context, boards)
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

  'asks the other servers': async ([a], { nodes }) => {
    const answers = await a.emit.others()
    assert.equal(
      [...answers].sort(),
      nodes
        .slice(1)
        .map(({ pid }) => pid)
        .sort(),
    )
  },

  'serves a client that comes by the common door, over either transport': async (_, fleet, context) => {
    for (const transport of ['websocket', 'polling'] as const) {
      // Several hosts need something sticky in front for polling, which the test's balancer is not.
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

/** One fleet for all tests of an adapter, closed by the last of them: to start one takes seconds. */
const fleetFor = (adapter: Adapter, tests: number) => {
  const cleanups: (() => unknown)[] = []
  let fleet: Promise<Fleet> | undefined
  let left = tests
  return ({ defer }: TestContext): Promise<Fleet> => {
    defer(async () => {
      if (--left > 0) return
      for (const cleanup of cleanups.toReversed()) await cleanup()
    })
    return (fleet ??= adapter.start({ defer: cleanup => void cleanups.push(cleanup) }, 3))
  }
}

for (const adapter of ADAPTERS) {
  describe(`a server over ${adapter.name}`, it => {
    const behaviours = Object.entries(BEHAVIOURS)
    const fleetOf = fleetFor(adapter, behaviours.length)
    for (const [title, body] of behaviours) {
      it(title, { ...adapter.needs, timeoutMs: 60_000 }, async context => {
        const fleet = await fleetOf(context)
        const { nodes } = fleet
        const at = (index: number) => connect(context, nodes[index]!.url)
        await body([await at(0), await at(1), await at(2)], fleet, context)
      })
    }
  })
}
