import { event, router, type Call, type Calls } from '@ackwire/core'
import { attach, type Selection } from '@ackwire/core/server'
import { Type } from '@sinclair/typebox'
import { Server } from 'socket.io'
import { expectType } from '../../../../test/expect-type.js'

const api = router({
  sign_up: event.input(Type.String()).ack(Type.Object({ id: Type.Integer() })),
  user_joined: event.output(Type.Object({ name: Type.String(), age: Type.Optional(Type.Integer()) })),
  moved: event.output(Type.Integer(), Type.String()),
  tick: event.output(),
  probe: event.output(Type.Number()).ack(Type.String()).errors({ BUSY: Type.Integer() }),
  touch: event.output().ack(),
  todo: router({ add: event.input(), created: event.output(Type.Boolean()).ack(Type.Integer()) }),
  loud: router({ shout: event.input(Type.String()) }),
  '/admin': router({ banned: event.output(Type.String()), count: event.output().ack(Type.Integer()) }),
})

const server = attach(new Server(), api)

// Nothing is answered: nothing is returned, to one or many.
expectType(server.emit.user_joined({ name: 'Bob' })).toBe<void>()
expectType(server.to('x').emit.moved(1, 'a')).toBe<void>()
expectType(server.emit.tick()).toBe<void>()
expectType<Parameters<typeof server.emit.user_joined>>().toBe<[value: { name: string; age?: number }]>()
expectType<Parameters<typeof server.emit.moved>>().toBe<[number, string]>()
expectType<Parameters<typeof server.emit.tick>>().toBe<[]>()

// To many: an array of answers, and the errors of the event.
expectType(server.emit.probe(1)).toBe<Calls<string, { readonly BUSY: number }>>()
expectType(server.to('x').emit.probe(1)).toBe<Calls<string, { readonly BUSY: number }>>()
expectType(server.emit.touch()).toBe<Calls<void, {}>>()
expectType(server.emit.todo.created(true)).toBe<Calls<number, {}>>()
expectType<Awaited<ReturnType<typeof server.emit.probe>>>().toBe<string[]>()

// Each verb gives a selection.
expectType(server.to('x')).toBe<Selection<typeof api>>()
expectType(server.to(['x', 'y']).in('z').except(['w']).timeout(1).compress(true).local.volatile).toBe<
  Selection<typeof api>
>()
expectType(server.volatile.emit.probe(1)).toBe<ReturnType<typeof server.emit.probe>>()

// To one: a single answer. What is returned goes to one, what is selected to many.
server.on.sign_up(({ emit, to, broadcast }) => {
  expectType(emit.user_joined({ name: 'Bob' })).toBe<void>()
  expectType(emit.probe(1)).toBe<Call<string, { readonly BUSY: number }>>()
  expectType(emit.touch()).toBe<Call<void, {}>>()
  expectType(emit.todo.created(true)).toBe<Call<number, {}>>()
  expectType(to('x')).toBe<Selection<typeof api>>()
  expectType(broadcast).toBe<Selection<typeof api>>()
  expectType(to('x').emit.probe(1)).toBe<Calls<string, { readonly BUSY: number }>>()
  expectType(broadcast.emit.todo.created(true)).toBe<Calls<number, {}>>()
  return { id: 1 }
})
server.on.todo.add(({ emit }) => expectType(emit.todo.created(true)).toBe<Call<number, {}>>())
server.on.disconnect(({ emit }) => expectType(emit.touch()).toBe<Call<void, {}>>())

// A namespace has its own.
const admin = server.of('/admin')
expectType(admin.emit.banned('Bob')).toBe<void>()
expectType(admin.to('x').emit.count()).toBe<Calls<number, {}>>()
admin.on.connection(({ emit }) => expectType(emit.count()).toBe<Call<number, {}>>())

// @ts-expect-error no such event
server.emit.user_left()
// @ts-expect-error the server does not emit an input
server.emit.sign_up('bob')
// @ts-expect-error nor in a group
server.emit.todo.add()
// @ts-expect-error a group without outputs has nothing to emit
server.emit.loud.shout('x')
// @ts-expect-error a group is no event
server.emit.todo(true)
// @ts-expect-error the argument is missing
server.emit.user_joined()
// @ts-expect-error a property is missing
server.emit.user_joined({})
// @ts-expect-error a property has another type
server.emit.user_joined({ name: 1 })
// @ts-expect-error an optional property is not undefined
server.emit.user_joined({ name: 'Bob', age: undefined })
// @ts-expect-error a property is not declared, and stripping it is not its type's matter
server.emit.user_joined({ name: 'Bob', passwordHash: 'x' })
// @ts-expect-error one argument too many
server.emit.user_joined({ name: 'Bob' }, 1)
// @ts-expect-error the second argument is missing
server.emit.moved(1)
// @ts-expect-error the arguments are swapped
server.emit.moved('a', 1)
// @ts-expect-error one too many
server.emit.moved(1, 'a', 2)
// @ts-expect-error there is none
server.emit.tick(1)
// @ts-expect-error in a group, too
server.emit.todo.created('yes')
// @ts-expect-error in a selection, too
server.to('x').emit.moved('a', 1)
// @ts-expect-error a room is a name, or names
server.to(1)
// @ts-expect-error an event of another namespace
server.emit.banned('Bob')
// @ts-expect-error a namespace is reached with `of`
server.emit['/admin'].banned('Bob')
// @ts-expect-error an event of the root
admin.emit.user_joined({ name: 'Bob' })
// @ts-expect-error of the wrong type in a namespace
admin.emit.banned(1)
const probe = await server.to('x').emit.probe(1)
// @ts-expect-error a selection's answers are an array
probe.toUpperCase()
// @ts-expect-error one client's emit has one answer
server.on.disconnect(async ({ emit }) => (await emit.probe(1)).map(String))
