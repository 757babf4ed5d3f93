import { createClient } from '@ackwire/client'
import {
  event,
  router,
  type Ack,
  type Call,
  type ClientToServerEvents,
  type GuardedEvents,
  type Input,
  type Output,
  type Router,
  type ServerToClientEvents,
} from '@ackwire/core'
import type { Calls } from '@ackwire/core'
import type { ServerOf } from '@ackwire/core/server'
import { Type } from '@sinclair/typebox'
import type { FailureReply } from '@ackwire/core'
import { expectType } from '../../../../test/expect-type.js'

const At = Type.Transform(Type.String())
  .Decode(text => new Date(text))
  .Encode(date => date.toISOString())

const api = router({
  message: event.both(event.input(Type.String()).ack(Type.Integer()), event.output(Type.Boolean())),
  probe: event.both(event.input(At), event.output(Type.Integer()).ack(Type.String()).errors({ BUSY: Type.Null() })),
  room: router({ message: event.both(event.input(Type.Null()).ack(), event.output(Type.String(), Type.Integer())) }),
  log: event.both(event.input(Type.String()).stream(At).ack(Type.Integer()), event.output(Type.Boolean())),
  '/admin': router({ message: event.both(event.input(Type.Integer()), event.output(Type.Null())) }),
})
type Api = typeof api
const contract: Router = api
void contract

const client = createClient<Api>()
expectType<Parameters<typeof client.emit.message>>().toBe<[value: string]>()
expectType<ReturnType<typeof client.emit.message>>().toBe<Call<number, {}>>()
expectType<Parameters<Parameters<typeof client.on.message>[0]>>().toBe<[value: boolean]>()
expectType<ReturnType<Parameters<typeof client.on.probe>[0]>>().toBe<string | Promise<string>>()
expectType<Awaited<ReturnType<typeof client.once.message>>>().toBe<boolean>()
expectType<Awaited<ReturnType<typeof client.once.room.message>>>().toBe<[first: string, second: number]>()
expectType<ReturnType<typeof client.iterate.message>>().toBe<AsyncIterableIterator<boolean, undefined, unknown>>()
expectType<Parameters<typeof client.emit.room.message>>().toBe<[value: null]>()
expectType<Parameters<typeof client.volatile.emit.message>>().toBe<[value: string]>()
expectType<Parameters<Parameters<typeof client.on.log>[0]>>().toBe<[value: boolean]>()
for await (const line of client.stream.log('a')) expectType(line).toBe<string>()
expectType<keyof typeof client.emit>().toBe<'message' | 'probe' | 'room'>()
expectType<keyof typeof client.stream>().toBe<'log'>()
expectType<Parameters<ReturnType<typeof client.of<'/admin'>>['emit']['message']>>().toBe<[value: number]>()
// @ts-expect-error the output's value
void client.emit.message(true)

const decoded = createClient(api)
expectType<Parameters<typeof decoded.emit.probe>>().toBe<[value: Date]>()
expectType<Parameters<Parameters<typeof decoded.on.probe>[0]>>().toBe<[value: number]>()
for await (const line of decoded.stream.log('a')) expectType(line).toBe<Date>()

declare const server: ServerOf<Api>
server.on.message(({ input, emit }) => {
  expectType(input).toBe<string>()
  expectType<Parameters<typeof emit.message>>().toBe<[value: boolean]>()
  return 1
})
// @ts-expect-error the ack's value
server.on.message(() => 'no')
server.on.probe(({ input }) => expectType(input).toBe<Date>())
server.on.log(async function* ({ input, lastEventId }) {
  expectType(input).toBe<string>()
  expectType(lastEventId).toBe<string | undefined>()
  yield new Date(0)
  return 1
})
server.handle({
  message: ({ input }) => input.length,
  probe() {},
  room: { message: ({ input }) => expectType(input).toBe<null>() },
  async *log() {
    yield new Date(0)
    return 1
  },
  '/admin': { message: ({ input }) => expectType(input).toBe<number>() },
})
// @ts-expect-error the handler of a stream
server.handle({ message: () => 1, probe() {}, room: { message() {} }, log: () => 1, '/admin': { message() {} } })
expectType<ReturnType<typeof server.emit.probe>>().toBe<Calls<string, { readonly BUSY: null }>>()
expectType<Parameters<ReturnType<typeof server.to>['emit']['room']['message']>>().toBe<
  [first: string, second: number]
>()

expectType<ClientToServerEvents<Api>>().toBe<{
  message: (value: string, ack: (reply: number | FailureReply<{}>) => void) => void
  probe: (value: string) => void
  'room:message': (value: null, ack: (failure?: FailureReply<{}>) => void) => void
}>()
expectType<GuardedEvents<Api>['probe']>().toBe<(value: Date) => void>()
expectType<ServerToClientEvents<Api>>().toBe<{
  message: (value: boolean) => void
  probe: (value: number, ack: (reply: string | FailureReply<{ readonly BUSY: null }>) => void) => void
  'room:message': (first: string, second: number) => void
  log: (value: boolean) => void
}>()
expectType<ServerToClientEvents<Api, '/admin'>>().toBe<{ message: (value: null) => void }>()
expectType<Input<Api, 'message'>>().toBe<string>()
expectType<Output<Api, 'message'>>().toBe<boolean>()
expectType<Ack<Api, 'message'>>().toBe<number>()

// @ts-expect-error two inputs
event.both(event.input(), event.input())
// @ts-expect-error two outputs
event.both(event.output(), event.output())
// @ts-expect-error the output first
event.both(event.output(), event.input())
// @ts-expect-error both directions within both
event.both(event.both(event.input(), event.output()), event.output())
// @ts-expect-error each of the two events has its own ack
event.both(event.input(), event.output()).ack()
