import * as assert from 'uvu/assert'
import { describe } from '../../../../test/harness.js'
import { createApi } from '../../src/page/document/api.js'
import { createValidate } from '../../src/page/console/store/validate.js'

const validate = createValidate(createApi({ asyncapi: '3.0.0', info: {}, channels: {}, operations: {} }))

const text = { type: 'string', 'x-minByteLength': 2, 'x-maxByteLength': 4 }
const bytes = { type: 'string', format: 'binary', 'x-maxByteLength': 3 }
const long = { type: 'string', minLength: 5 }
const bytesOf = (length: number): Uint8Array => new Uint8Array(length)

/** A schema, values that it allows, and values that it refuses with the path. */
const ROWS: readonly (readonly [
  schema: object,
  right: readonly unknown[],
  wrong: readonly (readonly [value: unknown, path: string])[],
])[] = [
  [
    text,
    ['ab', 'é', 'ééé'.slice(1), '😀'],
    [
      ['a', ''],
      ['abcde', ''],
      ['ééé', ''],
      ['😀a', ''],
    ],
  ],
  [bytes, [bytesOf(0), bytesOf(3)], [[bytesOf(4), '']]],
  [{ type: 'array', items: text }, [[], ['ab']], [[['ab', 'ééé'], '/1']]],
  [
    { type: 'object', properties: { 'a/b': text }, additionalProperties: bytes },
    [{}, { 'a/b': 'ab', c: bytesOf(1) }],
    [
      [{ 'a/b': 'ééé' }, '/a~1b'],
      [{ c: bytesOf(9) }, '/c'],
    ],
  ],
  [{ anyOf: [text, long] }, ['ab', 'abcdef'], [['ééé', '']]],
  [
    { anyOf: [text, bytes] },
    ['ab', bytesOf(2)],
    [
      ['ééé', ''],
      [bytesOf(4), ''],
    ],
  ],
  [{ type: ['string', 'null'], 'x-maxByteLength': 4 }, [null, 'abcd'], [['ééé', '']]],
  [{ allOf: [text, { type: 'string', 'x-maxByteLength': 3 }] }, ['abc'], [['éé', '']]],
  [
    { type: 'array', items: [text, bytes] },
    [['ab', bytesOf(1)]],
    [
      [['ab', bytesOf(4)], '/1'],
      [['é'.repeat(3)], '/0'],
    ],
  ],
]

describe('the console counts the bytes of strings and of binary data', it => {
  for (const [schema, right, wrong] of ROWS)
    it(JSON.stringify(schema), () => {
      for (const value of right) assert.equal(validate(schema, value), [], String(value))
      for (const [value, path] of wrong) {
        const [issue, ...others] = validate(schema, value)
        assert.is(others.length, 0)
        assert.is(issue?.path, path)
        assert.match(String(issue?.message), /^Expected at (least|most) \d bytes, got \d\.$/)
      }
    })
})
