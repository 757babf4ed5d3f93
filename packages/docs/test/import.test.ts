import { event, router, type Router } from '@ackwire/core'
import * as docs from '@ackwire/docs'
import { contractOf, jsonOf, readApi } from '@ackwire/docs/tooling'
import { Type } from '@sinclair/typebox'
import * as assert from 'uvu/assert'
import { describe } from '../../../test/harness.js'

const importedFrom = (api: Router): string => contractOf(readApi(jsonOf(docs.document(api)))).text

describe('an imported contract', it => {
  it('has no titles that a document of it has anyway, whether or not a property tells the members of a union apart', () => {
    const of = (one: string, other: string) =>
      Type.Union([
        Type.Object({ kind: Type.Literal(one), x: Type.Integer() }),
        Type.Object({ kind: Type.Literal(other), y: Type.Integer() }),
      ])
    for (const [one, other] of [
      ['circle', 'square'],
      ['shape', 'shape'],
    ] as const) {
      const text = importedFrom(router({ draw: event.input(of(one, other)) }))
      assert.match(text, `kind: Type.Literal('${other}')`)
      assert.not.match(text.slice(0, text.indexOf('export const docs')), 'title')
    }
  })
})
