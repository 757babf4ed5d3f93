import { existsSync, readFileSync } from 'node:fs'
import { basename } from 'node:path'
import * as assert from 'uvu/assert'
import { describe } from '../../../test/harness.js'
import { goldenFiles } from './golden/files.js'

describe('the committed documents', it => {
  for (const [file, text] of goldenFiles()) {
    it(`${basename(file)} matches the rendering`, () => {
      const committed = existsSync(file) ? readFileSync(file, 'utf8') : ''
      assert.fixture(text, committed, 'if this is intended, run npm run golden in packages/docs')
    })
  }
})
