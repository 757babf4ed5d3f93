import * as assert from 'uvu/assert'
import { describe } from '../../test/harness.js'
import { bytesOver, featureBytes, HOOKS, TYPED } from '../bytes/bundle.js'

/** The maximum that the client may add to a page, minified and gzipped: about 10 bytes above the current size. */
const BUDGET = 3_980

/** The maximum that all hooks may add to the client. */
const HOOKS_BUDGET = 2_060

describe('the bytes of the client', it => {
  it(`are at most ${BUDGET} over socket.io-client`, async () => {
    const bytes = await bytesOver(TYPED)
    assert.ok(bytes <= BUDGET, `the client adds ${bytes} bytes, expected at most ${BUDGET}`)
  })

  it(`are at most ${HOOKS_BUDGET} more with all hooks for React`, async () => {
    const bytes = (await bytesOver(HOOKS)) - (await bytesOver(TYPED))
    assert.ok(bytes <= HOOKS_BUDGET, `the hooks add ${bytes} bytes, expected at most ${HOOKS_BUDGET}`)
  })

  it('are broken down by feature', async () => {
    const features = await featureBytes()
    for (const { name, adds } of features) assert.ok(adds > 20, `${name} adds only ${adds} bytes`)
    assert.is(features.at(-1)?.upTo, await bytesOver(TYPED))
  })
})
