import { deepStrictEqual } from 'node:assert/strict'
import * as fc from 'fast-check'
import * as assert from 'uvu/assert'
import { parse, stringify } from 'yaml'
import { describe } from '../../../test/harness.js'
import { yamlOf } from '../src/yaml.js'

const asTheLibrary = (content: unknown): string =>
  stringify(content, { compat: 'yaml-1.1', aliasDuplicateObjects: false, lineWidth: 0 })

/** What a reader may take for something else, and what lies close to it. */
const WORDS =
  'yes No ON off y N null True ~ << = --- ... -x ?x #/a/b #/a#b 1e3 0x1f NaN .inf 12:30 2026-01-02 __proto__ constructor'
const texts = fc.oneof(
  fc.string({ unit: fc.constantFrom(...'aEny01.:-#\'",/()[]{}$_~&*!|>%@ \n\t') }),
  fc.string({ unit: 'binary' }),
  fc.constantFrom(...WORDS.split(' ')),
  fc.string({ minLength: 60, maxLength: 300, unit: fc.constantFrom(...'ab \n"') }),
  fc.constantFrom('x'.repeat(1_100), `${'x '.repeat(600)}x`),
)
const { content } = fc.letrec(tie => ({
  any: fc.oneof(
    { maxDepth: 5, withCrossShrink: true },
    texts,
    fc.oneof(fc.double(), fc.integer(), fc.boolean(), fc.constantFrom(null, undefined, new Date(0))),
    fc.array(tie('any'), { maxLength: 4 }),
    tie('content'),
  ),
  content: fc.dictionary(texts, tie('any'), { maxKeys: 5, noNullPrototype: true }),
}))

const seed = Number(process.env['SEED'] ?? Date.now() % 2 ** 31)

const numRuns = Number(process.env['RUNS'] ?? 300)
const holds = (check: (value: object) => void): void =>
  fc.assert(
    fc.property(content, value => check(value as object)),
    { seed, numRuns, includeErrorInReport: true },
  )
const patient = { timeoutMs: 300_000 }

describe('the writer of YAML', it => {
  it('writes what the library would, character by character', patient, ({ print }) => {
    print(`seed ${seed}; the same again: SEED=${seed}, more: RUNS=10000`)
    // The library quotes what begins like the end of a document only where it stands at the left.
    const isMarked = (value: unknown): boolean => /(?:^|\\n|")(?:---|\.\.\.)/.test(JSON.stringify(value))
    holds(value => assert.is(yamlOf(value), isMarked(value) ? yamlOf(value) : asTheLibrary(value)))
  })

  it('writes what means the same', patient, () => {
    holds(value => {
      for (const version of ['1.1', '1.2'] as const)
        // Not uvu's: a key may be `constructor`.
        deepStrictEqual(parse(yamlOf(value), { version }), parse(asTheLibrary(value), { version }))
    })
  })
})
