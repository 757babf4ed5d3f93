import * as assert from 'uvu/assert'
import { enter, until, whenConnected, type Body } from './behaviours.js'
import { connect } from './fleet.js'

/** Clients whose connection breaks. */
export const RECOVERY: Readonly<Record<string, Body>> = {
  'accepts a client again after a lost connection, with its session if the adapter keeps it': async (
    [, , c],
    { fleet, recovers: isKept },
    context,
  ) => {
    fleet.lead(fleet.nodes[0]!)
    const client = await connect(context, fleet.url)
    const board = await enter(context, client, 'dora')
    const heard: string[] = []
    client.on.said(text => heard.push(text))
    await Promise.all([client, c].map(one => one.emit.join('away')))
    const say = async (text: string): Promise<void> => {
      const said = c.once.said()
      await c.emit.say({ to: ['away'] }, text)
      await said
    }
    // Socket.IO restores a session only if the client has received an output.
    const first = [client.once.said(), board.once.announced()]
    await Promise.all([say('before'), c.emit.announce('before')])
    await Promise.all(first)

    client.socket.io.reconnection(false)
    client.socket.io.engine.close()
    await until(async () => (await c.emit.size('away')) === 1)
    // The server may notice the lost connection before the client does.
    await until(() => [client, board].every(({ socket }) => !socket.connected))
    await say('missed')
    fleet.lead(fleet.nodes[1]!)
    const back = [client, board].map(whenConnected)
    for (const { socket } of [client, board]) socket.connect()
    await Promise.all(back)

    assert.equal([client.socket.recovered, board.socket.recovered], [isKept, isKept])
    assert.is(await client.emit.who(), fleet.nodes[1]?.pid)
    await say('after')
    await c.emit.say({}, 'end')
    await until(() => heard.at(-1) === 'end')
    assert.equal(heard, isKept ? ['before', 'missed', 'after', 'end'] : ['before', 'end'])
    assert.equal(await c.emit.members('readers'), ['dora'])
  },

  'continues a stream whose items have ids on another node': async (_, { fleet }, context) => {
    fleet.lead(fleet.nodes[0]!)
    const client = await connect(context, fleet.url)
    const stream = client.stream.count(8)
    const items: (readonly [number: number, pid: number])[] = []
    for await (const item of stream) {
      items.push(item)
      if (items.length !== 3) continue
      fleet.lead(fleet.nodes[1]!)
      client.socket.io.engine.close()
    }
    assert.equal(
      items.map(([number]) => number),
      [1, 2, 3, 4, 5, 6, 7, 8],
    )
    const [first, second] = fleet.nodes.map(({ pid }) => pid)
    assert.equal([items[0]?.[1], items[7]?.[1], await stream.result], [first, second, second])
  },
}
