import { readFileSync } from 'node:fs'
import * as assert from 'uvu/assert'
import { describe } from '../../test/harness.js'
import { summary } from '../summary/figures.js'

describe('the figures of the main README', it => {
  const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8')

  it('match the current tables (update with npm run bench -- summary)', () => {
    assert.is(/<!-- figures -->\n(.*?)\n<!-- end -->/s.exec(readme)?.[1], summary())
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
