import * as docs from '@ackwire/docs'
import { Ajv } from 'ajv'
import * as assert from 'uvu/assert'
import { describe } from '../../../test/harness.js'
import { contracts, dialects } from './dialects.js'

/** The places of a document where the extension stands, and what it is called there. */
const PLACES: readonly (readonly [pattern: RegExp, definition: string])[] = [
  [/^$/, 'root'],
  [/^servers\/[^/]+$/, 'server'],
  [/^channels\/(\/[^/]*|[^/]+)$/, 'channel'],
  [/^channels\/[^/]+\/parameters\/[^/]+$/, 'parameter'],
  [/^channels\/[^/]+\/messages\/[^/]+$/, 'message'],
  [/^operations\/[^/]+$/, 'operation'],
  [/^components\/messages\/[^/]+$/, 'message'],
  [/^components\/securitySchemes\/[^/]+$/, 'securityScheme'],
]

/** Every `x-socketio` in a document, with the way to it. */
const extensionsIn = (part: unknown, path: readonly string[] = []): (readonly [path: string, value: unknown])[] => {
  if (typeof part !== 'object' || part === null) return []
  return Object.entries(part).flatMap(([key, value]) =>
    key === 'x-socketio' ? [[path.join('/'), value] as const] : extensionsIn(value, [...path, key]),
  )
}

const ajv = new Ajv({ strict: true, strictRequired: false, allErrors: true }).addSchema(docs.extensionSchema)

describe('x-socketio', it => {
  for (const [dialect, write] of dialects) {
    it(`matches its schema at each place of ${dialect}`, () => {
      const seen = new Set<string>()
      for (const [, api, options] of contracts) {
        for (const [path, value] of extensionsIn(write(api, options))) {
          const definition = PLACES.find(([pattern]) => pattern.test(path))?.[1]
          assert.ok(definition, `there is none at ${path}`)
          seen.add(definition)
          const validate = ajv.getSchema(`${docs.extensionSchema.$id}#/definitions/${definition}`)
          assert.ok(validate?.(value), `${path}: ${ajv.errorsText(validate?.errors)}: ${JSON.stringify(value)}`)
          assert.ok(ajv.validate(docs.extensionSchema.$id, value), path)
        }
      }
      const expected = ['channel', 'message', 'securityScheme', 'server']
      if (dialect.startsWith('3')) expected.push('operation')
      if (dialect.endsWith('client')) expected.push('root')
      assert.equal([...seen].filter(place => place !== 'parameter').sort(), expected.sort())
    })
  }

  it('has no other properties', () => {
    const validate = ajv.getSchema(`${docs.extensionSchema.$id}#/definitions/operation`)
    assert.not.ok(validate?.({ ack: true, other: 1 }))
  })
})
