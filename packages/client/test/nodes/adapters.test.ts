import { describe, type TestContext } from '../../../../test/harness.js'
import { BEHAVIOURS } from './behaviours.js'
import { DEATHS, FAULTS, OUTAGES } from './faults.js'
import { ADAPTERS, connect, REDIS_STREAMS, type Adapter, type Fleet } from './fleet.js'
import { LIMITS } from './limits.js'
import { RECOVERY } from './recovery.js'

/** Shares one fleet among all tests of an adapter, since starting one takes seconds; the last test closes it. */
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
    const bodies = Object.entries({
      ...BEHAVIOURS,
      ...RECOVERY,
      ...FAULTS,
      ...(adapter === REDIS_STREAMS ? { ...LIMITS, ...OUTAGES } : {}),
      ...DEATHS,
    })
    const fleetOf = fleetFor(adapter, bodies.length)
    for (const [title, body] of bodies) {
      it(title, { ...adapter.needs, timeoutMs: 300_000 }, async context => {
        const fleet = await fleetOf(context)
        const [a, b, c] = await Promise.all(fleet.nodes.map(({ url }) => connect(context, url)))
        await body([a!, b!, c!], fleet, context)
      })
    }
  })
}
