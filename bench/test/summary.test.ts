import { readFileSync } from 'node:fs'
import * as assert from 'uvu/assert'
import { describe } from '../../test/harness.js'
import { summary } from '../summary/figures.js'

describe('the figures of the main README', it => {
  const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8')

  it('are those of the last tables: else npm run bench:summary', () => {
    assert.is(/<!-- figures -->\n(.*?)\n<!-- end -->/s.exec(readme)?.[1], summary())
  })

  it('are found for every contender that takes part', () => {
    const [, , ...lines] = summary().split('\n')
    for (const line of lines) {
      const [what, ...cells] = line.split('|').slice(1, -1)
      // Nobody types an application with checks by hand, Feathers or NestJS.
      const least = /type check|editor/.test(what ?? '') ? 4 : 8
      assert.ok(cells.filter(cell => cell.trim() !== '').length >= least, line)
    }
  })
})
