import { AsyncLocalStorage } from 'node:async_hooks'
import { event, router } from '@ackwire/core'
import type { Observer } from '@ackwire/core/server'
import { Type } from '@sinclair/typebox'
import * as assert from 'uvu/assert'
import { describe } from '../../../test/harness.js'
import { ask, serve, until } from './serve.js'

const api = router({
  double: event
    .input(Type.Integer())
    .ack(Type.Integer())
    .errors({ ODD: Type.Object({}) }),
  note: event.input(Type.String()),
  told: event.output(Type.String()),
  probe: event.output(Type.Integer()).ack(Type.Integer()),
  '/room-{id}': router({ enter: event.input().ack() }, { auth: Type.Object({ token: Type.Literal('secret') }) }),
})

/** Records each notification as a line, without durations. */
const scribe = () => {
  const lines: string[] = []
  const durations: number[] = []
  const outcome = ({ code, durationMs }: { code: string | undefined; durationMs: number }): string => {
    durations.push(durationMs)
    return code ?? 'well'
  }
  const observer: Required<Observer> = {
    onAuthenticate: ({ namespace }, came) => lines.push(`authenticate ${namespace} ${outcome(came)}`),
    onConnection: ({ namespace }) => lines.push(`connection ${namespace}`),
    onReceive: ({ event, isAnswered }) => lines.push(`receive ${event}${isAnswered ? '?' : ''}`),
    onHandle: ({ event }, run) => {
      lines.push(`handle ${event}`)
      run()
    },
    onHandled: ({ event }, came) => lines.push(`handled ${event} ${outcome(came)}`),
    onAnswer: ({ event }, came) => lines.push(`answer ${event} ${outcome(came)}${came.isRefused ? ', refused' : ''}`),
    onEmit: ({ event, socket, isAnswered }) =>
      lines.push(`emit ${event}${isAnswered ? '?' : ''} to ${socket === undefined ? 'many' : 'one'}`),
    onAck: ({ event }, came) => lines.push(`ack ${event} ${outcome(came)}`),
    onDisconnect: ({ namespace, reason, durationMs }) => {
      durations.push(durationMs)
      lines.push(`disconnect ${namespace} ${reason}`)
    },
  }
  return { lines, durations, observer }
}

describe('an observer', it => {
  it('is notified of each phase of a message, of the connection and of the disconnect', async context => {
    const { server, client } = await serve(api, context)
    const { lines, durations, observer } = scribe()
    server.observe(observer)
    server.on.double(async ({ input }) => input * 2)
    server.on.note(() => {})
    const socket = await client()
    assert.equal(await ask(socket, 'double', 2), [4])
    socket.emit('note', 'milk')
    await until(() => lines.includes('answer note well'))
    socket.disconnect()
    await until(() => lines.some(line => line.startsWith('disconnect')))
    assert.equal(lines, [
      'connection /',
      'receive double?',
      'handle double',
      'handled double well',
      'answer double well',
      'receive note',
      'handle note',
      'handled note well',
      'answer note well',
      'disconnect / client namespace disconnect',
    ])
    assert.ok(durations.every(duration => duration >= 0 && duration < 10_000))
  })

  it('gets the code of each answer', async context => {
    const { server, client, errors } = await serve(api, context, { timeout: 50 })
    const socket = await client()
    const { lines, observer } = scribe()
    server.observe(observer)
    const answers = async (send: () => unknown) => {
      lines.length = 0
      await send()
      return lines.filter(line => !line.startsWith('receive') && !line.startsWith('handle '))
    }
    const double = () => ask(socket, 'double', 1)
    assert.equal(await answers(double), ['answer double NOT_IMPLEMENTED, refused'])
    assert.equal(await answers(() => ask(socket, 'double', 'two')), ['answer double INVALID_INPUT, refused'])
    assert.equal(await answers(() => ask(socket, 'double', ...Array(99).fill(1))), [
      'answer double INVALID_INPUT, refused',
    ])

    let off = server.on.double(({ fail }) => fail('ODD', {}))
    assert.equal(await answers(double), ['handled double ODD', 'answer double ODD'])
    off()
    off = server.on.double(() => Promise.reject(new Error('no')))
    assert.equal(await answers(double), ['handled double INTERNAL', 'answer double INTERNAL'])
    off()
    off = server.on.double(() => 0.5)
    assert.equal(await answers(double), ['handled double well', 'answer double INTERNAL'])
    off()
    let release = (): void => {}
    off = server.on.double(() => new Promise(resolve => (release = () => resolve(2))))
    assert.equal(await answers(double), ['answer double TIMEOUT'])
    release()
    await until(() => lines.includes('handled double well'))
    off()
    assert.equal(
      errors.splice(0).map(({ phase }) => phase),
      ['input', 'input', 'handler', 'reply', 'handler'],
    )
  })

  it('is notified of calls that a closing server rejects', async context => {
    const { server, client } = await serve(api, context)
    const { lines, observer } = scribe()
    server.observe(observer)
    let release = (): void => {}
    server.on.double(() => new Promise(resolve => (release = () => resolve(2))))
    const socket = await client()
    const late = ask(socket, 'double', 1)
    await until(() => lines.includes('handle double'))
    const closing = server.close()
    await ask(socket, 'double', 1)
    release()
    await Promise.all([late, closing])
    assert.equal(
      lines.filter(line => line.startsWith('answer')),
      ['answer double OVERLOADED, refused', 'answer double well'],
    )
  })

  it('is notified of an answer that the client did not get', async context => {
    const { server, client } = await serve(api, context)
    const { lines, observer } = scribe()
    server.observe(observer)
    server.on.double(async ({ signal }) => {
      await new Promise(resolve => signal.addEventListener('abort', resolve))
      return 2
    })
    const socket = await client()
    socket.emit('double', 1, () => {})
    await until(() => lines.includes('handle double'))
    socket.disconnect()
    await until(() => lines.includes('answer double DISCONNECTED'))
  })

  it('is notified of plain listeners, too', async context => {
    const { server, io, client } = await serve(api, context)
    const { lines, observer } = scribe()
    server.observe(observer)
    io.on('connection', socket => {
      socket.on('double', (input: number, ack: (reply: number) => void) => {
        ack(input * 2)
        ack(0)
      })
      socket.on('note', () => {})
    })
    const socket = await client()
    socket.emit('note', 'milk')
    assert.equal(await ask(socket, 'double', 2), [4])
    assert.equal(lines.slice(1), [
      'receive note',
      'handle note',
      'answer note well',
      'receive double?',
      'handle double',
      'answer double well',
    ])
  })

  it('is notified of handshakes with their codes, by the namespace’s name in the contract', async context => {
    const { server, client, errors } = await serve(api, context, { authenticateTimeout: 20 })
    const { lines, observer } = scribe()
    server.observe(observer)
    let isHanging = false
    server.of('/room-{id}').authenticate(() => (isHanging ? new Promise(() => {}) : {}))
    const refused = (auth: object) =>
      client('/room-7', { auth }).catch((error: Error & { data: { code: string } }) => error)
    await client('/room-7', { auth: { token: 'secret' } })
    await refused({ token: 'wrong' })
    isHanging = true
    await refused({ token: 'secret' })
    assert.equal(lines, [
      'authenticate /room-{id} well',
      'connection /room-{id}',
      'authenticate /room-{id} UNAUTHORIZED',
      'authenticate /room-{id} TIMEOUT',
    ])
    assert.is(errors.splice(0).length, 2)
  })

  it('is notified of outputs to one and to many, and of their answers', async context => {
    const { server, client, errors } = await serve(api, context)
    const { lines, observer } = scribe()
    let answer: unknown = 1
    const socket = await client()
    socket.on('probe', (_: number, ack: (reply: unknown) => void) => ack(answer))
    server.observe(observer)
    server.on.note(({ emit }) => emit.probe(1))
    server.emit.told('all')
    assert.equal(await server.emit.probe(1), [1])
    socket.emit('note', '')
    await until(() => lines.includes('answer note well'))
    answer = 'one'
    await server.emit.probe(1).catch(() => {})
    assert.equal(
      lines.filter(line => /^(emit|ack)/.test(line)),
      ['emit told to many', 'emit probe? to many', 'ack probe well', 'emit probe? to one', 'ack probe well'].concat(
        'emit probe? to many',
        'ack probe INVALID_REPLY',
      ),
    )
    assert.is(errors.splice(0).length, 1)
  })

  it('gets the same object for all phases of a message', async context => {
    const { server, client } = await serve(api, context)
    const told = new Map<object, string[]>()
    const note = (hook: string) => (call: object) => told.set(call, [...(told.get(call) ?? []), hook])
    server.observe({ onReceive: note('receive'), onHandled: note('handled'), onAnswer: note('answer') })
    server.on.double(({ input }) => input)
    const socket = await client()
    await Promise.all([ask(socket, 'double', 1), ask(socket, 'double', 2)])
    assert.equal(
      [...told.values()],
      Array.from({ length: 2 }, () => ['receive', 'handled', 'answer']),
    )
  })

  it('is notified after its removal only of the ends of calls that it has seen begin', async context => {
    const { server, client } = await serve(api, context)
    const [first, second] = [scribe(), scribe()]
    const off = server.observe(first.observer)
    const offAgain = server.observe(first.observer)
    server.observe(second.observer)
    let release = (): void => {}
    server.on.double(() => new Promise(resolve => (release = () => resolve(2))))
    const socket = await client()
    offAgain()
    offAgain()
    const call = ask(socket, 'double', 1)
    await until(() => first.lines.includes('handle double'))
    off()
    release()
    await call
    socket.emit('note', '')
    await until(() => second.lines.includes('answer note NOT_IMPLEMENTED, refused'))
    assert.equal(first.lines, [
      'connection /',
      'connection /',
      'receive double?',
      'handle double',
      'handled double well',
      'answer double well',
    ])
  })

  it('does not affect messages by its errors, which are reported once', async context => {
    const { server, client, errors } = await serve(api, context)
    const { lines, observer } = scribe()
    const failing = (): never => {
      throw new Error('observer')
    }
    const socket = await client()
    server.observe({ onReceive: failing, onHandle: failing, onHandled: failing, onAnswer: failing })
    // Functions of this kind are to be synchronous; one that is not must not end the process.
    server.observe({ onReceive: () => Promise.reject(new Error('late')) as unknown as void })
    server.observe(observer)
    server.on.double(({ input }) => input * 2)
    for (let count = 1; count <= 3; count++) assert.equal(await ask(socket, 'double', count), [count * 2])
    assert.is(lines.filter(line => line === 'answer double well').length, 3)
    await until(() => errors.length === 5)
    assert.equal(
      errors.splice(0).map(({ phase, event }) => `${phase} ${event}`),
      Array(5).fill('observer double'),
    )
  })

  it('can’t prevent a handler from being run once', async context => {
    const { server, client } = await serve(api, context)
    const kept: (() => void)[] = []
    server.observe({ onHandle: (_, run) => kept.push(run) })
    server.observe({ onHandle: (_, run) => (run(), run()) })
    let count = 0
    server.on.double(({ input }) => (count++, input))
    const socket = await client()
    assert.equal(await ask(socket, 'double', 3), [3])
    kept.forEach(run => run())
    assert.is(count, 1)
  })

  it('puts a context around handlers and listeners that lasts as long as they do', async context => {
    const { server, io, client } = await serve(api, context)
    const [outer, inner] = [new AsyncLocalStorage<string>(), new AsyncLocalStorage<string>()]
    const seen: unknown[] = []
    const look = () => seen.push([outer.getStore(), inner.getStore()])
    server.observe({ onHandle: ({ event }, run) => outer.run(event, run) })
    server.observe({ onHandle: (_, run) => inner.run(`in ${outer.getStore()}`, run) })
    server
      .use(async ({ next }) => {
        await Promise.resolve()
        return next()
      })
      .on.double(async ({ input }) => {
        look()
        await new Promise(resolve => setTimeout(resolve, 1))
        look()
        return input
      })
    io.on('connection', socket => socket.on('note', look))
    const socket = await client()
    await ask(socket, 'double', 1)
    socket.emit('note', '')
    await until(() => seen.length === 3)
    assert.equal(seen, [
      ['double', 'in double'],
      ['double', 'in double'],
      ['note', 'in note'],
    ])
  })

  it('starts a lazy thenable once', async context => {
    const { server, client } = await serve(api, context)
    let count = 0
    server.observe(scribe().observer)
    const then = (done: (value: number) => void): void => done(++count)
    server.on.double(() => {
      const lazy: Promise<number> = Promise.resolve(0)
      Reflect.set(lazy, 'then', then)
      return lazy
    })
    const socket = await client()
    assert.equal(await ask(socket, 'double', 1), [1])
  })

  it('costs no reading of the clock if there is none', async context => {
    const { server, client } = await serve(api, context)
    server.on.double(async ({ input, emit }) => (await emit.probe(1)) + input)
    const socket = await client()
    socket.on('probe', (sent: number, ack: (reply: number) => void) => ack(sent))
    const { now } = performance
    context.defer(() => (performance.now = now))
    const callers: unknown[] = []
    performance.now = () => {
      const { stack } = new Error('now')
      if (stack?.includes('/packages/core/src/')) callers.push(stack)
      return now.call(performance)
    }
    assert.equal(await ask(socket, 'double', 1), [2])
    assert.equal(callers, [])
    server.observe({ onAnswer: () => {} })
    assert.equal(await ask(socket, 'double', 1), [2])
    assert.ok(callers.length > 0)
  })

  it('is rejected if it has no function to call', async context => {
    const { server } = await serve(api, context)
    const observe = (observer: unknown) => () => server.observe(observer as Observer)
    assert.throws(observe(undefined), /observe: expected an object of functions, got undefined/)
    assert.throws(
      observe({ onAnswered: () => {} }),
      /unknown key "onAnswered"; expected one of onAuthenticate, .*onDisconnect/,
    )
    assert.throws(observe({ onAnswer: 1 }), /observe: onAnswer: expected a function, got a number/)
    class Counter implements Observer {
      count = 0
      onAnswer(): void {
        this.count++
      }
    }
    server.observe(new Counter())
  })
})
