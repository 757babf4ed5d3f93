import { createClient, type Client, type ClientOptions } from '@ackwire/client'
import { event, router } from '@ackwire/core'
import { Type } from '@sinclair/typebox'
import { io } from 'socket.io-client'
import { expectType } from '../../../../test/expect-type.js'

const api = router(
  {
    ping: event.input().ack(),
    '/admin': router({ ban: event.input() }, { auth: Type.Object({ key: Type.Integer() }) }),
    '/open': router({ look: event.input() }),
  },
  { auth: Type.Object({ token: Type.String() }) },
)
type Made = Client<typeof api>

// Connects to this page's host, to a URL, or over a socket.
// @ts-expect-error the contract requires auth
createClient<typeof api>()
expectType(createClient<typeof api>({ autoConnect: false })).toBe<Made>()
// @ts-expect-error the contract requires auth
createClient<typeof api>('http://localhost')
// @ts-expect-error among other options, too
createClient<typeof api>('http://localhost', { transports: ['websocket'], retries: 2 })
// @ts-expect-error with the contract at run time, too
createClient(api)
// @ts-expect-error with the contract and a URL, too
createClient(api, 'http://localhost')
// @ts-expect-error and with options
createClient(api, 'http://localhost', { retries: 2 })
const token = { token: 'x' }
expectType(createClient<typeof api>('http://localhost', { auth: token, transports: ['websocket'] })).toBe<Made>()
expectType(createClient(api, 'http://localhost', { auth: token })).toBe<Client<typeof api, 'decoded'>>()
expectType(createClient(api, { auth: token })).toBe<Client<typeof api, 'decoded'>>()
expectType(createClient(api, io())).toBe<Client<typeof api, 'decoded'>>()
// Set later, as the socket's `auth`.
expectType(createClient(api, 'http://localhost', { autoConnect: false })).toBe<Client<typeof api, 'decoded'>>()
// @ts-expect-error it connects at once
createClient<typeof api>({ autoConnect: true })
expectType<ReturnType<typeof createClient<typeof api>>>().toBe<Made>()

// Nothing is asked for that may be left out.
const optional = router(
  { ping: event.input(), '/some': router({ look: event.input() }, { auth: Type.Object({ token: Type.String() }) }) },
  { auth: Type.Object({ token: Type.Optional(Type.String()) }) },
)
const open = createClient<typeof optional>('http://localhost')
createClient(optional)
createClient(optional, 'http://localhost')
// @ts-expect-error the namespace requires what the client may not have
open.of('/some')
open.of('/some', { auth: token })
// @ts-expect-error one URL is enough
createClient<typeof optional>('http://localhost', 'http://localhost')
// @ts-expect-error the contract comes first
createClient('http://localhost', optional)

// A namespace that takes what the client has inherits it.
const same = router(
  { ping: event.input(), '/same': router({ look: event.input() }, { auth: Type.Object({ token: Type.String() }) }) },
  { auth: Type.Object({ token: Type.String(), more: Type.Integer() }) },
)
createClient<typeof same>({ auth: { token: 'x', more: 1 } }).of('/same')
createClient<typeof same>({ auth: { token: 'x', more: 1 } }).of('/same', { auth: token })
expectType(createClient<typeof api>(io())).toBe<Made>()
expectType(createClient<typeof api>(io(), { ackTimeout: 1_000 })).toBe<Made>()

// The handshake's `auth` has the contract's type, or is a function that passes such a value on.
const client = createClient<typeof api>({ auth: { token: 'x' } })
createClient<typeof api>('http://localhost', { auth: { token: 'x' }, ackTimeout: 1_000 })
createClient<typeof api>('http://localhost', {
  auth: send => {
    expectType(send).toBe<(auth: { token: string }) => void>()
    send({ token: 'x' })
  },
})
expectType<NonNullable<ClientOptions<{ token: string }>['auth']>>().toBe<
  { token: string } | ((send: (auth: { token: string }) => void) => void)
>()
client.of('/admin', { auth: { key: 1 } })
client.of('/admin', { auth: send => send({ key: 1 }) })
client.of('/open', { auth: 'whatever' })

// @ts-expect-error a property of another type
createClient<typeof api>({ auth: { token: 1 } })
// @ts-expect-error with a URL, a property of another type
createClient<typeof api>('http://localhost', { auth: { token: 1 } })
// @ts-expect-error a property is missing
createClient<typeof api>({ auth: {} })
// @ts-expect-error a property is unknown
createClient<typeof api>({ auth: { token: 'x', tokn: 'x' } })
// @ts-expect-error the function sends the contract's auth
createClient<typeof api>({ auth: send => send({ token: 1 }) })
// @ts-expect-error a namespace has its own auth
client.of('/admin', { auth: { token: 'x' } })
// @ts-expect-error the namespace's function sends its own auth
client.of('/admin', { auth: send => send({ token: 'x' }) })
// @ts-expect-error no such option
createClient<typeof api>({ ackTimeOut: 1 })
// @ts-expect-error an option of Socket.IO with another type
createClient<typeof api>({ reconnection: 'no' })
// @ts-expect-error a socket has its options already
createClient<typeof api>(io(), { transports: ['websocket'] })
// @ts-expect-error a port is no URL
createClient<typeof api>(3000)
// @ts-expect-error a type argument is a contract
createClient<{ ping: () => void }>()

// Without the contract's type there are no events.
const none = createClient('http://localhost')
expectType<keyof typeof none.emit>().toBe<never>()
expectType<keyof typeof none.once>().toBe<'connect' | 'connect_error' | 'disconnect'>()
expectType<keyof typeof none.on>().toBe<'connect' | 'connect_error' | 'disconnect'>()
expectType<keyof typeof none.volatile.emit>().toBe<never>()
// @ts-expect-error the type argument is forgotten
none.emit.ping()
// @ts-expect-error without the contract's type there is no event to listen to
none.on.ping(() => {})
// @ts-expect-error without the contract's type there is no namespace
none.of('/admin')
