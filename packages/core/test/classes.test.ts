import { event, router } from '@ackwire/core'
import { tracked, type Handlers } from '@ackwire/core/server'
import { createClient } from '@ackwire/client'
import { Type } from '@sinclair/typebox'
import * as assert from 'uvu/assert'
import { describe } from '../../../test/harness.js'
import { ask, serve } from './serve.js'

const api = router({
  say: event
    .input(Type.String())
    .ack(Type.String())
    .errors({ FULL: Type.Object({ most: Type.Integer() }) }),
  ping: event.input().ack(Type.Integer()),
  feed: event.input(Type.Integer()).stream(Type.String()).ack(Type.String()),
  message: event.both(event.input(Type.String()), event.output(Type.String())),
  todo: router({
    create: event.input(Type.String()).ack(Type.Integer()),
    list: router({ clear: event.input().ack() }),
  }),
  '/admin': router({ ban: event.input(Type.String()).ack(Type.String()) }),
})
type Chat = Handlers<typeof api>

/** A service, as one injects it. */
class Store {
  readonly texts: string[] = []
  add(text: string): number {
    return this.texts.push(text)
  }
}

class TodoHandlers {
  readonly store: Store
  readonly list = {
    clear: () => {
      this.store.texts.length = 0
    },
  }
  constructor(store: Store) {
    this.store = store
  }
  create({ input }: Parameters<Chat['todo']['create']>[0]) {
    return this.store.add(input)
  }
}

class BaseHandlers {
  readonly store: Store
  constructor(store: Store) {
    this.store = store
  }
  ping() {
    return this.store.texts.length
  }
  say({ input }: Parameters<Chat['say']>[0]): string {
    return `base ${input}`
  }
  /** A getter that a class has for itself: only what the contract names is read. */
  get broken(): never {
    throw new Error('read')
  }
}

class ChatHandlers extends BaseHandlers {
  readonly #prefix = 'chat'
  readonly todo = new TodoHandlers(this.store)
  readonly '/admin' = new AdminHandlers(this.store)

  override say(call: Parameters<Chat['say']>[0]) {
    if (call.input === 'full') return call.fail('FULL', { most: this.ping() })
    return `${this.decorate(super.say(call))}`
  }
  async *feed({ input, lastEventId }: Parameters<Chat['feed']>[0]) {
    for (const text of this.store.texts.slice(Number(lastEventId ?? 0), input)) yield tracked('1', text)
    return this.decorate('end')
  }
  message = function (this: ChatHandlers, { input, emit }: Parameters<Chat['message']>[0]) {
    emit.message(this.decorate(input))
  }
  private decorate(text: string) {
    return `${this.#prefix} ${text}`
  }
}

class AdminHandlers {
  readonly banned: Store
  constructor(banned: Store) {
    this.banned = banned
  }
  ban({ input }: Parameters<Chat['/admin']['ban']>[0]) {
    return `ban ${this.banned.add(input)}`
  }
}

/** Returns the message of the error that a function throws. */
const messageOf = (work: () => unknown): string => {
  try {
    work()
  } catch (error) {
    return Object(error).message
  }
  return 'nothing was thrown'
}

describe('an instance of a class, given to handle', it => {
  it('answers with its methods, also inherited ones, fields, groups and namespaces, and each keeps its this', async context => {
    const { server, url } = await serve(api, context)
    const store = new Store()
    server.handle(new ChatHandlers(store))
    const client = createClient<typeof api>(url, { transports: ['websocket'], forceNew: true })
    context.defer(() => client.close())
    assert.is(await client.emit.say('hello'), 'chat base hello')
    assert.is(await client.emit.todo.create('milk'), 1)
    assert.is(await client.emit.ping(), 1)
    const said = client.once.message()
    client.emit.message('both')
    assert.is(await said, 'chat both')
    const feed = client.stream.feed(5)
    const items: string[] = []
    for await (const item of feed) items.push(item)
    assert.equal([items, await feed.result], [['milk'], 'chat end'])
    const admin = client.of('/admin')
    context.defer(() => admin.close())
    assert.is(await admin.emit.ban('eve'), 'ban 2')
    const failed = await client.emit.say('full').catch((error: unknown) => error)
    assert.equal(Reflect.get(Object(failed), 'data'), { most: 2 })
    await client.emit.todo.list.clear()
    assert.equal(store.texts, [])
  })

  it('answers in one namespace, and inside of middleware', async context => {
    const { server, client } = await serve(api, context)
    const admin = server
      .of('/admin')
      .authenticate(() => ({ user: 'ann' }))
      .use(({ next }) => next({ since: 2026 }))
    class Moderation {
      readonly suffix = '!'
      ban({ input, data, ctx }: Parameters<Handlers<typeof admin>['ban']>[0]) {
        return `${data.user} ${ctx.since} ${input}${this.suffix}`
      }
    }
    admin.handle(new Moderation())
    assert.equal(await ask(await client('/admin'), 'ban', 'eve'), ['ann 2026 eve!'])
  })

  it('may be that of a class in a literal, which keeps its own this, too', async context => {
    const { server, client } = await serve(api, context)
    const chat = new ChatHandlers(new Store())
    server.handle({
      say({ input }) {
        return `${input} ${typeof this.ping}`
      },
      ping: () => 1,
      message: () => {},
      async *feed() {
        yield* []
        return ''
      },
      todo: chat.todo,
      '/admin': chat['/admin'],
    })
    const socket = await client()
    assert.equal(await ask(socket, 'say', 'this has'), ['this has function'])
    assert.equal(await ask(socket, 'todo:create', 'milk'), [1])
  })

  it('is refused with the names of missing handlers, and of the class; its other members are its own affair', async context => {
    const { server } = await serve(api, context)
    const refusalOf = (handlers: unknown) => messageOf(() => Reflect.apply(server.handle, server, [handlers]))
    class Half {
      ping = 5
      helper() {}
      todo = new (class Todo {
        creat() {}
      })()
      async *feed() {}
    }
    assert.is(
      refusalOf(new Half()),
      'ackwire: handle: say: expected a function, got undefined in an object of the class Half; ' +
        'ping: expected a function, got a number in an object of the class Half; ' +
        'message: expected a function, got undefined in an object of the class Half; ' +
        'todo.create: expected a function, got undefined in an object of the class Todo; ' +
        'todo.list.clear: expected a function, got undefined',
    )
    class Whole extends ChatHandlers {
      override readonly '/admin' = Object.assign(new AdminHandlers(this.store), { ban: undefined as never })
    }
    assert.is(
      refusalOf(new Whole(new Store())),
      'ackwire: handle: /admin.ban: expected a function, got undefined in an object of the class AdminHandlers',
    )
    class Elsewhere extends ChatHandlers {
      readonly '/amdin' = {}
    }
    assert.match(refusalOf(new Elsewhere(new Store())), /of\("\/amdin"\): the contract has the namespaces \/, \/admin$/)
  })

  it('is refused where the class itself is given', async context => {
    const { server } = await serve(api, context)
    const expected = 'expected an object of handlers, got a function; if it is a class, pass an instance of it'
    const admin = server.of('/admin')
    const refusalOf = ({ handle }: typeof admin, handlers: unknown) =>
      messageOf(() => Reflect.apply(handle, undefined, [handlers]))
    assert.is(refusalOf(server as never, ChatHandlers), `ackwire: handle: ${expected}`)
    assert.is(refusalOf(admin, AdminHandlers), `ackwire: handle: /admin: ${expected}`)
    const chat = new ChatHandlers(new Store())
    const all = { say() {}, ping() {}, feed() {}, message() {}, '/admin': chat['/admin'], todo: TodoHandlers }
    assert.is(refusalOf(server as never, all), `ackwire: handle: todo: ${expected}`)
  })

  it('has no handler in what all objects and classes inherit', async context => {
    const odd = router({ constructor: event.input().ack(), hasOwnProperty: event.input().ack(Type.Integer()) })
    const { server } = await serve(odd, context)
    class Odd {
      readonly other = 1
    }
    assert.is(
      messageOf(() => Reflect.apply(server.handle, server, [new Odd()])),
      'ackwire: handle: constructor: expected a function, got undefined in an object of the class Odd; ' +
        'hasOwnProperty: expected a function, got undefined in an object of the class Odd',
    )
  })

  it('may define what all objects inherit', async context => {
    const odd = router({ hasOwnProperty: event.input().ack(Type.Integer()), isPrototypeOf: event.input().ack() })
    const { server, client } = await serve(odd, context)
    server.handle(
      new (class {
        one = 1
        hasOwnProperty = () => this.one
        isPrototypeOf(): never {
          throw new Error('replaced')
        }
      })() as never,
    )
    assert.equal(await ask(await client(), 'hasOwnProperty'), [1])
  })
})
