import * as assert from 'uvu/assert'
import { describe } from '../../../../test/harness.js'
import { bytesPerConnection, isLeaking, type HeapSample } from './heap-growth.js'
import { reportOf } from './report.js'
import { soak, times } from './soak.js'

describe('a server and its clients', it => {
  it('agree on every message, and leave nothing behind', { timeoutMs: 300_000 }, async ({ print }) => {
    const { table, wrong } = reportOf(await soak({ clients: 500, turns: 8, more: times(3) }))
    print(table)
    assert.equal(wrong, [])
  })

  it('are reported with what the server keeps of each connection', { timeoutMs: 300_000 }, async () => {
    const { wrong } = reportOf(await soak({ clients: 40, turns: 8, more: times(1), leakBytes: 16_000 }))
    assert.is(wrong.length, 1)
    assert.match(wrong[0] ?? '', /^the heap grows by 1[5-9]\d{3}\.\d bytes with each connection: \n/)
    // Two more rounds of 40 clients, each of which comes back once.
    assert.match(wrong[0] ?? '', /^ {2}160 more Planted \(\d+ bytes\) after 160 connections, held by .*\bplanted of /m)
  })
})

/** Samples after each 1,000 connections. */
const samplesOf = (heaps: readonly number[]): HeapSample[] =>
  heaps.map((heap, at) => ({ connections: 1_000 * (at + 1), heap }))
const variation = [0, 200_000, 50_000, 300_000, 10_000, 120_000, 250_000, 30_000, 90_000, 260_000, 0, 180_000]
/** A heap that varies over 120,000 connections, and is so much larger after each 1,000 of them. */
const heapThat = (grows: (round: number) => number): HeapSample[] =>
  samplesOf(Array.from({ length: 120 }, (_, at) => 16e6 + (variation[at % 12] ?? 0) + grows(at)))

describe('the growth of a heap', it => {
  for (const [what, grows, leaks] of [
    ['that only varies', () => 0, false],
    ['that has a step, such as code compiled late', at => (at > 30 ? 600_000 : 0), false],
    ['that grows by what a weak reference takes', at => at * 45_000, true],
    ['that grows by less than is left by a connection', at => at * 2_000, false],
    ['that doubles at once', at => (at > 100 ? 16e6 : 0), true],
  ] satisfies [string, (round: number) => number, boolean][]) {
    it(`${leaks ? 'is found' : 'is not taken for a leak'} in one ${what}`, () => {
      assert.is(isLeaking(heapThat(grows)), leaks)
    })
  }

  it('is reported in bytes for each connection, regardless of single events', () => {
    assert.is(bytesPerConnection(samplesOf([100, 1_100, 9_002_100, 3_100, 4_100, 5_100, 6_100])), 1)
    assert.is(bytesPerConnection([]), 0)
  })
})
