import { event, router, type Router } from '@ackwire/core'
import * as docs from '@ackwire/docs'
import { Type } from '@sinclair/typebox'
import * as assert from 'uvu/assert'
import { describe } from '../../../test/harness.js'
import { corpus, options } from './corpus.js'

const messagesOf = (api: Router, given?: docs.DocumentOptions) => {
  const messages = docs.document(api, given).channels['root']?.messages ?? {}
  return Object.entries(messages).flatMap(([key, message]) => ('$ref' in message ? [] : [{ key, ...message }]))
}

describe('names in the document', it => {
  it('are identifiers for operations, and say the direction', () => {
    const { operations, channels } = docs.document(corpus, options)
    assert.equal(
      Object.keys(operations).filter(id => !/^[A-Za-z]\w*$/.test(id)),
      [],
    )
    for (const id of ['receive_user_sign_up', 'receive_todo_create', 'send_two_words', 'admin_receive_ban'])
      assert.ok(id in operations, id)
    assert.equal(Object.keys(channels), ['root', 'admin', 'game_id'])
    assert.equal(operations['send_tick']?.action, 'send')
  })

  it("keep the event's own name in the message", () => {
    const [message] = messagesOf(router({ todo: router({ create: event.input() }) }))
    assert.is(message?.key, 'receive.todo_create')
    assert.is(message?.name, 'todo:create')
    assert.is(message?.title, 'todo:create')
  })

  it('are spelled out if two would be equal, in any order', () => {
    const one = router({ 'a:b': event.input(), 'a-b': event.input(), a_b: event.input() })
    const other = router({ a_b: event.input(), 'a-b': event.input(), 'a:b': event.input() })
    const ids = ['receive_a_b', 'receive_a_x2d_b', 'receive_a_x3a_b']
    assert.equal(Object.keys(docs.document(one).operations).sort(), ids)
    assert.equal(Object.keys(docs.document(other).operations).sort(), ids)
  })

  it("don't confuse an event with the answer to another", () => {
    const keys = messagesOf(router({ todo: event.input().ack(), 'todo.ack': event.input() })).map(({ key }) => key)
    assert.equal(keys, ['receive.todo', 'receive.todo.ack', 'receive.todo_ack'])
  })

  it('distinguish a namespace called /root from the root', () => {
    const api = router({ a: event.input(), '/root': router({ a: event.input() }) })
    assert.equal(Object.keys(docs.document(api).channels), ['root', '_x2f_root'])
  })
})

describe('an event in the document', it => {
  it('is answered by its reply, its own errors and the shared one', () => {
    const { operations } = docs.document(corpus, options)
    const root = '#/channels/root/messages'
    assert.equal(operations['receive_user_sign_up']?.reply, {
      messages: [
        { $ref: `${root}/receive.user_sign_up.ack` },
        { $ref: `${root}/receive.user_sign_up.error.EMAIL_TAKEN` },
        { $ref: `${root}/receive.user_sign_up.error.GONE` },
        { $ref: `${root}/error` },
      ],
    })
    assert.equal(operations['receive_user_sign_up']?.['x-socketio'], { ack: true })
    assert.equal(operations['send_probe']?.reply, {
      messages: [{ $ref: `${root}/send.probe.ack` }, { $ref: `${root}/send.probe.error.BUSY` }],
    })
    assert.is(operations['receive_signup']?.reply, undefined)
  })

  it('has no payload in its receipt', () => {
    const [ping, receipt] = messagesOf(router({ ping: event.input().ack() }))
    assert.not.ok('payload' in (ping ?? {}))
    assert.is(receipt?.key, 'receive.ping.ack')
    assert.not.ok('payload' in (receipt ?? {}))
  })

  it('has a tuple for several arguments, and the schema itself for one', () => {
    const [one, two] = messagesOf(
      router({ one: event.input(Type.String()), two: event.input(Type.String(), Type.Null()) }),
    )
    assert.equal(one?.payload, { type: 'string' })
    assert.equal(two?.payload, {
      type: 'array',
      title: 'TwoArgs',
      description: 'Positional arguments of `two`.',
      items: [{ type: 'string' }, { type: 'null' }],
      additionalItems: false,
      minItems: 2,
      maxItems: 2,
    })
  })

  it('has an open array for optional and rest arguments', () => {
    const payloads = messagesOf(
      router({
        maybe: event.input(Type.String(), Type.Optional(Type.Null())),
        one: event.input(Type.Optional(Type.Null())),
        rest: event.input(Type.String()).rest(Type.Null()),
        all: event.output().rest(Type.Null()),
      }),
    ).map(({ payload }) => payload)
    const text = { type: 'string' }
    const none = { type: 'null' }
    const list = (name: string) => ({
      type: 'array',
      title: `${name}Args`,
      description: `Positional arguments of \`${name.toLowerCase()}\`.`,
    })
    assert.equal(payloads, [
      { ...list('Maybe'), items: [text, none], additionalItems: false, minItems: 1, maxItems: 2 },
      { ...list('One'), items: [none], additionalItems: false, minItems: 0, maxItems: 1 },
      { ...list('Rest'), items: [text], additionalItems: none, minItems: 1 },
      { ...list('All'), items: none, minItems: 0 },
    ])
  })

  it('has an error schema only if an input is answered', () => {
    const output = docs.document(router({ probe: event.output().ack(), say: event.input() }))
    assert.equal(output.components, {})
    const input = docs.document(router({ ping: event.input().ack() }))
    assert.equal(Object.keys(input.components.schemas ?? {}), ['Issue', 'EventError'])
    assert.equal(input.channels['root']?.messages['error'], { $ref: '#/components/messages/error' })
  })

  it('leaves the names Issue and EventError to the contract', () => {
    const Issue = Type.Object({ title: Type.String() }, { $id: 'Issue' })
    const { schemas = {} } = docs.document(router({ open: event.input(Issue).ack() })).components
    assert.equal(Object.keys(schemas), ['Issue', 'AckwireIssue', 'EventError'])
  })

  it('has the tags of its namespace and its groups before its own', () => {
    const api = router(
      { a: router({ b: event.input().describe({ tags: ['z', 'y'] }) }, { tags: ['y'] }) },
      { tags: ['x'] },
    )
    const tags = docs.document(api).operations['receive_a_b']?.tags
    assert.equal(tags, [{ name: 'x' }, { name: 'y' }, { name: 'z' }])
  })

  it('has its namespace’s security unless it has its own', () => {
    const { operations } = docs.document(corpus, options)
    const secured = [{ $ref: '#/components/securitySchemes/adminToken' }]
    assert.equal(operations['admin_receive_both']?.security, secured)
    assert.is(operations['admin_send_stats']?.security, undefined)
    assert.is(operations['receive_both']?.security, undefined)
  })

  it('is marked as deprecated for every tool', () => {
    const { operations, channels } = docs.document(corpus, options)
    const operation = operations['receive_signup']
    assert.is(operation?.['x-deprecated'], true)
    assert.is(operation?.title, 'signup (deprecated)')
    assert.equal(operation?.tags?.[0], { name: 'deprecated' })
    assert.match(JSON.stringify(channels['root']?.messages['receive.signup']), '"x-deprecated":true')
  })
})

describe('a namespace in the document', it => {
  it('has its address, its parameters and its handshake', () => {
    const { channels } = docs.document(corpus, options)
    assert.equal(channels['game_id']?.parameters, { id: {} })
    assert.is(channels['game_id']?.address, '/game-{id}')
    assert.equal(channels['admin']?.['x-socketio'], {
      namespace: '/admin',
      auth: {
        type: 'object',
        title: 'AdminHandshakeAuth',
        properties: { token: { type: 'string', description: 'JWT' } },
        required: ['token'],
      },
      connectError: { $ref: '#/components/schemas/ConnectError' },
    })
  })
})

describe('examples in the document', it => {
  it('are those of the description, with bytes as text', () => {
    const upload = messagesOf(corpus, options).find(({ name }) => name === 'upload')
    assert.equal(upload?.examples, [{ payload: ['a.png', 'AQID'] }])
    assert.equal(upload?.['x-socketio'], { args: ['arg1', 'arg2'], binary: true })
  })

  it('are derived if each required part has one', () => {
    const [known, partly] = messagesOf(
      router({
        known: event.input(
          Type.Object({ a: Type.Literal(1), b: Type.String({ default: 'x' }), c: Type.Optional(Type.Integer()) }),
        ),
        partly: event.input(Type.Object({ a: Type.Literal(1), b: Type.String() })),
      }),
    )
    assert.equal(known?.examples, [{ payload: { a: 1, b: 'x' } }])
    assert.not.ok('examples' in (partly ?? {}))
  })

  it('are left out if the derived one does not match', () => {
    const [message] = messagesOf(router({ a: event.input(Type.Array(Type.Literal('x'), { minItems: 2 })) }))
    assert.not.ok('examples' in (message ?? {}))
  })
})

describe('the document', it => {
  it('is deterministic', () => {
    assert.is(docs.render(corpus, options), docs.render(corpus, options))
    const tree = () => Type.Recursive(This => Type.Object({ children: Type.Array(This) }))
    const api = () => router({ a: event.input(tree()), b: event.output(tree()) })
    assert.is(docs.render(api()), docs.render(api()))
    assert.not.match(docs.render(api()), /\bT\d+\b/)
  })

  it('has servers in AsyncAPI’s form', () => {
    assert.equal(docs.document(router({}), { servers: { here: { host: 'localhost:3000' } } }).servers, {
      here: {
        host: 'localhost:3000',
        pathname: '/socket.io/',
        protocol: 'ws',
        'x-socketio': { protocol: 5, engineio: 4, transports: ['polling', 'websocket'] },
      },
    })
  })

  it('takes its description from the contract, unless the options have one', () => {
    const api = router({}, { description: 'A chat.' })
    assert.is(docs.document(api).info.description, 'A chat.')
    assert.is(docs.document(api, { info: { description: 'Mine.' } }).info.description, 'Mine.')
    assert.is(docs.document(api).info.title, 'Socket.IO API')
  })
})
