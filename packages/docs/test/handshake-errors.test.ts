import { event, router, type Router } from '@ackwire/core'
import * as docs from '@ackwire/docs'
import { contractOf, diff, jsonOf, readApi } from '@ackwire/docs/tooling'
import { Type } from '@sinclair/typebox'
import * as assert from 'uvu/assert'
import { describe } from '../../../test/harness.js'

const api = router(
  {
    ping: event.input(),
    '/admin': router({ ping: event.input() }, { errors: { NOT_ADMIN: Type.Void() } }),
    '/quiet': router({}, { errors: { NO: Type.Integer() } }),
  },
  { errors: { TOKEN_EXPIRED: Type.Object({ at: Type.String() }), LOCKED: Type.Integer() } },
)
const VERSIONS = ['3.0.0', '3.1.0', '2.6.0'] as const
const written = (version: (typeof VERSIONS)[number], of: Router = api) => jsonOf(docs.document(of, { version }))

const changesOf = (before: Router, after: Router): readonly string[] =>
  diff(written('3.0.0', before), written('3.0.0', after), { strict: false }).map(
    ({ class: kind, where, part, what }) => `${kind} ${where} ${part} ${what}`,
  )

describe('the errors of a handshake', it => {
  it('are in the extension of the channel', () => {
    const { channels, components } = docs.document(api)
    const { errors, connectError } = channels['root']?.['x-socketio'] ?? {}
    assert.equal(Object.keys(errors ?? {}), ['TOKEN_EXPIRED', 'LOCKED'])
    assert.equal(errors?.['LOCKED'], { type: 'integer' })
    assert.equal(connectError, { $ref: '#/components/schemas/ConnectError' })
    assert.ok(components.schemas?.['ConnectError'])
    assert.equal(channels['admin']?.['x-socketio'].errors, { NOT_ADMIN: {} })
    assert.equal(channels['quiet']?.['x-socketio'].errors, { NO: { type: 'integer' } })
  })

  for (const version of VERSIONS) {
    it(`are the same in AsyncAPI ${version} as in 3.0.0, and imported from it`, () => {
      assert.equal(diff(written('3.0.0'), written(version), { strict: false }), [])
      const { text, notes } = contractOf(readApi(written(version)))
      assert.equal(notes, [])
      for (const part of [
        'errors: { TOKEN_EXPIRED: Type.Object({ at: Type.String() }), LOCKED: Type.Integer() }',
        '{ errors: { NOT_ADMIN: Type.Void() } }',
        "'/quiet': router({}, { errors: { NO: Type.Integer() } })",
      ])
        assert.ok(text.includes(part), `${part}\nis not in\n${text}`)
    })
  }

  it('break clients where one is added, or its data is other', () => {
    const refusing = (errors: Parameters<typeof router>[1] & {}) => router({ ping: event.input() }, errors)
    const [none, one] = [refusing({}), refusing({ errors: { NO: Type.Integer() } })]
    assert.equal(changesOf(none, one), ['breaking / errors.NO is added'])
    assert.equal(changesOf(one, none), ['compatible / errors.NO is removed'])
    assert.equal(changesOf(one, refusing({ errors: { NO: Type.String() } })), [
      'breaking / errors.NO.data type: integer → string',
    ])
  })

  it('tell any data from none', () => {
    const any = router(
      { ping: event.input() },
      { errors: { ANY: Type.Any(), UNKNOWN: Type.Unknown(), NONE: Type.Void() } },
    )
    const none = router(
      { ping: event.input() },
      { errors: { ANY: Type.Void(), UNKNOWN: Type.Void(), NONE: Type.Void() } },
    )
    assert.equal(changesOf(any, any), [])
    assert.is(changesOf(none, any).filter(change => change.startsWith('breaking')).length, 2)
    assert.equal(Object.keys(docs.catalog(any)[0]?.connectErrors?.['ANY'] ?? {}), ['data'])
    for (const version of VERSIONS) {
      const { text } = contractOf(readApi(written(version, any)))
      for (const code of ['ANY', 'UNKNOWN']) assert.match(text, `${code}: Type.Unknown(`)
      assert.match(text, 'NONE: Type.Void()')
    }
  })

  it('are in the catalog', () => {
    const [root, admin] = docs.catalog(api)
    assert.equal(Object.keys(root?.connectErrors ?? {}), ['TOKEN_EXPIRED', 'LOCKED'])
    assert.is(root?.connectErrors?.['LOCKED']?.data?.type, 'integer')
    assert.equal(admin?.connectErrors, { NOT_ADMIN: {} })
  })
})
