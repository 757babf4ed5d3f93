import * as assert from 'uvu/assert'
import { describe } from '../../test/harness.js'
import { bytesOver, FEATURES, HOOKS, TYPED } from '../bytes/bundle.js'

/** What the client may add to a page, minified and gzipped: about 2 % more than it is. */
const BUDGET = 3_100

/** What all hooks may add to that. */
const HOOKS_BUDGET = 2_060

describe('the bytes of the client', it => {
  it(`are at most ${BUDGET} over socket.io-client`, async () => {
    const bytes = await bytesOver(TYPED)
    assert.ok(bytes <= BUDGET, `the client adds ${bytes}`)
  })

  it(`are at most ${HOOKS_BUDGET} more with all hooks for React`, async () => {
    const bytes = (await bytesOver(HOOKS)) - (await bytesOver(TYPED))
    assert.ok(bytes <= HOOKS_BUDGET, `the hooks add ${bytes}`)
  })

  it('are told by feature', async () => {
    const all = await bytesOver(TYPED)
    for (const [name, files] of Object.entries(FEATURES)) {
      assert.ok((await bytesOver(TYPED, files)) < all - 100, `${name} costs nothing`)
    }
  })
})
