import { event, router, type Router } from '@ackwire/core'
import * as docs from '@ackwire/docs'
import { contractOf, diff, jsonOf, readApi } from '@ackwire/docs/tooling'
import { Type } from '@sinclair/typebox'
import * as assert from 'uvu/assert'
import { describe } from '../../../test/harness.js'

const Message = Type.Object({ text: Type.String() })

const api = router({
  message: event.both(event.input(Type.String()).ack(Type.Integer()), event.output(Message).describe('A message')),
  room: router({ message: event.both(event.input(Type.Integer()), event.output(Type.Boolean()).ack()) }),
  log: event.both(event.input().stream(Type.Integer()), event.output(Type.Boolean())),
  '/admin': router({ message: event.both(event.input(), event.output(Type.Integer())) }),
})

const VERSIONS = ['3.0.0', '3.1.0', '2.6.0'] as const

const written = (version: (typeof VERSIONS)[number], of: Router = api) => jsonOf(docs.document(of, { version }))

const changesOf = (before: Router, after: Router): readonly string[] =>
  diff(written('3.0.0', before), written('3.0.0', after), { strict: false }).map(
    ({ class: kind, where, part, what }) => `${kind} ${where} ${part} ${what}`,
  )

describe('an event in both directions', it => {
  it('is two operations with messages of their own in AsyncAPI 3', () => {
    const { operations, channels } = docs.document(api)
    const own = Object.entries(operations).filter(([, { title }]) => title === 'message')
    assert.equal(
      own.map(([id, { action, messages, reply }]) => [id, action, messages[0]?.$ref, reply !== undefined]),
      [
        ['receive_message', 'receive', '#/channels/root/messages/receive.message', true],
        ['send_message', 'send', '#/channels/root/messages/send.message', false],
        ['admin_receive_message', 'receive', '#/channels/admin/messages/receive.message', false],
        ['admin_send_message', 'send', '#/channels/admin/messages/send.message', false],
      ],
    )
    const messages = Object.entries(channels['root']?.messages ?? {})
    assert.equal(
      messages.filter(([, message]) => 'name' in message && message.name === 'message').map(([key]) => key),
      ['receive.message', 'send.message'],
    )
    const flipped = docs.document(api, { perspective: 'client' }).operations
    assert.is(flipped['send_message']?.reply !== undefined, true)
    assert.is(flipped['receive_message']?.reply, undefined)
  })

  it('is in publish and in subscribe of its channel in AsyncAPI 2.6', () => {
    const { channels, components } = docs.document(api, { version: '2.6.0' })
    const references = (side: 'publish' | 'subscribe'): unknown => channels['/admin']?.[side]?.message
    assert.equal(references('publish'), { $ref: '#/components/messages/admin_receive_message' })
    assert.equal(references('subscribe'), { $ref: '#/components/messages/admin_send_message' })
    assert.equal(
      Object.values(components.messages ?? {})
        .filter(({ name }) => name === 'message')
        .map(({ messageId }) => messageId),
      ['receive_message', 'send_message', 'admin_receive_message', 'admin_send_message'],
    )
  })

  for (const version of VERSIONS) {
    it(`is imported from AsyncAPI ${version} as one entry`, () => {
      const { text, notes } = contractOf(readApi(written(version)))
      assert.equal(notes, [])
      assert.ok(
        text.includes(`message: event.both(
    event.input(Type.String()).ack(Type.Integer()),
    event.output(Type.Object({ text: Type.String() })).describe('A message'),
  ),`),
        text,
      )
      assert.ok(
        text.includes('message: event.both(event.input(Type.Integer()), event.output(Type.Boolean()).ack()),'),
        text,
      )
      assert.ok(
        text.includes('log: event.both(event.input().stream(Type.Integer()), event.output(Type.Boolean())),'),
        text,
      )
      assert.ok(text.includes('message: event.both(event.input(), event.output(Type.Integer()))'), text)
    })

    it(`is the same in AsyncAPI ${version} as in 3.0.0`, () => {
      assert.equal(diff(written('3.0.0'), written(version), { strict: false }), [])
    })
  }

  it('of which one direction is declared twice keeps the first of each', () => {
    const document = written('3.0.0')
    const operations = jsonOf(document['operations'])
    const again = { ...document, operations: { ...operations, again: operations['receive_message'] } }
    const { text, notes } = contractOf(readApi(again))
    assert.equal(notes, ['/: message: is declared twice, and a contract has one entry per name; the first is kept'])
    assert.is(text.match(/message: event\.both\(/g)?.length, 3)
  })

  it('is compared in each direction', () => {
    const before = router({ message: event.input(Type.String()).ack(Type.Integer()) })
    const both = (text: typeof Type.String extends () => infer S ? S : never) =>
      router({ message: event.both(event.input(Type.String()).ack(Type.Integer()), event.output(text)) })
    assert.equal(changesOf(before, both(Type.String())), ['compatible / message output is added'])
    assert.equal(changesOf(both(Type.String()), before), ['breaking / message output is removed'])
    assert.equal(changesOf(both(Type.String({ maxLength: 3 })), both(Type.String())), [
      'breaking / message output[0] maxLength: 3 → any',
    ])
  })

  it('is listed in both directions', () => {
    assert.equal(
      docs
        .catalog(api)
        .filter(({ name }) => name === 'message')
        .map(({ namespace, direction, ack, args }) => [namespace, direction, ack !== undefined, args[0]?.type]),
      [
        ['/', 'input', true, 'string'],
        ['/', 'output', false, 'object'],
        ['/admin', 'input', false, undefined],
        ['/admin', 'output', false, 'integer'],
      ],
    )
  })
})
