import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import * as assert from 'uvu/assert'
import { describe } from '../../../test/harness.js'
import { BUNDLED } from './bundled.js'
import { COMPILED } from './compiled.js'
import { TESTED } from './tested.js'

const timeoutMs = 1_200_000
const root = resolve(import.meta.dirname, '../../..')

const BUILDS = { ...COMPILED, ...BUNDLED, ...TESTED }

describe('the packages as published', it => {
  for (const [name, works] of Object.entries(BUILDS)) it(`work with ${name}`, { timeoutMs }, works)

  it('are said to work with these, and with what other tests try', () => {
    const page = readFileSync(join(root, 'guide/builds.md'), 'utf8')
    const rows = [...page.matchAll(/^\| ([^|]+?) +\|.*\| `?([\w./-]+\.test\.ts)`? +\|$/gm)]
    const here = 'guide/test/builds/builds.test.ts'
    assert.equal(
      rows.flatMap(([, name, file]) => (file === here ? [name] : [])),
      Object.keys(BUILDS),
    )
    for (const [, name = '', file = ''] of rows.filter(([, , file]) => file !== here))
      assert.match(readFileSync(join(root, file), 'utf8'), new RegExp(`is bundled by ${name}`), name)
  })
})
