import { createClient, type ConnectError } from '@ackwire/client'
import { event, EventError, router } from '@ackwire/core'
import { Type, type TSchema } from '@sinclair/typebox'
import * as assert from 'uvu/assert'
import { describe } from '../../../test/harness.js'
import { serve } from './serve.js'

const At = Type.Transform(Type.String())
  .Decode(text => new Date(text))
  .Encode(date => date.toISOString())

const api = router(
  {
    ping: event.input().ack(),
    '/admin': router({ ping: event.input() }, { errors: { NOT_ADMIN: Type.Void() } }),
    '/open': router({ ping: event.input() }),
  },
  {
    auth: Type.Object({ token: Type.String() }),
    errors: { TOKEN_EXPIRED: Type.Object({ at: At }), LOCKED: Type.Object({ for: Type.Integer() }) },
  },
)
const alone = { forceNew: true, reconnection: false }

describe('a handshake that the contract’s own error refuses', it => {
  for (const kind of ['the contract’s type', 'the contract'] as const) {
    it(`reaches a client with ${kind}`, async context => {
      const { server, url, errors } = await serve(api, context)
      server.authenticate(({ auth, fail }) => {
        if (auth.token === 'old') fail('TOKEN_EXPIRED', { at: new Date(0) })
        if (auth.token === 'locked') fail('LOCKED', { for: 5 }, { message: 'Try again in five minutes' })
        return {}
      })
      const refusalFor = async (token: string): Promise<readonly unknown[]> => {
        const options = { ...alone, auth: { token } }
        const client =
          kind === 'the contract' ? createClient(api, url, options) : createClient<typeof api>(url, options)
        context.defer(() => client.close())
        const error: ConnectError = await client.once.connect_error()
        return [error.message, error.data]
      }
      const at = kind === 'the contract' ? new Date(0) : '1970-01-01T00:00:00.000Z'
      assert.equal(await refusalFor('old'), [
        'TOKEN_EXPIRED',
        { code: 'TOKEN_EXPIRED', message: 'TOKEN_EXPIRED', data: { at } },
      ])
      const message = 'Try again in five minutes'
      assert.equal(await refusalFor('locked'), [message, { code: 'LOCKED', message, data: { for: 5 } }])
      assert.equal(errors, [])
    })
  }

  it('reaches a client without a library, and is its namespace’s own', async context => {
    const { server, client, errors } = await serve(api, context)
    server.authenticate(() => ({}))
    server.of('/admin').authenticate(({ fail }) => fail('NOT_ADMIN', undefined))
    const refusal = (await client('/admin').catch((error: unknown) => error)) as ConnectError
    assert.equal([refusal.message, refusal.data], ['NOT_ADMIN', { code: 'NOT_ADMIN', message: 'NOT_ADMIN' }])
    assert.equal(errors, [])
  })

  it('is UNAUTHORIZED, and reported, if it is not declared, does not match, or comes from elsewhere', async context => {
    const { server, client, errors } = await serve(api, context)
    const mistakes: readonly ((fail: (...given: readonly unknown[]) => never) => unknown)[] = [
      fail => fail('NOT_ADMIN', {}),
      fail => fail('LOCKED', { for: 'ever' }),
      fail => fail('LOCKED', { for: 5 }, { message: 5 }),
      fail => fail('LOCKED', { for: 5, more: 5n }),
      () => {
        throw new EventError('LOCKED', { for: 5 })
      },
    ]
    let mistake = 0
    server.authenticate(({ fail }) => {
      mistakes[mistake]?.(fail as never)
      return {}
    })
    const reports: readonly RegExp[] = [
      /^ackwire: fail\("NOT_ADMIN"\): authenticate declares TOKEN_EXPIRED, LOCKED; add this code to the router's errors, or use a declared one$/,
      /^fail\("LOCKED"\): the data does not match its schema$/,
      /^ackwire: fail\("LOCKED"\): expected a string as the message, got a number$/,
      /^The answer does not match the contract$/,
      /^LOCKED$/,
    ]
    for (const report of reports) {
      const refusal = await client('/', { auth: { token: 'a' } }).catch((error: unknown) => error)
      const data = (refusal as ConnectError).data
      assert.equal(data, { code: 'UNAUTHORIZED', message: 'The connection was refused' }, String(report))
      const [{ error, phase } = { error: undefined, phase: undefined }] = errors.splice(0)
      assert.is(phase, 'authenticate')
      assert.match((error as Error).message, report)
      mistake++
    }
  })

  it('that does not match the contract is INVALID_REPLY at a client with the contract', async context => {
    const { io, url } = await serve(router({}), context)
    const data = { code: 'LOCKED', message: 'no', data: { for: 'ever' } }
    io.use((_, next) => next(Object.assign(new Error('no'), { data })))
    const client = createClient(api, url, { ...alone, auth: { token: '' } })
    context.defer(() => client.close())
    const error = await client.once.connect_error()
    assert.is(error.data?.code, 'INVALID_REPLY')
  })

  it('is refused in the definition where it can’t work', () => {
    const refused: readonly (readonly [define: () => unknown, message: string])[] = [
      [
        () => router({}, { errors: { UNAUTHORIZED: Type.String() } }),
        'ackwire: errors: UNAUTHORIZED is a standard code that every event can fail with; choose another',
      ],
      [
        () => router({ a: router({}, { errors: { X: Type.String() } }) }),
        'ackwire: a: errors refuse a handshake, which a group has not; begin its key with a slash, or move errors up',
      ],
      [
        () => router({ '/a': router({}, { errors: { '': Type.String() } }) }),
        'ackwire: errors: an error needs a code; give it one',
      ],
      [
        () => router({}, { errors: Type.String() }),
        'ackwire: router options errors: expected an object of schemas by code, such as { TOKEN_EXPIRED: Type.String() }, got a TypeBox schema',
      ],
    ]
    for (const [define, message] of refused) assert.throws(define, (error: Error) => error.message === message, message)
  })

  it('has no binary data, and neither has auth, since no packet of a handshake carries it', () => {
    const bytes = Type.Uint8Array()
    const Keyed = Type.Object({ key: bytes })
    const Used = Type.Module({
      Chain: Type.Object({ next: Type.Optional(Type.Ref('Chain')), key: Type.Ref('Key') }),
      Key: bytes,
    })
    const refused: readonly (readonly [schema: TSchema, step: string])[] = [
      [bytes, ''],
      [Type.Object({ a: Type.String(), keys: Type.Array(bytes) }), '.keys.items'],
      [Type.Union([Type.Object({ a: bytes }), Type.Array(bytes)]), '.anyOf[0].a'],
      [Type.Object({ a: Type.Optional(bytes) }), '.a'],
      [Type.Object({ a: Type.Union([Keyed, Type.Null()]), b: Keyed }), '.b.key'],
      [Type.Object({ a: bytes, b: Type.Record(Type.String(), bytes) }), '.a'],
      [
        Type.Transform(bytes)
          .Decode(String)
          .Encode(() => new Uint8Array()),
        '',
      ],
      [Used.Import('Chain'), '.key'],
    ]
    for (const [schema, step] of refused) {
      const says = (place: string): string =>
        `ackwire: ${place}${step}: binary data can't travel in a handshake, of which Socket.IO sends nothing but JSON; use a string, such as base64`
      const cases: readonly (readonly [define: () => unknown, message: string])[] = [
        [() => router({}, { auth: schema }), says('auth')],
        [() => router({}, { errors: { OLD: schema } }), says('errors.OLD')],
      ]
      for (const [define, message] of cases) assert.throws(define, (error: Error) => error.message === message, message)
    }
    const Chain = Type.Recursive(This => Type.Object({ next: Type.Optional(This) }))
    const Other = Type.Module({ Token: Type.String(), Upload: bytes }).Import('Token')
    const Either = Type.Union([Type.String(), bytes])
    for (const schema of [Chain, Other, Either, Type.Object({ at: Type.Date() })])
      router({ upload: event.input(bytes) }, { auth: schema, errors: { OLD: schema } })
  })
})
