import { event, router, type Router } from '@ackwire/core'
import * as docs from '@ackwire/docs'
import { Type } from '@sinclair/typebox'
import * as assert from 'uvu/assert'
import { describe } from '../../../test/harness.js'
import { featureOptions, features } from './features.js'

const older = (api: Router = features, options: Partial<docs.Document2Options> = featureOptions) =>
  docs.document(api, { ...options, version: '2.6.0' })

describe('AsyncAPI 2.6', it => {
  it('has inputs under publish, and outputs under subscribe', () => {
    const { channels } = older(router({ ping: event.input(), pong: event.output(), tick: event.output() }))
    assert.equal(channels['/']?.publish?.message, { $ref: '#/components/messages/receive_ping' })
    assert.equal(channels['/']?.subscribe?.message, {
      oneOf: [{ $ref: '#/components/messages/send_pong' }, { $ref: '#/components/messages/send_tick' }],
    })
    assert.is(channels['/']?.publish?.operationId, 'root_receive')
  })

  it('has the acknowledgement as x-ack of the message', () => {
    const { components } = older(
      router({
        ask: event.input().ack(Type.String()).errors({ NO: Type.Void() }),
        poll: event.output().ack(Type.String()),
        hint: event.input(),
      }),
      {},
    )
    const messages = components.messages ?? {}
    assert.match(
      JSON.stringify(messages['receive_ask']?.['x-ack']),
      /^{"oneOf":\[{"type":"string"},{.*"NO".*EventError"}\]}$/,
    )
    assert.equal(messages['send_poll']?.['x-ack'], { type: 'string' })
    assert.equal(messages['send_poll']?.['x-socketio'], { ack: true })
    assert.is(messages['receive_hint']?.['x-ack'], undefined)
    assert.is(messages['receive_hint']?.messageId, 'receive_hint')
  })

  it('distinguishes a receipt from null as an answer', () => {
    const { components } = older(
      router({ receipt: event.output().ack(), nothing: event.output().ack(Type.Null()) }),
      {},
    )
    const { send_receipt: receipt, send_nothing: nothing } = components.messages ?? {}
    assert.equal(receipt?.['x-ack'], { type: 'null', description: 'A receipt, without a value.' })
    assert.equal(receipt?.['x-socketio'], { ack: true, receipt: true })
    assert.equal(nothing?.['x-ack'], { type: 'null' })
    assert.equal(nothing?.['x-socketio'], { ack: true })
  })

  it('has an id, tags and links at its root, and a URL for each server', () => {
    const document = older()
    assert.is(document.id, 'urn:example:whiteboard')
    assert.equal(document.tags, [{ name: 'boards' }])
    assert.equal(document.externalDocs, { url: 'https://example.com/docs', description: 'Guide' })
    assert.not.ok('tags' in document.info)
    assert.is(document.servers?.['any']?.url, '{region}.example.org/live')
    assert.is(older(router({}), { info: { title: 'My chat' } }).id, 'urn:socketio:MyChat')
  })

  it('has the whole schema of a parameter', () => {
    assert.equal(older().channels['/board-{team}-{id}']?.parameters?.['id'], {
      description: 'Number of the board.',
      schema: { type: 'string', description: 'Number of the board.', pattern: '^[0-9]+$', examples: ['42'] },
    })
  })

  it('has the security of each message if it differs', () => {
    const { channels, components } = older()
    assert.ok(channels['/']?.publish?.security?.some(each => 'inCookie' in each))
    assert.equal(components.messages?.['receive_account']?.['x-socketio']?.security, [
      { oauth: ['draw'] },
      { openId: [] },
    ])
    assert.is(components.messages?.['send_picture']?.['x-socketio']?.security, undefined)
    assert.equal(channels['/']?.subscribe?.security, [{ token: [] }])
  })

  it('has the scopes of OAuth2 in their place', () => {
    const scheme = JSON.stringify(older().components.securitySchemes?.['oauth'])
    assert.match(scheme, '"scopes":{"draw":"Draw on boards","read":"See boards"}')
    assert.not.match(scheme, 'availableScopes')
  })
})

describe('AsyncAPI 3.1', it => {
  it('has the same content as 3.0', () => {
    const { asyncapi, ...rest } = docs.document(features, { ...featureOptions, version: '3.1.0' })
    const { asyncapi: _, ...before } = docs.document(features, featureOptions)
    assert.is(asyncapi, '3.1.0')
    assert.equal(rest, before)
  })
})

describe("the client's side", it => {
  const api = router({ ask: event.input(Type.String()).ack(Type.Null()), tell: event.output().ack() })

  it('reverses each event', () => {
    const { operations, 'x-socketio': extension } = docs.document(api, { perspective: 'client' })
    assert.equal(
      Object.entries(operations).map(([id, { action }]) => [id, action]),
      [
        ['send_ask', 'send'],
        ['receive_tell', 'receive'],
      ],
    )
    assert.equal(extension, { perspective: 'client' })
    assert.is(docs.document(api)['x-socketio'], undefined)
  })

  it('keeps the errors with the side that answers', () => {
    const { operations } = docs.document(api, { perspective: 'client' })
    const keys = (id: string) => operations[id]?.reply?.messages.map(({ $ref }) => $ref.replace(/.*\//, ''))
    assert.equal(keys('send_ask'), ['send.ask.ack', 'error'])
    assert.equal(keys('receive_tell'), ['receive.tell.ack'])
  })

  it('publishes in 2.6 what the server sends', () => {
    const { channels } = docs.document(api, { version: '2.6.0', perspective: 'client' })
    assert.equal(channels['/']?.publish?.message, { $ref: '#/components/messages/receive_tell' })
  })
})

describe('the options of a document', it => {
  const api = router({ a: event.input() }, { 'x-logo': 'a.png' })

  it('carry extensions to their places', () => {
    const said = router(
      { group: router({ a: event.input().describe({ 'x-one': 1 }) }, { 'x-one': 0, 'x-two': 2 }) },
      { 'x-logo': 'a.png' },
    )
    const {
      info,
      channels,
      operations,
      servers,
      'x-root': root,
    } = docs.document(said, {
      'x-root': true,
      info: { 'x-audience': 'all' },
      servers: { here: { host: 'a', 'x-tier': 1 } },
    })
    assert.is(root, true)
    assert.is(info['x-logo'], 'a.png')
    assert.is(info['x-audience'], 'all')
    assert.is(channels['root']?.['x-logo'], 'a.png')
    assert.is(operations['receive_group_a']?.['x-one'], 1)
    assert.is(operations['receive_group_a']?.['x-two'], 2)
    assert.is(servers?.['here']?.['x-tier'], 1)
    const message = docs.document(said, { version: '2.6.0' }).components.messages?.['receive_group_a']
    assert.is(message?.['x-one'], 1)
  })

  it('transform a copy of the finished document', () => {
    const given = docs.document(api, {
      transform: document => ({ ...document, info: { ...document.info, title: document.asyncapi } }),
    })
    assert.is(given.info.title, '3.0.0')
    const old = docs.document(api, {
      version: '2.6.0',
      transform: document => ({ ...document, tags: [{ name: 'x' }] }),
    })
    assert.equal(old.tags, [{ name: 'x' }])
    assert.is(docs.document(api).info.title, 'Socket.IO API')
  })

  it('describe the request that opens a connection', () => {
    const { channels } = docs.document(features, featureOptions)
    assert.equal(channels['root']?.bindings?.ws.headers, {
      type: 'object',
      title: 'HandshakeHeaders',
      properties: { 'x-request-id': { type: 'string', format: 'uuid' } },
    })
    assert.is(channels['root']?.bindings?.ws.bindingVersion, '0.1.0')
    assert.is(channels['board_team_id']?.bindings, undefined)
  })
})

describe('a parameter', it => {
  it('has the fields of AsyncAPI 3, and its schema beside them', () => {
    const { channels } = docs.document(features, featureOptions)
    assert.equal(channels['board_team_id']?.parameters, {
      team: {
        enum: ['red', 'blue'],
        default: 'red',
        'x-socketio': {
          schema: { type: 'string', title: 'BoardTeamIdParamTeam', default: 'red', enum: ['red', 'blue'] },
        },
      },
      id: {
        description: 'Number of the board.',
        examples: ['42'],
        'x-socketio': {
          schema: { type: 'string', description: 'Number of the board.', pattern: '^[0-9]+$', examples: ['42'] },
        },
      },
    })
  })
})

describe('names of schemas', it => {
  it('are generated only if they are not used', () => {
    const Taken = Type.Object({}, { $id: 'SignUp' })
    const { channels } = docs.document(
      router({ sign_up: event.input(Type.Object({ a: Taken })), 'sign-up': event.input(Type.Object({ b: Taken })) }),
    )
    const titles = Object.values(channels['root']?.messages ?? {}).map(message =>
      'payload' in message && message.payload !== undefined && 'title' in message.payload ? message.payload.title : '',
    )
    assert.equal(titles, ['SignUpValue', 'SignUpValueValue'])
  })

  it('name positional arguments if they are identifiers', () => {
    const Place = Type.Object({}, { $id: 'Place' })
    const { channels } = docs.document(
      router({ go: event.input(Type.String({ title: 'room' }), Place, Type.Null({ title: 'not a word' })) }),
    )
    const message = channels['root']?.messages['receive.go']
    assert.equal(message !== undefined && 'x-socketio' in message && message['x-socketio'], {
      args: ['room', 'place', 'arg3'],
    })
  })
})
