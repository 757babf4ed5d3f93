import { event, router } from '@ackwire/core'
import { from } from '@ackwire/core/standard'
import { Type } from '@sinclair/typebox'
import { type } from 'arktype'
import * as assert from 'uvu/assert'
import { z } from 'zod'
import { describe } from '../../../test/harness.js'
import { document } from '../src/index.js'

const schemasOf = (contract: Parameters<typeof document>[0]): Record<string, unknown> =>
  Object(Reflect.get(Object(document(contract).components), 'schemas'))

const User = z
  .object({
    id: z.string(),
    get friends() {
      return z.array(User).default([])
    },
  })
  .meta({ id: 'User', description: 'Somebody' })

const user = {
  type: 'object',
  title: 'User',
  description: 'Somebody',
  properties: {
    id: { type: 'string' },
    friends: { type: 'array', default: [], items: { $ref: '#/components/schemas/User' } },
  },
  required: ['id'],
}

describe('the document of schemas of other libraries', it => {
  it('shares components by their ids, wherever they stand', () => {
    const api = router({
      one: event.input(from(User)).ack(from(z.object({ first: User, second: User }).meta({ id: 'Pair' }))),
      two: event.input(Type.Object({ user: from(User) }, { $id: 'Holder' })),
    })
    const { User: written, Pair: pair, Holder: holder } = schemasOf(api)
    assert.equal(written, user)
    assert.equal(Reflect.get(Object(pair), 'properties'), {
      first: { $ref: '#/components/schemas/User' },
      second: { $ref: '#/components/schemas/User' },
    })
    assert.equal(Reflect.get(Object(holder), 'properties'), { user: { $ref: '#/components/schemas/User' } })
  })

  it('has recursive schemas without an id', () => {
    const api = router({
      json: event.input(from(z.json())),
      ark: event.input(from(type.scope({ node: { 'next?': 'node', v: 'number' } }).export().node)),
      plain: event.input(
        from({ type: 'object', properties: { a: { $ref: '#/$defs/Leaf' } }, $defs: { Leaf: { type: 'string' } } }),
      ),
    })
    const text = JSON.stringify(document(api))
    assert.not.match(text, '"$ref":"#"')
    assert.not.match(text, '#/definitions')
    assert.not.match(text, '#/$defs')
    assert.equal(Reflect.get(schemasOf(api), 'Leaf'), { type: 'string', title: 'Leaf' })
  })
})
