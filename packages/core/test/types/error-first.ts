import { createClient } from '@ackwire/client'
import {
  event,
  router,
  type Call,
  type ClientToServerEvents,
  type FailureReply,
  type GuardedEvents,
  type Router,
  type ServerToClientEvents,
} from '@ackwire/core'
import type { ServerOf } from '@ackwire/core/server'
import { Type } from '@sinclair/typebox'
import type { Socket } from 'socket.io-client'
import { expectType } from '../../../../test/expect-type.js'

const At = Type.Transform(Type.String())
  .Decode(text => new Date(text))
  .Encode(date => date.toISOString())

const api = router(
  {
    save: event.input(Type.String()).ack(Type.Integer()).errors({ TAKEN: Type.Null() }),
    touch: event.input().ack(),
    load: event
      .input()
      .ack(At, { errorFirst: Type.Object({ at: At }), required: true })
      .errors({ GONE: Type.Null() }),
    plain: event.input().ack(Type.Integer(), { errorFirst: false }),
    note: event.input(Type.String()),
    probe: event.output().ack(Type.Boolean()),
    room: router({ get: event.input().ack(Type.String()) }),
    modern: router({ get: event.input().ack(Type.String()) }, { acks: 'value' }),
    '/admin': router({ get: event.input().ack(Type.String()) }),
    '/new': router({ get: event.input().ack(Type.String()) }, { acks: 'value' }),
  },
  { acks: 'error-first' },
)
type Api = typeof api
const contract: Router = api
void contract

type Sent<Own> = FailureReply<Own>['$error']
type Saved = Sent<{ readonly TAKEN: null }> | string
type Loaded = Sent<{ readonly GONE: null }>

type ToServer = ClientToServerEvents<Api>
expectType<ToServer['save']>().toBe<(value: string, ack: (error: Saved | null, value?: number) => void) => void>()
expectType<ToServer['touch']>().toBe<(ack: (error?: Sent<{}> | string | null) => void) => void>()
expectType<ToServer['load']>().toBe<(ack: (error: Loaded | { at: string } | null, value?: string) => void) => void>()
expectType<ToServer['plain']>().toBe<(ack: (reply: number | FailureReply<{}>) => void) => void>()
expectType<ToServer['note']>().toBe<(value: string) => void>()
expectType<ToServer['room:get']>().toBe<(ack: (error: Sent<{}> | string | null, value?: string) => void) => void>()
expectType<ToServer['modern:get']>().toBe<(ack: (reply: string | FailureReply<{}>) => void) => void>()
expectType<ClientToServerEvents<Api, '/admin'>['get']>().toBe<ToServer['room:get']>()
expectType<ClientToServerEvents<Api, '/new'>['get']>().toBe<ToServer['modern:get']>()
expectType<ServerToClientEvents<Api>['probe']>().toBe<
  (ack: (error: Sent<{}> | string | null, value?: boolean) => void) => void
>()

// A plain listener may call its ack with an `Error`, too.
expectType<GuardedEvents<Api>['load']>().toBe<
  (
    ack: (...answer: [error: null, value: Date] | [error: Loaded | { at: Date } | Error, value?: undefined]) => void,
  ) => void
>()
const listener: GuardedEvents<Api>['save'] = (text, ack) => {
  if (text === '') return ack(new Error('empty'))
  if (text === 'taken') return ack({ code: 'TAKEN', message: 'taken', data: null })
  // @ts-expect-error a value without null before it
  ack(5)
  // @ts-expect-error null without a value
  ack(null)
  ack(null, 5)
}
void listener

// A plain client passes Node's callback, with as many parameters as it reads.
declare const socket: Socket<ServerToClientEvents<Api>, ToServer>
socket.emit('save', 'text', (error, id) => {
  expectType<typeof error>().toBe<Saved | null>()
  expectType<typeof id>().toBe<number | undefined>()
})
socket.emit('save', 'text', error => void error)
socket.on('probe', ack => (Math.random() > 1 ? ack('busy') : ack(null, true)))

// Typed clients and handlers are the same as for any other ack.
const client = createClient<Api>('http://localhost', { acks: 'error-first' })
expectType<ReturnType<typeof client.emit.save>>().toBe<Call<number, { readonly TAKEN: null }>>()
expectType<ReturnType<typeof client.emit.load>>().toBe<Call<string, { readonly GONE: null }>>()
declare const server: ServerOf<Api>
server.on.load(({ fail }) => (Math.random() > 1 ? fail('GONE', null) : new Date(0)))
// @ts-expect-error no such form
createClient<Api>('http://localhost', { acks: 'node' })
// @ts-expect-error no such form
router({}, { acks: 'node' })
