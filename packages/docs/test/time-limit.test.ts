import * as assert from 'uvu/assert'
import { describe } from '../../../test/harness.js'
import { matchesPattern } from '../src/untrusted/pattern.js'
import { withTimeLimit } from '../src/untrusted/time-limit.js'

const forever = (): never => {
  for (;;);
}

describe('a time limit', it => {
  it('passes on what a function returns or throws in time', () => {
    assert.is(
      withTimeLimit<unknown>(
        1_000,
        () => undefined,
        () => 'late',
      ),
      undefined,
    )
    assert.throws(
      () =>
        withTimeLimit(
          1_000,
          () => JSON.parse('{') as unknown,
          () => 'late',
        ),
      /JSON/,
    )
  })

  it('ends a function that does not end, even if it catches everything', () => {
    const start = performance.now()
    const stubborn = (): string => {
      for (;;) {
        try {
          forever()
        } catch {
          continue
        }
      }
    }
    assert.is(
      withTimeLimit(100, stubborn, () => 'late'),
      'late',
    )
    assert.ok(performance.now() - start < 5_000)
  })

  it('applies inside and outside of another', () => {
    const inner = (): string => withTimeLimit(100, forever, () => 'inner')
    assert.is(
      withTimeLimit(
        20_000,
        () => `${inner()} ${inner()}`,
        () => 'outer',
      ),
      'inner inner',
    )
    assert.is(
      withTimeLimit(
        100,
        () => withTimeLimit(20_000, forever, () => 'inner'),
        () => 'outer',
      ),
      'outer',
    )
  })

  it('gives a pattern a tenth of a second, and does not run a slow one again', () => {
    // A square of its length: slow, and it ends.
    const text = 'x'.repeat(300_000)
    assert.equal(
      [matchesPattern('^x', '', text), matchesPattern('^y', '', text), matchesPattern('(', '', text)],
      [true, false, undefined],
    )
    const start = performance.now()
    assert.is(matchesPattern('x+y$', '', text), 'late')
    for (let count = 0; count < 100; count++) assert.is(matchesPattern('x+y$', '', text), 'late')
    assert.ok(performance.now() - start < 5_000)
  })
})
