import { createClient, safe } from '@ackwire/client'
import { event, EventError, router, type GuardedEvents } from '@ackwire/core'
import { Type } from '@sinclair/typebox'
import type { Namespace } from 'socket.io'
import * as assert from 'uvu/assert'
import { describe } from '../../../test/harness.js'
import { ask, failureOf, serve, until } from './serve.js'

const Taken = Type.Object({ by: Type.String() })
const Trouble = Type.Object({ message: Type.String(), status: Type.Integer() })
const At = Type.Transform(Type.String())
  .Decode(text => new Date(text))
  .Encode(date => date.toISOString())

const api = router(
  {
    save: event.input(Type.String()).ack(Type.Integer()).errors({ TAKEN: Taken }),
    touch: event.input().ack(),
    plain: event.input(Type.Integer()).ack(Type.Integer(), { errorFirst: false }),
    load: event.input(Type.Integer()).ack(At, { errorFirst: Trouble }),
    pages: event.input().stream(Type.Integer()),
    probe: event.output(Type.Integer()).ack(Type.String()).errors({ BUSY: Type.Integer() }),
    poke: event.output().ack(),
    note: event.input(Type.String()),
    inner: router({ get: event.input().ack(Type.String()) }),
    outer: router({ get: event.input().ack(Type.String()) }, { acks: 'value' }),
    '/admin': router({ get: event.input().ack(Type.String()) }),
    '/modern': router({ get: event.input().ack(Type.String()) }, { acks: 'value' }),
  },
  { acks: 'error-first' },
)
const old = router({
  save: event.input(Type.String()).ack(Type.Integer()),
  touch: event.input().ack(),
})
const alone = { forceNew: true, reconnection: false }

describe('an error-first ack', it => {
  it('is declared for one event, or for all of a router with its groups and namespaces', () => {
    const forms = api['~router'].namespaces.flatMap(({ name, events }) =>
      events.map(({ name: own, ack, direction }) => [name, own, direction, ack?.errorFirst !== undefined]),
    )
    assert.equal(
      forms.filter(([, , , isErrorFirst]) => isErrorFirst).map(([name, own]) => `${name} ${own}`),
      ['/ save', '/ touch', '/ load', '/ probe', '/ poke', '/ inner:get', '/admin get'],
    )
    assert.is(event.input().ack({ errorFirst: true })['~event'].ack?.schema, undefined)
    assert.is(event.input().ack(Type.Null(), { errorFirst: Trouble })['~event'].ack?.errorFirst, Trouble)
  })

  it('is refused where it can’t work', () => {
    const refusal = (define: () => unknown): string => {
      try {
        define()
        return ''
      } catch (error) {
        return error instanceof TypeError ? error.message : String(error)
      }
    }
    assert.is(
      // @ts-expect-error no form
      refusal(() => event.input().ack(Type.Null(), { errorFirst: 'yes' })),
      'ackwire: .ack: errorFirst: expected true, false or a schema, got a string',
    )
    assert.is(
      // @ts-expect-error no form
      refusal(() => router({}, { acks: 'node' })),
      'ackwire: router options acks: expected "value" or "error-first", got "node"',
    )
    assert.is(
      refusal(() => router({ tail: event.input().stream(Type.Null()).ack(Type.Null(), { errorFirst: true }) })),
      'ackwire: tail ack: a stream is answered with pages, which are never error-first; leave out errorFirst',
    )
    for (const schema of [
      { type: 'string' },
      { type: ['string', 'object'] },
      { enum: ['NO', 'null'] },
      { const: 'NO' },
    ])
      for (const errorFirst of [Type.Unsafe(schema), Type.Union([Type.Integer(), Type.Unsafe(schema)])])
        router({ it: event.input().ack({ errorFirst }) })
    for (const schema of [{}, { type: ['string', 'null'] }, { type: 'string', nullable: true }, { enum: ['NO', null] }])
      assert.match(
        refusal(() => router({ it: event.input().ack({ errorFirst: Type.Unsafe(schema) }) })),
        'null stands for no error',
      )
    assert.is(
      refusal(() => router({ it: event.input().ack({ errorFirst: Type.Union([Type.String(), Type.Null()]) }) })),
      "ackwire: it ack errorFirst: null stands for no error, so that an error can't be null; reject it in the schema",
    )
  })

  it('of a handler carries null and the reply, or the failure alone', async context => {
    const { server, client, errors } = await serve(api, context)
    server.on.save(({ input, fail }) => {
      if (input === 'taken') fail('TAKEN', { by: 'bob' })
      if (input === 'broken') throw new Error('secret')
      return input.length
    })
    server.on.touch(() => {})
    server.on.plain(({ input }) => input)
    server.on.outer.get(() => 'a')
    const socket = await client()
    assert.equal(await ask(socket, 'save', 'abc'), [null, 3])
    assert.equal(await ask(socket, 'touch'), [null])
    assert.equal(await ask(socket, 'save', 'taken'), [{ code: 'TAKEN', message: 'TAKEN', data: { by: 'bob' } }])
    assert.equal(await ask(socket, 'save', 1), [
      {
        code: 'INVALID_INPUT',
        message: 'The input does not match the contract',
        issues: [{ path: '/0', message: 'Expected string' }],
      },
    ])
    assert.equal(await ask(socket, 'save', 'broken'), [{ code: 'INTERNAL', message: 'Internal error' }])
    assert.equal(await ask(socket, 'inner:get'), [
      { code: 'NOT_IMPLEMENTED', message: 'The server has no handler for this event' },
    ])
    assert.equal(await ask(socket, 'plain', 4), [4])
    assert.equal(await ask(socket, 'outer:get'), ['a'])
    assert.equal(await ask(socket, 'pages'), [
      { $error: { code: 'NOT_IMPLEMENTED', message: 'The server has no handler for this event' } },
    ])
    assert.equal(
      errors.splice(0).map(({ phase }) => phase),
      ['input', 'handler'],
    )
    server.on.note(() => {})
    assert.equal(await ask(socket, 'note', 'no ack is declared'), [])
    const again = server.on.inner.get(() => 1 as never)
    server.onError(() => 'instead')
    assert.equal(await ask(socket, 'inner:get'), [null, 'instead'])
    again()
  })

  it('of a plain listener reaches the client as the application calls it', async context => {
    const { io, client, errors } = await serve(api, context)
    const root: Namespace<GuardedEvents<typeof api>> = io.of('/')
    root.on('connection', socket => {
      socket.on('save', (text, ack) => {
        if (text === 'string') return ack('No such room')
        if (text === 'error') return ack(new Error('No such room'))
        if (text === 'failure') return ack({ code: 'TAKEN', message: 'Taken!', data: { by: 'bob' } })
        if (text === 'event error') return ack(new EventError('TAKEN', { by: 'eve' }) as never)
        if (text === 'undefined') return ack(undefined as never, 1)
        ack(null, text.length)
      })
      socket.on('touch', ack => ack())
      socket.on('load', (id, ack) => {
        if (id === 1) ack({ message: 'Not found', status: 404 })
        else ack(null, new Date(0))
      })
    })
    const socket = await client()
    assert.equal(await ask(socket, 'save', 'abc'), [null, 3])
    assert.equal(await ask(socket, 'save', 'undefined'), [null, 1])
    assert.equal(await ask(socket, 'save', 'string'), ['No such room'])
    assert.equal(await ask(socket, 'save', 'error'), ['No such room'])
    assert.equal(await ask(socket, 'save', 'failure'), [{ code: 'TAKEN', message: 'Taken!', data: { by: 'bob' } }])
    assert.equal(await ask(socket, 'save', 'event error'), [{ code: 'TAKEN', message: 'TAKEN', data: { by: 'eve' } }])
    assert.equal(await ask(socket, 'touch'), [])
    assert.equal(await ask(socket, 'load', 1), [{ message: 'Not found', status: 404 }])
    assert.equal(await ask(socket, 'load', 2), [null, '1970-01-01T00:00:00.000Z'])
    assert.equal(errors, [])
  })

  it('of a plain listener is no empty string for an error without a message', async context => {
    const { io, client, errors } = await serve(api, context)
    const given: readonly (readonly [error: Error, sent: unknown])[] = [
      // A connection that was refused on each address of a host.
      [Object.assign(new AggregateError([]), { code: 'ECONNREFUSED' }), 'ECONNREFUSED'],
      [new RangeError(), 'RangeError'],
      [Object.assign(new Error(), { code: 5 }), '5'],
    ]
    io.on('connection', socket =>
      socket.on('save', (at: string, ack: (error?: Error) => void) => ack(given[Number(at)]?.[0])),
    )
    const socket = await client()
    for (const [at, [, sent]] of given.entries()) assert.equal(await ask(socket, 'save', String(at)), [sent])
    assert.equal(errors, [])
  })

  it('that a plain listener calls otherwise is INTERNAL, and reported for what it is', async context => {
    const { io, client, errors } = await serve(api, context)
    const calls: readonly (readonly [values: readonly unknown[] | (() => readonly unknown[]), report: string])[] = [
      [[null, 1, 2], 'on save: the ack was called with 3 values; expected ack(error) or ack(null, value)'],
      [[null], 'The answer does not match the contract'],
      [[null, 'x'], 'The answer does not match the contract'],
      [[{ message: 'secret' }], 'The answer does not match the contract'],
      [[5], 'The answer does not match the contract'],
      [
        () => [Promise.reject(new Error('secret'))],
        'ackwire: on save: expected the ack to be called with an error, got a promise; await it first',
      ],
      [
        () => [null, Promise.reject(new Error('secret'))],
        'ackwire: on save: expected the ack to be called with a value, got a promise; await it first',
      ],
    ]
    let values: readonly unknown[] | (() => readonly unknown[]) = []
    io.on('connection', socket => {
      socket.on('save', (_: string, ack: (...values: readonly unknown[]) => void) =>
        ack(...(typeof values === 'function' ? values() : values)),
      )
    })
    const socket = await client()
    for (const [given, report] of calls) {
      values = given
      assert.equal(await ask(socket, 'save', ''), [{ code: 'INTERNAL', message: 'Internal error' }], report)
      const [{ error, phase } = { error: undefined, phase: undefined }] = errors.splice(0)
      assert.equal([phase, (error as Error).message], ['reply', report])
    }
  })

  it('that is not declared is named in the report where a listener calls it', async context => {
    const { io, client, errors } = await serve(old, context)
    io.on('connection', socket => {
      socket.on('save', (text: string, ack: (...values: readonly unknown[]) => void) =>
        text === 'several' ? ack(1, 2) : ack(null, text.length),
      )
      socket.on('touch', (ack: (...values: readonly unknown[]) => void) => ack(null, 'ignored'))
    })
    const socket = await client()
    assert.equal(await ask(socket, 'save', 'abc'), [{ $error: { code: 'INTERNAL', message: 'Internal error' } }])
    assert.equal(
      errors.splice(0).map(({ phase, error }) => [phase, (error as EventError).code, (error as Error).message]),
      [
        [
          'reply',
          'INVALID_REPLY',
          'on save: the ack was called with 2 values; expected one; if it is called as ack(error) and ack(null, value), declare .ack(…, { errorFirst: true })',
        ],
      ],
    )
    assert.equal(await ask(socket, 'save', 'several'), [1])
    assert.equal(await ask(socket, 'touch'), [])
  })

  const KINDS = ['the contract’s type', 'the contract'] as const
  const clientWith = (kind: (typeof KINDS)[number], url: string): ReturnType<typeof createClient<typeof api>> =>
    kind === 'the contract'
      ? (createClient(api, url, alone) as never)
      : createClient<typeof api>(url, { ...alone, acks: 'error-first' })

  for (const kind of KINDS) {
    it(`is read by a client with ${kind}`, async context => {
      const { io, server, url, errors } = await serve(api, context)
      const client = clientWith(kind, url)
      context.defer(() => client.close())
      server.on.save(({ input, fail }) => (input === 'taken' ? fail('TAKEN', { by: 'bob' }) : input.length))
      server.on.touch(() => {})
      io.on('connection', socket => {
        socket.on('load', (id: number, ack: (...values: readonly unknown[]) => void) =>
          ack(id === 1 ? { message: 'Not found', status: 404 } : new Error('No')),
        )
        socket.on('inner:get', (ack: (error: string) => void) => ack('No such room'))
      })
      assert.is(await client.emit.save('abc'), 3)
      assert.is(await client.emit.touch(), undefined)
      const [taken] = await safe(client.emit.save('taken'))
      assert.ok(taken?.code === 'TAKEN')
      assert.equal([taken.message, taken.data], ['TAKEN', { by: 'bob' }])
      const [own] = await safe(client.emit.load(1))
      assert.equal(
        [own?.code, own?.message, own?.data, own?.cause],
        ['INTERNAL', 'Not found', undefined, { message: 'Not found', status: 404 }],
      )
      const [invalid] = await safe(client.emit.load(2))
      assert.equal([invalid?.code, invalid?.message], ['INTERNAL', 'Internal error'])
      assert.is(errors.pop()?.phase, 'reply')
      const [text] = await safe(client.emit.inner.get())
      assert.equal([text?.code, text?.message, text?.cause], ['INTERNAL', 'No such room', 'No such room'])
      const [missing] = await safe(client.of('/admin').emit.get())
      assert.is(missing?.code, 'NOT_IMPLEMENTED')
      server.on.pages(async function* () {
        yield 1
        yield 2
      })
      const pages: number[] = []
      for await (const page of client.stream.pages()) pages.push(page)
      assert.equal(pages, [1, 2])
    })

    it(`is given by a client with ${kind}`, async context => {
      const { io, server, url, errors } = await serve(api, context)
      const client = clientWith(kind, url)
      context.defer(() => client.close())
      let emit: Parameters<Parameters<typeof server.on.connection>[0]>[0]['emit'] | undefined
      server.on.connection(each => void (emit = each.emit))
      client.on.probe(count => {
        if (count === 1) throw new EventError('BUSY', 7)
        return String(count)
      })
      client.on.poke(() => {})
      await until(() => emit !== undefined)
      assert.ok(emit)
      assert.is(await emit.probe(5), '5')
      assert.is(await emit.poke(), undefined)
      const [busy] = await safe(emit.probe(1))
      assert.equal([busy?.code, busy?.data], ['BUSY', 7])
      assert.equal(await server.emit.poke(), [undefined])
      assert.match(
        await failureOf(server.emit.probe(5)),
        /emit\.probe: of each answer to several sockets Socket\.IO keeps the first argument only/,
      )
      const seen: unknown[][] = []
      for (const socket of io.of('/').sockets.values())
        socket
          .timeout(5_000)
          .emit('probe', 3, (late: unknown, ...answer: unknown[]) => void seen.push([late, ...answer]))
      await until(() => seen.length === 1)
      assert.equal(seen, [[null, null, '3']])
      assert.equal(errors, [])
    })
  }

  it('of a client without a library is checked like any other', async context => {
    const { server, client, errors } = await serve(api, context)
    let emit: Parameters<Parameters<typeof server.on.connection>[0]>[0]['emit'] | undefined
    server.on.connection(each => void (emit = each.emit))
    const socket = await client()
    assert.ok(emit)
    const { probe } = emit
    type Answer = (...values: readonly unknown[]) => void
    const answered = async (...values: readonly unknown[]) => {
      socket.once('probe', (_: number, ack: Answer) => ack(...values))
      const [error, value] = await safe(probe(1))
      return error === undefined ? value : [error.code, error.message, error.cause]
    }
    assert.is(await answered(null, 'yes'), 'yes')
    assert.is(await answered(undefined, 'yes'), 'yes')
    assert.equal(await answered('my own words'), ['INTERNAL', 'Internal error', 'my own words'])
    assert.equal(await answered({ code: 'BUSY', message: 'x', data: 1 }), ['BUSY', 'BUSY', undefined])
    assert.equal(await answered({ $error: { code: 'BUSY', data: 1 } }), ['BUSY', 'BUSY', undefined])
    assert.equal(errors, [])
    const invalid = 'The answer does not match the contract'
    assert.equal(await answered(null, 5), ['INVALID_REPLY', invalid, undefined])
    assert.equal(await answered(null), ['INVALID_REPLY', invalid, undefined])
    assert.equal(await answered([]), ['INVALID_REPLY', invalid, undefined])
    assert.equal(await answered({ code: 'BUSY', message: 'x', data: 'no' }), ['INVALID_REPLY', invalid, undefined])
    assert.equal(
      errors.splice(0).map(({ phase }) => phase),
      ['ack', 'ack', 'ack', 'ack'],
    )
  })

  it('is missed by a client that has not been told of it at its first success', async context => {
    const { server, url } = await serve(api, context)
    server.on.save(() => 1)
    const client = createClient<typeof api>(url, alone)
    context.defer(() => client.close())
    const [error] = await safe(client.emit.save('a'))
    assert.equal([error?.code, error?.message], ['INVALID_REPLY', "set acks: 'error-first'"])
  })
})
