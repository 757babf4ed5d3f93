import { event, router } from '@ackwire/core'
import * as docs from '@ackwire/docs'
import { diff, jsonOf } from '@ackwire/docs/tooling'
import { Type } from '@sinclair/typebox'
import * as assert from 'uvu/assert'
import { describe } from '../../../test/harness.js'

const changesOf = (before: object, after: object): readonly string[] =>
  diff(jsonOf(before), jsonOf(after), { strict: false }).map(change =>
    [change.class, change.where, change.part, change.what, Reflect.get(change, 'why')].filter(Boolean).join(' '),
  )

describe('a part of a document that diff does not know', it => {
  /** The document with a part in its only operation. */
  const withPart = (part: object): object => {
    const { operations, ...document } = docs.document(router({ tell: event.input(Type.String()) }))
    const [[id, operation] = []] = Object.entries(operations)
    return { ...document, operations: { [String(id)]: { ...operation, ...part } } }
  }
  const WHY = 'its meaning is unknown, so it counts as breaking'

  it('counts as breaking if it is changed, added or removed, and an extension as documentation', () => {
    assert.equal(changesOf(withPart({ 'x-cost': 1, cost: [1] }), withPart({ 'x-cost': 1, cost: [1] })), [])
    assert.equal(changesOf(withPart({ 'x-cost': 1, 'cost-x-': 1 }), withPart({ 'x-cost': 2, 'cost-x-': 2 })), [
      `breaking / tell cost-x- changed ${WHY}`,
      'documentation / tell x-cost changed',
    ])
    assert.equal(changesOf(withPart({ 'x-a': 1, a: 1 }), withPart({ 'x-b': 1, b: 1 })), [
      `breaking / tell a changed ${WHY}`,
      `breaking / tell b changed ${WHY}`,
      'documentation / tell x-a changed',
      'documentation / tell x-b changed',
    ])
  })
})
