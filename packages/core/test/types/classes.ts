import { event, router } from '@ackwire/core'
import { attach, tracked, type HandlerCall, type Handlers } from '@ackwire/core/server'
import { Type } from '@sinclair/typebox'
import { Server } from 'socket.io'
import { expectType } from '../../../../test/expect-type.js'

const api = router({
  say: event
    .input(Type.String(), Type.Integer())
    .ack(Type.Integer())
    .errors({ FULL: Type.Object({ most: Type.Integer() }) }),
  ping: event.input(),
  feed: event.input(Type.Integer()).stream(Type.String()).ack(Type.Boolean()),
  message: event.both(event.input(Type.String()).ack(), event.output(Type.Integer())),
  said: event.output(Type.String()),
  todo: router({ create: event.input(Type.String()).ack(Type.Integer()) }),
  '/admin': router({ ban: event.input(Type.Integer()).ack(Type.String()) }),
})
const server = attach(new Server(), api)
  .authenticate(() => ({ user: 'ann' }))
  .use(({ next }) => next({ since: 1 }))
const admin = server.of('/admin').authenticate(() => ({ isRoot: true }))

type Chat = Handlers<typeof server>
type Admin = Handlers<typeof admin>
// @ts-expect-error neither a contract nor a binding
expectType<Handlers<string>>()
expectType<Handlers<typeof server>['/admin']>().toBe<Handlers<typeof api>['/admin']>()
expectType<Parameters<Handlers<typeof api>['todo']['create']>[0]['input']>().toBe<string>()
expectType<Parameters<Admin['ban']>[0]['data']>().toBe<{ isRoot: boolean }>()
// @ts-expect-error a group is no handler
expectType<Parameters<Chat['todo']>[0]>()
// @ts-expect-error an output has none
expectType<Parameters<Chat['said']>[0]>()

interface Store {
  add(text: string): number
}

class Todo {
  readonly #store: Store
  constructor(store: Store) {
    this.#store = store
  }
  create({ input }: Parameters<Chat['todo']['create']>[0]) {
    expectType(input).toBe<string>()
    return this.#store.add(input)
  }
}

class Moderation {
  async ban({ input, data }: Parameters<Admin['ban']>[0]) {
    expectType(input).toBe<number>()
    expectType(data).toBe<{ isRoot: boolean }>()
    return 'banned'
  }
}

/** Handlers with services, helpers and private members, which are no events of the contract. */
class ChatHandlers implements Omit<Chat, '/admin'> {
  readonly todo: Todo
  readonly #seen = new Set<string>()
  protected count = 0

  private readonly store: Store

  constructor(store: Store) {
    this.store = store
    this.todo = new Todo(store)
  }

  say({ input: [text, times], data, ctx, fail }: Parameters<Chat['say']>[0]) {
    expectType(text).toBe<string>()
    expectType(times).toBe<number>()
    expectType(data).toBe<{ user: string }>()
    expectType(ctx.since).toBe<number>()
    if (this.isFull()) return fail('FULL', { most: 1 })
    return this.store.add(text)
  }

  // A field has the type of the handler, from which its argument follows.
  ping: Chat['ping'] = ({ input, socket }) => {
    expectType(input).toBe<undefined>()
    this.#seen.add(socket.id)
  }

  async *feed({ input, lastEventId }: Parameters<Chat['feed']>[0]) {
    expectType(input).toBe<number>()
    expectType(lastEventId).toBe<string | undefined>()
    yield 'plain'
    yield tracked('1', 'tracked')
    return true
  }

  message({ input }: Parameters<Chat['message']>[0]) {
    expectType(input).toBe<string>()
    this.count++
  }

  private isFull() {
    return this.count > 5
  }
}

class AllHandlers extends ChatHandlers {
  readonly '/admin' = { ban: () => 'banned' }
}

declare const store: Store
server.handle(new AllHandlers(store))
admin.handle(new Moderation())
expectType(new Todo(store)).toBe<Todo>()
// @ts-expect-error the handlers of a namespace are missing
server.handle(new ChatHandlers(store))
// @ts-expect-error these are the handlers of another
admin.handle(new AllHandlers(store))
// @ts-expect-error a class is no instance of itself
server.handle(AllHandlers)

class Mute extends AllHandlers {
  // @ts-expect-error the reply is a number
  override say() {
    return 'said'
  }
}
expectType(new Mute(store).say()).toBe<string>()

class Deaf {
  // The argument is of another event.
  ban({ input }: Parameters<Chat['todo']['create']>[0]) {
    return input
  }
}
// @ts-expect-error the argument of the method is not that of the event
admin.handle(new Deaf())

class Silent {
  ban(): void {}
}
// @ts-expect-error the reply is a string
admin.handle(new Silent())

class Hidden {
  private ban() {
    return 'banned'
  }
  unban() {
    return this.ban()
  }
}
// @ts-expect-error the handler is private
admin.handle(new Hidden())

class Half {
  readonly todo = {}
}
// @ts-expect-error handlers are missing
server.handle(new Half())

// Without a binding at hand, the contract is enough.
class Plain implements Handlers<typeof api> {
  say = (call: Parameters<Handlers<typeof api>['say']>[0]) => call.input[1]
  ping() {}
  async *feed() {
    yield ''
    return false
  }
  message() {}
  todo = { create: async () => 1 }
  '/admin' = { ban: () => '' }
}
attach(new Server(), api).handle(new Plain())
// What a handler of a binding without `authenticate` has as `data` may be anything.
type Bare = HandlerCall<never, typeof api>
expectType<Bare['data']>().toBe<Readonly<Record<string, unknown>>>()
