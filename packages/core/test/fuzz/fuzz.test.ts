import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import * as assert from 'uvu/assert'
import { describe } from '../../../../test/harness.js'
import { anySeed, fuzz, type Run } from './campaign.js'
import { namespaceCounts } from './namespaces.js'
import { lifecycleCounts, sockets } from './lifecycles.js'
import { sent } from './packets.js'
import { streamed } from './streams.js'
import { tally } from './values.js'

setFlagsFromString('--expose-gc')
const collect: () => void = runInNewContext('gc')

const seed = anySeed()
const limit = { timeoutMs: 600_000 }
const share = (count: number): Run => ({ seed, runs: Math.round(count * Number(process.env['FUZZ'] ?? 1)) })
const again = `the same again: SEED=${seed}; longer: npm run fuzz -- 10m`

describe('a server in memory, with real sockets', it => {
  it('follows contracts of every kind for values of every kind', limit, async ({ print }) => {
    const { runs } = share(1_000)
    await fuzz('values', { seed, runs })
    print(`values: seed ${seed}, ${runs} contracts, ${JSON.stringify(tally)}; ${again}`)
    assert.ok(
      tally.handled > runs && tally.messages > 2 * tally.handled && tally.answered > runs / 10,
      'hardly anything was tried',
    )
  })

  it('handles packets of every kind', limit, async ({ print }) => {
    const { runs } = share(1_500)
    await fuzz('packets', { seed, runs })
    print(`packets: seed ${seed}, ${runs} connections, ${JSON.stringify(sent)}; ${again}`)
    assert.ok(sent.packets > 5 * runs && sent.owed > runs / 2, 'hardly anything was tried')
  })

  it('keeps its limits for any names of namespaces that clients join, leave and rejoin', limit, async ({ print }) => {
    const { runs } = share(200)
    await fuzz('namespaces', { seed, runs })
    print(`namespaces: seed ${seed}, ${runs} servers, ${JSON.stringify(namespaceCounts)}; ${again}`)
    const least = Math.min(...Object.values(namespaceCounts))
    assert.ok(namespaceCounts.connects > 2 * runs && least > runs / 20, 'hardly anything was tried')
  })

  it('bounds the memory of streams that clients request and do not read', limit, async ({ print }) => {
    const { runs } = share(400)
    await fuzz('streams', { seed, runs })
    print(`streams: seed ${seed}, ${runs} clients, ${JSON.stringify(streamed)}; ${again}`)
    assert.ok(
      streamed.asked > 20 * runs && streamed.pages > runs / 2 && streamed.cutOff > 0,
      'hardly anything was tried',
    )
  })

  it(
    'survives any order of actions of clients, handlers and timers, and keeps no memory of them',
    limit,
    async ({ print }) => {
      const { runs } = share(5_000)
      // What is made once, such as the compiled code, is made by then.
      await fuzz('lifecycles', { seed: seed + 1, runs: Math.ceil(runs / 8) })
      const before = await heap()
      await fuzz('lifecycles', { seed, runs })
      const grown = Math.round(((await heap()) - before) / 1024)
      const left = sockets.filter(socket => socket.deref() !== undefined).length
      print(
        `lifecycles: seed ${seed}, ${runs} lifecycles, ${JSON.stringify(lifecycleCounts)}, ${sockets.length} sockets, ${left} of them left, ${grown} kB more in use; ${again}`,
      )
      print(`${tally.messages + sent.packets + lifecycleCounts.calls} messages, packets and calls in all`)
      assert.ok(lifecycleCounts.calls > 4 * runs && lifecycleCounts.owed > runs, 'hardly anything was tried')
      assert.is(left, 0)
      // The compiler moves up to a megabyte; a hundred bytes kept for each of 36,000 calls would be more than three.
      assert.ok(grown < 2_500, `${grown} kB`)
    },
  )
})

/** The bytes in use, once all that can be collected is. */
const heap = async (): Promise<number> => {
  for (let round = 0; round < 3; round++) {
    await new Promise(resolve => setImmediate(resolve))
    collect()
  }
  return process.memoryUsage().heapUsed
}
