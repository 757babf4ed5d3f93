import * as assert from 'uvu/assert'
import type { TestContext } from '../../../../test/harness.js'
import { safe } from '../../src/index.js'
import { connect, type Fleet, type Node, type NodeClient } from './fleet.js'

/** An adapter of Socket.IO. */
export interface Adapter {
  readonly name: string
  /** True if bytes are still bytes on other nodes. */
  readonly carriesBytes: boolean
  /** True if the outputs of a node arrive in order. */
  readonly keepsOrder: boolean
  /** True if it appends an offset to outputs where connection state recovery is on, even if it has none. */
  readonly appendsOffsets: boolean
  /** True if it has connection state recovery. */
  readonly recovers: boolean
  /** True if the ack of a call can arrive before what its handler has emitted. */
  readonly ackOvertakes: boolean
  /** True if outputs that are emitted while the store is away arrive when it is back. */
  readonly keepsEmits: boolean
  /** True if the nodes are connected by a server. */
  readonly hasStore: boolean
}

/** An adapter with its running nodes, and the node of each client. */
export interface Setting extends Adapter {
  readonly fleet: Fleet
  readonly homes: readonly [Node, Node, Node]
}

export type Clients = readonly [NodeClient, NodeClient, NodeClient]

/** A test of a fleet with three clients: the first has a node of its own, and the others may share one. */
export type Body = (clients: Clients, setting: Setting, context: TestContext) => unknown

/** Records the outputs that clients receive, to compare them once all have arrived. */
const heardBy = (clients: readonly NodeClient[], { keepsOrder }: Setting) => {
  const all = clients.map(client => {
    const texts: string[] = []
    const ended = new Promise<void>(resolve => {
      client.on.said(text => (text === 'end' ? resolve() : void texts.push(text)))
    })
    return { texts, ended }
  })
  const inOrder = (texts: readonly string[]) => (keepsOrder ? texts : texts.toSorted())
  return async (expected: readonly string[][]): Promise<void> => {
    // The outputs of another node may arrive later than those of the node that emits the last.
    await until(() => all.every(({ texts }, index) => texts.length >= expected[index]!.length))
    await clients[0]?.emit.say({}, 'end')
    await Promise.all(all.map(({ ended }) => ended))
    assert.equal(
      all.map(({ texts }) => inOrder(texts)),
      expected.map(inOrder),
    )
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

/** The behaviours of a server with one node, on several nodes. */
export const BEHAVIOURS: Readonly<Record<string, Body>> = {
  'spreads clients over its processes': async (clients, { homes, fleet: { nodes } }) => {
    const pids = await Promise.all(clients.map(client => client.emit.who()))
    assert.equal(
      pids,
      homes.map(({ pid }) => pid),
    )
    assert.is(new Set(pids).size, nodes.length)
  },

  'reaches one room, several rooms, and everyone': async ([a, b, c], setting) => {
    const heard = heardBy([a, b, c], setting)
    await Promise.all([b.emit.join('red'), c.emit.join('red'), c.emit.join('blue')])
    await a.emit.say({ to: ['red'] }, 'red')
    await a.emit.say({ to: ['blue'] }, 'blue')
    await a.emit.say({ to: ['red', 'blue'] }, 'both')
    await a.emit.say({}, 'all')
    await heard([['all'], ['red', 'both', 'all'], ['red', 'blue', 'both', 'all']])
  },

  'leaves out the sockets in the excepted rooms': async ([a, b, c], setting) => {
    const heard = heardBy([a, b, c], setting)
    await Promise.all([a.emit.join('quiet'), b.emit.join('quiet'), b.emit.join('red'), c.emit.join('red')])
    await a.emit.say({ except: ['quiet'] }, 'not the quiet')
    await a.emit.say({ to: ['red'], except: ['quiet'] }, 'the red, not the quiet')
    await heard([[], [], ['not the quiet', 'the red, not the quiet']])
  },

  'broadcasts to all sockets but the sender’s': async ([a, b, c], setting) => {
    const heard = heardBy([a, b, c], setting)
    await Promise.all([a.emit.join('red'), c.emit.join('red')])
    const first = c.once.said()
    await a.emit.tell('to the red', 'red')
    await first
    await b.emit.tell('to all')
    await heard([['to all'], [], ['to the red', 'to all']])
  },

  'reaches only the clients of its own node with a local output': async ([a, b, c], setting) => {
    const heard = heardBy([a, b, c], setting)
    await a.emit.say({ local: true }, 'here')
    await heard([['here'], [], []])
  },

  'sends the outputs of a handler and its ack in the order that the adapter gives them': async ([a], setting) => {
    const order: string[] = []
    // A promise would settle later than the listener is called.
    await Promise.all([
      new Promise<void>(resolve => a.socket.on('said', () => resolve(void order.push('the output')))),
      new Promise<void>(resolve => a.socket.emit('say', {}, 'hello', () => resolve(void order.push('the ack')))),
    ])
    assert.equal(order, setting.ackOvertakes ? ['the ack', 'the output'] : ['the output', 'the ack'])
  },

  'collects the answers of clients on all nodes, or on its own': async ([a, b, c]) => {
    for (const client of [a, b, c]) client.on.double(number => number * 2)
    assert.equal(await a.emit.ask({}, 4, 20_000), [8, 8, 8])
    await b.emit.join('red')
    assert.equal(await a.emit.ask({ to: ['red'] }, 5, 20_000), [10])
    assert.equal(await a.emit.ask({ to: ['nobody'] }, 5, 20_000), [])
    assert.equal(await a.emit.ask({ local: true }, 5, 20_000), [10])
    assert.equal(await a.emit.ask({ local: true, to: ['red'] }, 5, 20_000), [])
  },

  'survives an answer that its adapter can’t carry': async ([a, b, c]) => {
    const before = await Promise.all([a, b, c].map(client => client.emit.who()))
    let deep: object = {}
    for (let depth = 0; depth < 91; depth++) deep = { deep }
    for (const client of [a, b]) client.on.double(number => number * 2)
    c.socket.on('double', (_: number, answer: (reply: unknown) => void) => answer(deep))
    const [wrong] = await safe(a.emit.ask({}, 4, 20_000))
    assert.equal([wrong?.code, wrong?.data], ['INCOMPLETE', { code: 'INVALID_REPLY', replies: [8, 8] }])
    assert.equal(await Promise.all([a, b, c].map(client => client.emit.who())), before)
  },

  'collects receipts': async ([a, b, c]) => {
    const heard: string[] = []
    for (const [name, client] of Object.entries({ a, b, c })) client.on.reminded(text => void heard.push(name + text))
    assert.is(await a.emit.remind({}, '!'), 3)
    assert.equal(heard.toSorted(), ['a!', 'b!', 'c!'])
  },

  'reports the answers received if one is missing, invalid or an error': async ([a, b, c]) => {
    for (const client of [a, b]) client.on.double(number => number * 2)
    const [late] = await safe(a.emit.ask({}, 4, 2_000))
    assert.equal([late?.code, late?.data], ['INCOMPLETE', { code: 'TIMEOUT', replies: [8, 8] }])
    const answers: unknown[] = ['eight', { $error: { code: 'TOO_LARGE', message: 'no', data: { most: 3 } } }]
    c.socket.on('double', (_: number, answer: (reply: unknown) => void) => answer(answers.shift()))
    for (const code of ['INVALID_REPLY', 'TOO_LARGE']) {
      const [wrong] = await safe(a.emit.ask({}, 4, 20_000))
      assert.equal([wrong?.code, wrong?.data], ['INCOMPLETE', { code, replies: [8, 8] }])
    }
  },

  'refuses an invalid output on the node that emits it': async ([a, b, c], setting) => {
    const heard = heardBy([a, b, c], setting)
    assert.match(await a.emit.misspeak(), /said.*\/0 Expected string/)
    await heard([[], [], []])
  },

  'carries what JSON carries, and refuses the rest on the node that emits it': async (
    [a, b, c],
    { carriesBytes, homes },
  ) => {
    const received = [a, b, c].map(client => {
      const values: { n: number }[] = []
      client.on.presented(value => values.push(value))
      return values
    })
    const before = await Promise.all([a, b, c].map(client => client.emit.who()))
    assert.equal(await b.emit.present(), ['INVALID_OUTPUT', 'INVALID_OUTPUT'])
    await until(() => received.every(values => values.length === 2))
    for (const [index, values] of received.entries()) {
      const sorted = values.toSorted((one, other) => one.n - other.n)
      const [{ bytes, ...first }, second] = sorted as unknown as [{ bytes: Buffer }, unknown]
      if (carriesBytes || homes[index] === homes[1]) assert.equal([...bytes], [1, 2])
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
    const heard: string[] = []
    for (const [name, client] of Object.entries({ board, game, other }))
      client.on.announced(text => heard.push(`${name}: ${text}`))
    // A node may take a moment to subscribe to a namespace that it has just created.
    for (const [name, id] of [
      ['board', undefined],
      ['game', '42'],
      ['other', '7'],
    ] as const) {
      await until(async () => {
        await a.emit.announce('ready?', id)
        return heard.includes(`${name}: ready?`)
      })
    }
    for (const id of [undefined, '42', '7']) await a.emit.announce(`to ${id}`, id)
    await until(() => heard.filter(text => !text.includes('ready?')).length >= 3)
    assert.equal(heard.filter(text => !text.includes('ready?')).toSorted(), [
      'board: to undefined',
      'game: to 42',
      'other: to 7',
    ])
  },

  'finds the sockets of a room, with their data from authenticate': async ([a, b, c], _, context) => {
    await Promise.all([enter(context, b, 'bob'), enter(context, c, 'carol')])
    assert.equal(await a.emit.members('readers'), ['bob', 'carol'])
    assert.equal(await a.emit.members('nobody'), [])
  },

  'moves sockets between rooms, and disconnects them': async ([a, b, c], setting) => {
    const heard = heardBy([a, b, c], setting)
    await b.emit.join('red')
    await a.emit.move('red', 'blue')
    await until(async () => (await a.emit.size('blue')) === 1)
    await a.emit.say({ to: ['blue'] }, 'to the blue')
    await heard([[], ['to the blue'], []])
    const left = new Promise<string>(resolve => b.on.disconnect(resolve))
    const waiting = safe(b.emit.wait())
    await a.emit.expel('blue')
    assert.is(await left, 'io server disconnect')
    assert.is((await waiting)[0]?.code, 'DISCONNECTED')
  },

  'emits to the other servers and collects their answers': async ([a], { fleet: { nodes } }) => {
    const answers = await a.emit.others()
    assert.equal(
      [...answers].sort(),
      nodes
        .slice(1)
        .map(({ pid }) => pid)
        .sort(),
    )
  },

  'serves a client through the shared port, over either transport': async (_, { fleet }, context) => {
    for (const transport of ['websocket', 'polling'] as const) {
      // With several hosts, polling needs sticky sessions, which the test's balancer does not provide.
      if (transport === 'polling' && fleet.sharedUrl === undefined) continue
      const client = await connect(context, fleet.sharedUrl ?? fleet.url, transport)
      const pid = await client.emit.who()
      assert.ok(fleet.nodes.some(node => node.pid === pid))
      assert.is(await client.emit.who(), pid)
      const heard = client.once.said()
      await client.emit.say({}, transport)
      assert.is(await heard, transport)
    }
  },
}
