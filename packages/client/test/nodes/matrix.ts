import { describe, shared, type Need, type TestContext } from '../../../../test/harness.js'
import { BEHAVIOURS, type Adapter, type Body } from './behaviours.js'
import { DEATHS, FAULTS, OUTAGES } from './faults.js'
import { connect, type Fleet } from './fleet.js'
import { LIMITS } from './limits.js'
import { RECOVERY } from './recovery.js'
import { TRANSMISSION } from './transmission.js'

/** Starts nodes that are connected by an adapter. */
export interface Start {
  readonly needs?: Need
  start(context: Pick<TestContext, 'defer'>): Promise<Fleet>
}

/** Shares one fleet among all tests of an adapter, since starting one takes seconds. */
const fleetFor = (start: Start['start']): (() => Promise<Fleet>) => {
  const cleanups: (() => unknown)[] = []
  const close = async (): Promise<void> => {
    for (let cleanup = cleanups.pop(); cleanup; cleanup = cleanups.pop()) await cleanup()
  }
  const open = async (): Promise<Fleet> => {
    try {
      return await start({ defer: cleanup => void cleanups.push(cleanup) })
    } catch (error) {
      await close()
      throw error
    }
  }
  return shared({ open, isUsable: () => true, close })
}

/** Tests a server on several nodes. There are three clients: one on the first node, one on the second, and one on the last. */
export const testNodes = (adapter: Adapter, { needs, start }: Start): void => {
  describe(`a server over ${adapter.name}`, it => {
    const bodies: [string, Body][] = Object.entries({
      ...BEHAVIOURS,
      ...TRANSMISSION,
      ...RECOVERY,
      ...LIMITS,
      ...FAULTS,
      ...(adapter.hasStore && OUTAGES),
      ...DEATHS,
    })
    const fleetOf = fleetFor(start)
    for (const [title, body] of bodies) {
      it(title, { ...(needs && { needs }), timeoutMs: 300_000 }, async context => {
        const fleet = await fleetOf()
        const homes = [fleet.nodes[0]!, fleet.nodes[1]!, fleet.nodes[2] ?? fleet.nodes[1]!] as const
        const [a, b, c] = await Promise.all(homes.map(({ url }) => connect(context, url)))
        await body([a!, b!, c!], { ...adapter, fleet, homes }, context)
      })
    }
  })
}
