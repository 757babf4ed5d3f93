import { createServer } from 'node:http'
import { event, router, type RouterEntries } from '@ackwire/core'
import * as docs from '@ackwire/docs'
import { Type } from '@sinclair/typebox'
import * as assert from 'uvu/assert'
import { describe } from '../../../test/harness.js'

const User = Type.Object(
  { id: Type.String({ format: 'uuid' }), name: Type.String({ examples: ['Bob'] }), tags: Type.Array(Type.String()) },
  { $id: 'User' },
)

/** A contract of 1,000 events, each with schemas of its own, one that all share, an ack and an error. */
const large = () => {
  const entries: Record<string, RouterEntries[string]> = {}
  for (let index = 0; index < 1_000; index++) {
    const Body = Type.Object({
      kind: Type.Union([Type.Literal('a'), Type.Literal('b')]),
      count: Type.Integer({ minimum: 0, default: index }),
      user: User,
      place: Type.Object({ x: Type.Number({ examples: [index] }), y: Type.Number({ examples: [1] }) }),
    })
    entries[`event_${index}`] =
      index % 2 === 0
        ? event
            .input(Body)
            .ack(Type.Object({ user: User }))
            .errors({ GONE: Type.Object({ since: Type.Integer() }) })
        : event.output(Body)
  }
  return router(entries)
}

/** On a machine of today, each takes well below a second. */
const MOST_MS = 4_000

/** Returns the milliseconds of the processor's time that work takes, so that other load does not count. */
const timeOf = (work: () => unknown): number => {
  const before = process.cpuUsage()
  work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1_000
}

/** Returns the time of work, which is repeated if it is slow. */
const best = (work: () => unknown): number => {
  let least = Infinity
  for (let run = 0; run < 3 && least >= MOST_MS; run++) {
    least = Math.min(least, timeOf(work))
  }
  return least
}

describe('a contract of 1,000 events', it => {
  it('is rendered within a second', { timeoutMs: 300_000 }, () => {
    const api = large()
    const document = best(() => docs.document(api))
    const yaml = best(() => docs.render(api))
    const older = best(() => docs.render(api, { version: '2.6.0' }))
    const catalog = best(() => docs.catalog(api))
    const ms = (time: number) => `${Math.round(time)} ms`
    console.log(`document ${ms(document)}, YAML ${ms(yaml)}, 2.6.0 ${ms(older)}, catalog ${ms(catalog)}`)
    for (const time of [document, yaml, older, catalog]) assert.ok(time < MOST_MS, `took ${ms(time)}`)
  })

  it('is served without having been written as YAML', { timeoutMs: 300_000 }, () => {
    const api = large()
    const server = createServer()
    // Both create the document; writing it takes longer than that.
    const ratios = Array.from({ length: 3 }, () => {
      const rendered = timeOf(() => docs.render(api))
      return timeOf(() => docs.serve(server, api)()) / rendered
    })
    console.log(`serve ÷ render: ${ratios.map(ratio => ratio.toFixed(2)).join(', ')}`)
    assert.ok(Math.min(...ratios) < 0.7, String(ratios))
  })
})
