import { readFileSync } from 'node:fs'
import * as assert from 'uvu/assert'
import { describe } from '../../test/harness.js'
import { summary } from '../summary/figures.js'

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8')

describe('the summary of the benchmarks', it => {
  it('has the figures of the tables below it: else npm run bench -- summary', () => {
    assert.is(/<!-- figures -->\n(.*?)\n<!-- end -->/s.exec(read('../README.md'))?.[1], summary())
  })

  it('has the figures that the main README quotes for a valid call', () => {
    const [names = [], , small = [], kilobyte = []] = summary()
      .split('\n')
      .map(line => line.split('|').map(cell => cell.trim()))
    const ours = names.indexOf('ackwire')
    assert.ok(
      read('../../README.md').includes(`${small[ours]} to ${kilobyte[ours]} times the CPU time of plain Socket.IO`),
    )
  })

  it('exist for every contender', () => {
    const [, , ...lines] = summary().split('\n')
    for (const line of lines) {
      const [what, ...cells] = line.split('|').slice(1, -1)
      // Checks by hand, Feathers and NestJS take no part in the comparison of types.
      const least = /type check|editor/.test(what ?? '') ? 4 : 8
      assert.ok(cells.filter(cell => cell.trim() !== '').length >= least, line)
    }
  })
})
