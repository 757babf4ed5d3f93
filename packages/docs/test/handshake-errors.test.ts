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

  it('are imported without binary data, like auth, which no handshake carries', () => {
    const Token = Type.Object({ token: Type.String() })
    const Keyed = Type.Object({ keys: Type.Array(Type.String()) }, { $id: 'Keyed' })
    const one = router(
      { take: event.input(Keyed), '/a': router({}, { auth: Keyed }), '/b': router({}, { auth: Token }) },
      { auth: Type.Union([Type.String(), Type.Null()]), errors: { NO: Token, OLD: Keyed } },
    )
    const binary = { type: 'string', format: 'binary' }
    const text = JSON.stringify(written('3.0.0', one))
    const others = JSON.parse(
      text.replace(
        '"keys":{"type":"array","items":{"type":"string"}}',
        `"keys":{"type":"array","items":${JSON.stringify(binary)}}`,
      ),
    )
    const contract = contractOf(readApi(others))
    assert.equal(contract.notes, [
      '/a: auth is left out, because it has binary data, which no handshake carries',
      '/: errors.OLD: its data is left out, because it is binary, which no handshake carries',
    ])
    for (const part of [
      "'/a': router({})",
      "'/b': router({}, { auth: Type.Object({ token: Type.String() }) })",
      'errors: { NO: Type.Object({ token: Type.String() }), OLD: Type.Unknown() }',
    ])
      assert.ok(contract.text.includes(part), `${part}\nis not in\n${contract.text}`)
    const string = '{"type":"string"}'
    for (const [parts, isLeftOut] of [
      [{ anyOf: [binary, { type: 'null' }] }, false],
      [{ oneOf: [binary, { items: binary }] }, true],
      [{ ...binary, nullable: true }, false],
      [{ prefixItems: [binary] }, true],
      [{ items: [binary] }, true],
      [{ allOf: [{}, binary] }, true],
      [{ patternProperties: { a: binary } }, true],
      [{ additionalProperties: binary }, true],
      [{ type: 'object', additionalProperties: false }, false],
    ] as const) {
      const at = text.lastIndexOf(string, text.indexOf('"token"') + '"token"'.length + string.length)
      const changed = `${text.slice(0, at)}${JSON.stringify(parts)}${text.slice(at + string.length)}`
      const { notes } = contractOf(readApi(JSON.parse(changed)))
      assert.is(
        notes.some(note => note.includes('no handshake carries')),
        isLeftOut,
        changed,
      )
    }
  })

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
