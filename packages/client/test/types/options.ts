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
expectType(createClient<typeof api>()).toBe<Made>()
expectType(createClient<typeof api>({ autoConnect: false })).toBe<Made>()
expectType(createClient<typeof api>('http://localhost')).toBe<Made>()
expectType(createClient<typeof api>('http://localhost', { transports: ['websocket'], retries: 2 })).toBe<Made>()
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
