import { event, router, type Router } from '@ackwire/core'
import * as docs from '@ackwire/docs'
import { contractOf, diff, jsonOf, readApi } from '@ackwire/docs/tooling'
import { Type, type TSchema } from '@sinclair/typebox'
import { Ajv } from 'ajv'
import * as assert from 'uvu/assert'
import { describe } from '../../../test/harness.js'

const Trouble = Type.Object({ message: Type.String(), status: Type.Integer() })

const api = router(
  {
    save: event
      .input(Type.String())
      .ack(Type.Object({ id: Type.Integer({ examples: [7] }) }), { required: true })
      .errors({ TAKEN: Type.Object({ by: Type.String() }), GONE: Type.Void() }),
    load: event.input().ack(Type.Null(), { errorFirst: Trouble }),
    touch: event.input().ack(),
    plain: event.input().ack(Type.Integer(), { errorFirst: false }),
    probe: event.output().ack(Type.Boolean()).errors({ BUSY: Type.Integer() }),
  },
  { acks: 'error-first' },
)

const VERSIONS = ['3.0.0', '3.1.0', '2.6.0'] as const

const written = (version: (typeof VERSIONS)[number], of: Router = api) => jsonOf(docs.document(of, { version }))

const changesOf = (before: Router, after: Router): readonly string[] =>
  diff(written('3.0.0', before), written('3.0.0', after), { strict: false }).map(
    ({ class: kind, where, part, what }) => `${kind} ${where} ${part} ${what}`,
  )

const form = (options: { readonly errorFirst: boolean | TSchema }) =>
  router({ e: event.input().ack(Type.Integer(), options) })

describe('an error-first ack', it => {
  it('is described by the arguments of the acknowledgement', () => {
    const { operations, channels, components } = docs.document(api)
    assert.equal(operations['receive_save']?.['x-socketio'], { ack: true, errorFirst: true, ackRequired: true })
    assert.equal(operations['receive_plain']?.['x-socketio'], { ack: true })
    assert.equal(
      operations['receive_save']?.reply?.messages.map(({ $ref }) => $ref.slice($ref.lastIndexOf('/') + 1)),
      ['receive.save.ack', 'receive.save.error', 'receive.save.error.TAKEN', 'receive.save.error.GONE', 'failure'],
    )
    assert.equal(
      operations['send_probe']?.reply?.messages.map(({ $ref }) => $ref.slice($ref.lastIndexOf('/') + 1)),
      ['send.probe.ack', 'send.probe.error', 'send.probe.error.BUSY'],
    )
    assert.equal(Object.keys(components.messages ?? {}), ['error', 'failure'])
    const ajv = new Ajv({ strict: false })
    const accepts = (key: string, value: unknown): boolean => {
      const message = channels['root']?.messages[key]
      const target = message !== undefined && '$ref' in message ? components.messages?.['failure'] : message
      return ajv.compile({ ...jsonOf(target && 'payload' in target ? target.payload : undefined), components })(value)
    }
    for (const [key, values, others] of [
      ['receive.save.ack', [[null, { id: 1 }]], [{ id: 1 }, [null], ['x', { id: 1 }], [null, 1]]],
      ['receive.save.error', ['No such room'], [1, null]],
      ['receive.load.error', [{ message: '', status: 1 }], ['No such room']],
      [
        'receive.save.error.TAKEN',
        [{ code: 'TAKEN', message: '', data: { by: '' } }],
        [{ code: 'TAKEN', message: '' }, { $error: { code: 'TAKEN', message: '', data: { by: '' } } }],
      ],
      ['failure', [{ code: 'INTERNAL', message: '' }], [{ $error: { code: 'INTERNAL', message: '' } }, 'x']],
    ] as const) {
      for (const value of values) assert.ok(accepts(key, value), `${key} ${JSON.stringify(value)}`)
      for (const value of others) assert.not.ok(accepts(key, value), `${key} ${JSON.stringify(value)}`)
    }
    const ack = channels['root']?.messages['receive.save.ack']
    assert.equal(ack && 'examples' in ack && ack.examples, [{ payload: [null, { id: 7 }] }])
  })

  it('has all its answers in x-ack of AsyncAPI 2.6', () => {
    const { components } = docs.document(api, { version: '2.6.0' })
    const save = jsonOf(components.messages?.['receive_save'])
    assert.equal(jsonOf(save['x-socketio']), { ack: true, errorFirst: true, ackRequired: true })
    assert.is((jsonOf(save['x-ack'])['oneOf'] as unknown[]).length, 5)
  })

  for (const version of VERSIONS) {
    it(`is the same in AsyncAPI ${version} as in 3.0.0, and imported from it`, () => {
      assert.equal(diff(written('3.0.0'), written(version), { strict: false }), [])
      const { text, notes } = contractOf(readApi(written(version)))
      assert.equal(notes, [])
      for (const line of [
        '.ack(Type.Object({ id: Type.Integer({ examples: [7] }) }), {\n      required: true,\n      errorFirst: true,\n    })',
        '.errors({ TAKEN: Type.Object({ by: Type.String() }), GONE: Type.Void() }),',
        'load: event.input().ack(Type.Null(), {\n    errorFirst: Type.Object({ message: Type.String(), status: Type.Integer() }),\n  }),',
        'touch: event.input().ack({ errorFirst: true }),',
        'plain: event.input().ack(Type.Integer()),',
        'probe: event.output().ack(Type.Boolean(), { errorFirst: true }).errors({ BUSY: Type.Integer() }),',
      ])
        assert.ok(text.includes(line), `${line}\nis not in\n${text}`)
    })
  }

  it('breaks clients where it begins, ends, or its errors are others', () => {
    assert.equal(changesOf(form({ errorFirst: false }), form({ errorFirst: true })), [
      'breaking / e ack is now error-first',
    ])
    assert.equal(changesOf(form({ errorFirst: true }), form({ errorFirst: false })), [
      'breaking / e ack is no longer error-first',
    ])
    assert.equal(changesOf(form({ errorFirst: true }), form({ errorFirst: Type.Integer() })), [
      'breaking / e ack error type: string → integer',
    ])
    assert.equal(changesOf(form({ errorFirst: true }), form({ errorFirst: Type.String() })), [])
  })

  it('has the schema of its own errors in the catalog', () => {
    const acks = docs.catalog(api).map(({ name, ack }) => [name, ack?.errorFirst?.type])
    assert.equal(acks, [
      ['save', 'string'],
      ['load', 'object'],
      ['touch', 'string'],
      ['plain', undefined],
      ['probe', 'string'],
    ])
  })
})
