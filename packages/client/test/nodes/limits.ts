import * as assert from 'uvu/assert'
import { safe } from '../../src/index.js'
import type { Body } from './behaviours.js'
import { connect } from './fleet.js'

/** The limits that nodes count together. */
export const LIMITS: Readonly<Record<string, Body>> = {
  'keeps a rate per user across all nodes that the user calls': async (_, { homes }, context) => {
    const callers = await Promise.all(homes.map(({ url }) => connect(context, url, 'websocket', 'bob')))
    for (const caller of callers) assert.is((await safe(caller.emit.search()))[0], undefined)
    for (const caller of callers) {
      const [error] = await safe(caller.emit.search())
      assert.is(error?.code, 'RATE_LIMITED')
      assert.ok(error?.code === 'RATE_LIMITED' && error.data.retryAfterMs > 0)
    }
    const other = await connect(context, homes[0].url, 'websocket', 'carol')
    assert.is(await other.emit.search(), undefined)
  },
}
