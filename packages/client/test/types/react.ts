import { createClient, type Client } from '@ackwire/client'
import {
  mutationOptions,
  queryOptions,
  useCall,
  useClient,
  useConnection,
  useEvent,
  useStream,
  type CallState,
  type Connection,
  type StreamState,
} from '@ackwire/client/react'
import { event, router, type Call, type CallError } from '@ackwire/core'
import { Type } from '@sinclair/typebox'
import { useMutation, useQuery } from '@tanstack/react-query'
import { expectType } from '../../../../test/expect-type.js'

const Day = Type.Transform(Type.String())
  .Decode(text => new Date(text))
  .Encode(date => date.toISOString())

const api = router({
  sign_up: event
    .input(Type.Object({ email: Type.String() }))
    .ack(Type.Object({ id: Type.Integer() }))
    .errors({ EMAIL_TAKEN: Type.Object({ suggestion: Type.String() }) }),
  place: event.input(Type.Integer(), Type.Boolean()).ack(Type.String()),
  count: event.input().ack(Type.Integer()),
  clear: event.input().ack(),
  move: event.input(Type.Integer()),
  next_day: event.input(Day).ack(Day),
  joined: event.output(Type.Object({ name: Type.String() })),
  moved: event.output(Type.Integer(), Type.String()),
  probe: event.output(Type.Number()).ack(Type.String()),
  todo: router({ added: event.output(Type.Boolean()), add: event.input(Type.String()).ack(Type.Integer()) }),
  tail: event
    .input(Type.String(), Type.Optional(Type.Integer()))
    .stream(Type.Object({ line: Type.String() }))
    .ack(Type.Integer())
    .errors({ NO_FILE: Type.Object({ name: Type.String() }) }),
  '/admin': router(
    { ban: event.input(Type.Integer()).ack(Type.String()) },
    { auth: Type.Object({ token: Type.String() }) },
  ),
})
const client = createClient<typeof api>()
type Taken = { readonly EMAIL_TAKEN: { suggestion: string } }
type NoFile = { readonly NO_FILE: { name: string } }

export function clients(): void {
  expectType(useClient<typeof api>()).toBe<Client<typeof api>>()
  expectType(useClient<typeof api>('http://localhost', { auth: {} })).toBe<Client<typeof api>>()
  expectType(useClient(api, 'http://localhost')).toBe<Client<typeof api, 'decoded'>>()
  expectType(useClient(api)).toBe<Client<typeof api, 'decoded'>>()
  const admin = useClient(client.of('/admin', { auth: { token: '' } }))
  expectType(useCall(admin.emit.ban).reply).toBe<string | undefined>()
  expectType(useConnection(client)).toBe<Connection>()
  expectType(useConnection(admin).status).toBe<'connecting' | 'connected' | 'disconnected'>()

  // @ts-expect-error a client without the type of its contract has no events
  useClient('http://localhost').emit.sign_up({ email: '' })
  // @ts-expect-error a number is not an address
  useClient<typeof api>(1)
  // @ts-expect-error a function is not a client
  useConnection(client.emit)
}

export function events(): void {
  expectType(useEvent(client.on.joined)).toBe<{ name: string } | undefined>()
  expectType(useEvent(client.on.moved)).toBe<[number, string] | undefined>()
  expectType(useEvent(client.on.todo.added)).toBe<boolean | undefined>()
  expectType(useEvent(client.on.joined, (names, user) => [...names, user.name], [] as string[])).toBe<string[]>()
  const sum = useEvent(client.on.moved, (sum, x, y) => sum + x + y.length, 0)
  expectType(sum).toBe<number>()
  expectType(useEvent(client.on.disconnect)).toBe<
    Parameters<Parameters<typeof client.on.disconnect>[0]>[0] | undefined
  >()

  // @ts-expect-error an output with an ack waits for an answer
  useEvent(client.on.probe)
  // @ts-expect-error an input is not an output
  useEvent(client.on.sign_up)
  // @ts-expect-error the first value is missing
  useEvent(client.on.moved, (sum, x) => sum + x)
  // @ts-expect-error the function returns another type
  useEvent(client.on.moved, (sum: number) => String(sum), 0)
}

export function calls(): void {
  const signUp = useCall(client.emit.sign_up)
  expectType(signUp.call).toBe<(value: { email: string }) => Call<{ id: number }, Taken>>()
  expectType(signUp.reply).toBe<{ id: number } | undefined>()
  expectType(signUp.error).toBe<CallError<Taken> | undefined>()
  expectType(signUp.abort).toBe<() => void>()
  if (signUp.status === 'success') expectType(signUp.reply).toBe<{ id: number }>()
  if (signUp.status === 'error') expectType(signUp.error).toBe<CallError<Taken>>()
  if (signUp.error?.code === 'EMAIL_TAKEN') expectType(signUp.error.data).toBe<{ suggestion: string }>()
  expectType<CallState<number, Taken>['status']>().toBe<'idle' | 'pending' | 'success' | 'error'>()
  expectType<Parameters<ReturnType<typeof place>['call']>>().toBe<[number, boolean]>()
  expectType(useCall(useClient(api).emit.next_day).reply).toBe<Date | undefined>()

  // @ts-expect-error the input has another type
  signUp.call({ mail: '' })
  // @ts-expect-error the event has no ack
  useCall(client.emit.move)
  // @ts-expect-error no such code
  if (signUp.error?.code === 'NAME_TAKEN') signUp.abort()
}
const place = () => useCall(client.emit.place)

export function streams(): void {
  const tail = useStream(client.stream.tail, ['app.log'], { limit: 5 })
  expectType(tail.items).toBe<readonly { line: string }[]>()
  expectType(tail.result).toBe<number | undefined>()
  expectType(tail.error).toBe<CallError<NoFile> | undefined>()
  expectType(tail.start).toBe<() => void>()
  if (tail.status === 'done') expectType(tail.result).toBe<number>()
  if (tail.error?.code === 'NO_FILE') expectType(tail.error.data).toBe<{ name: string }>()
  expectType<StreamState<number, void, {}>['status']>().toBe<'idle' | 'open' | 'done' | 'error'>()
  const isShown: boolean = tail.items.length > 0
  expectType(useStream(isShown ? client.stream.tail : undefined, ['app.log', 1]).items).toBe<
    readonly { line: string }[]
  >()

  // @ts-expect-error an argument is missing
  useStream(client.stream.tail, [])
  // @ts-expect-error the argument has another type
  useStream(client.stream.tail, [1])
  // @ts-expect-error a call is not a stream
  useStream(client.emit.count, [])
}

export function queries(): void {
  const count = useQuery(queryOptions(client.emit.count))
  expectType(count.data).toBe<number | undefined>()
  const sign = useQuery({ ...queryOptions(client.emit.sign_up, { email: '' }), staleTime: 5 })
  expectType(sign.data).toBe<{ id: number } | undefined>()
  expectType(sign.error).toBe<CallError<Taken> | null>()
  if (sign.error?.code === 'EMAIL_TAKEN') expectType(sign.error.data).toBe<{ suggestion: string }>()

  const signUp = useMutation(mutationOptions(client.emit.sign_up))
  expectType(signUp.data).toBe<{ id: number } | undefined>()
  expectType(signUp.error).toBe<CallError<Taken> | null>()
  signUp.mutate({ email: '' })
  useMutation(mutationOptions(client.emit.clear)).mutate()
  const placing = useMutation(mutationOptions(client.emit.place, ({ x, on }: { x: number; on: boolean }) => [x, on]))
  expectType(placing.data).toBe<string | undefined>()
  placing.mutate({ x: 1, on: true })

  // @ts-expect-error the input has another type
  queryOptions(client.emit.sign_up, { mail: '' })
  // @ts-expect-error the input is missing
  queryOptions(client.emit.sign_up)
  // @ts-expect-error a query must have data
  queryOptions(client.emit.clear)
  // @ts-expect-error several arguments need a function that returns them
  mutationOptions(client.emit.place)
  // @ts-expect-error the function returns other arguments
  mutationOptions(client.emit.place, (x: number) => [x])
  // @ts-expect-error the input has another type
  signUp.mutate({ mail: '' })
}
