import { event, router } from '@ackwire/core'
import { tracked } from '@ackwire/core/server'
import type { Page } from '@ackwire/core/wire'
import { Type } from '@sinclair/typebox'
import type { Socket } from 'socket.io-client'
import * as assert from 'uvu/assert'
import { describe } from '../../../test/harness.js'
import { saying } from '../../../test/saying.js'
import { ask, serve, TRANSPORTS, until } from './serve.js'

const api = router({
  count: event.input(Type.Integer()).stream(Type.Integer()),
  download: event
    .input(Type.String())
    .stream(Type.Object({ percent: Type.Number() }))
    .ack(Type.Object({ size: Type.Integer() }))
    .errors({ NO_FILE: Type.Object({ name: Type.String() }) }),
  dates: event.input().stream(
    Type.Transform(Type.String())
      .Decode(text => new Date(text))
      .Encode(date => date.toISOString()),
  ),
  log: router({
    tail: event.input(Type.Optional(Type.String()), Type.Optional(Type.Integer({ default: 10 }))).stream(Type.String()),
  }),
  ping: event.input().ack(),
})

type Answer = Page & { readonly $error?: { readonly code: string; readonly data?: unknown; readonly message: string } }

const answer = async (socket: Socket, event: string, ...args: unknown[]): Promise<Answer> => {
  const reply = await ask(socket, event, ...args)
  assert.is(reply.length, 1)
  return reply[0] as Answer
}

/** All pages of a stream, as a plain client reads them: the last is one without more, or a failure. */
const pagesOf = async (socket: Socket, event: string, ...args: unknown[]): Promise<Answer[]> => {
  const pages = [await answer(socket, event, ...args)]
  for (let page = pages[0]; page?.next !== undefined; page = pages.at(-1)) {
    pages.push(await answer(socket, `${event}:next`, page.next))
  }
  return pages
}

const itemsOf = (pages: readonly Answer[]): unknown[] => pages.flatMap(({ items = [] }) => items)

const tick = (): Promise<void> => new Promise(resolve => setTimeout(resolve, 1))

for (const transport of TRANSPORTS) {
  describe(`a stream over ${transport}`, it => {
    it('is read page by page, to its end', async context => {
      const { server, client } = await serve(api, context, { transport })
      server.on.count(async function* ({ input }) {
        for (let number = 1; number <= input; number++) {
          if (number % 7 === 0) await tick()
          yield number
        }
      })
      const socket = await client()
      const pages = await pagesOf(socket, 'count', 30)
      assert.equal(
        itemsOf(pages),
        Array.from({ length: 30 }, (_, index) => index + 1),
      )
      assert.equal(Object.keys(pages.at(-1) ?? {}), ['items'], 'nothing but that')
      assert.equal(await pagesOf(socket, 'count', 3), [{ items: [1, 2, 3] }], 'what is there at once is one answer')
      assert.equal(await pagesOf(socket, 'count', 0), [{ items: [] }])
    })

    it('has a final value, or ends with an error of its own, after all items', async context => {
      const { server, client } = await serve(api, context, { transport })
      server.on.download(async function* ({ input, fail }) {
        yield { percent: 50 }
        if (input === '') fail('NO_FILE', { name: input })
        await tick()
        yield { percent: 100 }
        if (input === 'late') fail('NO_FILE', { name: input })
        return { size: 7 }
      })
      const socket = await client()
      const pages = await pagesOf(socket, 'download', 'a.txt')
      assert.equal(itemsOf(pages), [{ percent: 50 }, { percent: 100 }])
      assert.equal(pages.at(-1)?.value, { size: 7 })
      for (const [name, count] of [
        ['', 1],
        ['late', 2],
      ] as const) {
        const failing = await pagesOf(socket, 'download', name)
        assert.is(itemsOf(failing).length, count)
        assert.equal(failing.at(-1), { $error: { code: 'NO_FILE', message: 'NO_FILE', data: { name } } })
      }
    })
  })
}

describe('the opening of a stream', it => {
  it('is rejected like any call', async context => {
    const { server, client, errors } = await serve(api, context)
    const socket = await client()
    assert.is((await answer(socket, 'count', 1)).$error?.code, 'NOT_IMPLEMENTED')
    const off = server.on.count(async function* () {})
    assert.is((await answer(socket, 'count', 'one')).$error?.code, 'INVALID_INPUT')
    assert.is((await answer(socket, 'count')).$error?.code, 'INVALID_INPUT')
    assert.equal(await answer(socket, 'count', 1), { items: [] })
    off()
    assert.is((await answer(socket, 'count', 1)).$error?.code, 'NOT_IMPLEMENTED')
    assert.is(errors.splice(0).length, 2)
  })

  it('is answered at once, and each page as soon as there is an item', async context => {
    const { server, client } = await serve(api, context)
    let give: ((item: string) => void) | undefined
    server.on.log.tail(async function* ({ input: [name, lines] }) {
      for (;;) yield `${name} ${lines} ${await new Promise<string>(resolve => (give = resolve))}`
    })
    const socket = await client()
    const first = await answer(socket, 'log:tail', 'app')
    assert.equal(first.items, [])
    const second = answer(socket, 'log:tail:next', first.next)
    give?.('x')
    assert.equal((await second).items, ['app 10 x'], 'a default is filled in')
  })

  it('needs an ack, without which nothing starts', async context => {
    const { server, client } = await serve(api, context)
    let started = 0
    server.on.count(async function* () {
      yield ++started
    })
    server.on.ping(() => {})
    const socket = await client()
    socket.emit('count', 1)
    await ask(socket, 'ping')
    assert.is(started, 0)
  })

  it('does not reach a plain listener, which could not answer it', async context => {
    const { client, io } = await serve(api, context)
    io.on('connection', socket => socket.on('count', () => assert.unreachable()))
    assert.is((await answer(await client(), 'count', 1)).$error?.code, 'NOT_IMPLEMENTED')
  })

  it('accepts any async iterable, also in a promise, and rejects others', async context => {
    const { server, client, errors } = await serve(api, context)
    server.on.count(
      async ({ input }) =>
        new ReadableStream<number>({
          start(controller) {
            controller.enqueue(input)
            controller.close()
          },
        }),
    )
    const broken: unknown = () => [1, 2]
    server.on.log.tail(broken as () => AsyncIterable<string>)
    const socket = await client()
    assert.equal(itemsOf(await pagesOf(socket, 'count', 5)), [5])
    assert.is((await pagesOf(socket, 'log:tail')).at(-1)?.$error?.code, 'INTERNAL')
    const [report] = errors.splice(0)
    assert.is(report?.phase, 'handler')
    assert.match(
      String(report?.error),
      "on.log:tail: expected a stream's handler to be an async generator or to return an async iterable, got an array",
    )
  })
})

describe('the result of a stream’s handler', it => {
  it('is checked and encoded, item by item, and its mistakes are not sent to the client', async context => {
    const { server, client, errors } = await serve(api, context)
    let cleaned = 0
    const texts: unknown[] = ['a', 5, 'c']
    server.on.log.tail(async function* () {
      try {
        yield* texts as string[]
      } finally {
        cleaned++
      }
    })
    server.on.dates(async function* () {
      yield new Date(0)
    })
    const socket = await client()
    const pages = await pagesOf(socket, 'log:tail')
    assert.equal(itemsOf(pages), ['a'])
    assert.equal(pages.at(-1), { $error: { code: 'INTERNAL', message: 'Internal error' } })
    assert.is(cleaned, 1)
    const [report] = errors.splice(0)
    assert.equal([report?.phase, report?.event], ['output', 'log:tail'])
    assert.match(String(report?.error), 'on.log:tail: an item: /0 Expected string')
    assert.equal(itemsOf(await pagesOf(socket, 'dates')), ['1970-01-01T00:00:00.000Z'])
  })

  it('ends the stream with INTERNAL if it is an error, an invalid final value, or not serializable', async context => {
    const loose = router({
      any: event.input(Type.String()).stream(Type.Any()).ack(Type.Any()).errors({ BAD: Type.Any() }),
    })
    const { server, client, errors } = await serve(loose, context)
    let cleaned = 0
    server.on.any(async function* ({ input, fail }) {
      try {
        yield 1
        if (input === 'throw') throw new Error('secret')
        if (input === 'fail') fail('BAD', 1n)
        if (input === 'item') yield 1n
        if (input === 'envelope') return { $error: 1 }
        return input === 'value' ? 1n : 'done'
      } finally {
        cleaned++
      }
    })
    const socket = await client()
    const phases = { throw: 'handler', fail: 'output', item: 'output', value: 'output', envelope: 'reply' }
    for (const [input, phase] of Object.entries(phases)) {
      const last = (await pagesOf(socket, 'any', input)).at(-1)
      assert.equal(last, { $error: { code: 'INTERNAL', message: 'Internal error' } }, input)
      assert.equal(
        errors.splice(0).map(report => report.phase),
        [phase],
        input,
      )
    }
    await until(() => cleaned === 5)
    // What the error handler says instead is the final value, if it can be sent.
    for (const [instead, expected] of [
      ['sorry', { items: [1], value: 'sorry' }],
      [1n, { $error: { code: 'INTERNAL', message: 'Internal error' } }],
    ]) {
      server.onError(() => instead)
      assert.equal((await pagesOf(socket, 'any', 'item')).at(-1), expected)
    }
  })

  it('has its properties stripped if unknownProperties says so', async context => {
    const { server, client } = await serve(api, context, { unknownProperties: 'strip' })
    server.on.download(async function* () {
      yield { percent: 1, secret: 'x' }
      return { size: 1, secret: 'y' }
    })
    assert.equal(await pagesOf(await client(), 'download', ''), [{ items: [{ percent: 1 }], value: { size: 1 } }])
  })

  it('passes unchecked if the validation of outputs is turned off', async context => {
    const { server, client } = await serve(api, context, { validate: { output: false } })
    const items: unknown[] = ['x']
    server.on.count(async function* () {
      yield* items as number[]
    })
    assert.equal(itemsOf(await pagesOf(await client(), 'count', 1)), ['x'])
  })
})

describe('a reader', it => {
  it('that is slow pauses its handler after a window, and no other', async context => {
    const { server, client } = await serve(api, context, { streamWindow: 8 })
    const made = new Map<number, number>()
    server.on.count(async function* ({ input }) {
      for (let number = 1; ; number++) {
        made.set(input, number)
        yield number
      }
    })
    const [slow, quick] = [await client(), await client()]
    let page = await answer(slow, 'count', 1)
    let { next } = await answer(quick, 'count', 2)
    for (let asked = 0; asked < 50; asked++) ({ next } = await answer(quick, 'count:next', next))
    assert.ok((made.get(2) ?? 0) > 350, `${made.get(2)}`)
    // A page of a window was sent, and another waits.
    assert.ok((made.get(1) ?? 0) <= 17, `${made.get(1)}`)
    assert.is(page.items.length, 8)
    page = await answer(slow, 'count:next', page.next)
    assert.equal(page.items, [9, 10, 11, 12, 13, 14, 15, 16])
  })

  it('requests a page again with the same cursor if an answer was lost, and gets the same page', async context => {
    const { server, client } = await serve(api, context, { streamWindow: 2 })
    server.on.count(async function* ({ input }) {
      for (let number = 1; number <= input; number++) yield number
    })
    const socket = await client()
    const { next } = await answer(socket, 'count', 6)
    const page = await answer(socket, 'count:next', next)
    assert.equal(page.items, [3, 4])
    assert.equal(await answer(socket, 'count:next', next), page)
    assert.equal((await answer(socket, 'count:next', page.next)).items, [5, 6])
    assert.is((await answer(socket, 'count:next', next)).$error?.code, 'DISCONNECTED', 'one page is kept, not all')
  })

  it('that requests a page twice at once gets an empty page and the page', async context => {
    const { server, client } = await serve(api, context)
    let give: (() => void) | undefined
    server.on.count(async function* () {
      await new Promise<void>(resolve => (give = resolve))
      yield 1
    })
    const socket = await client()
    const { next } = await answer(socket, 'count', 1)
    const asked = [answer(socket, 'count:next', next), answer(socket, 'count:next', next)]
    assert.equal(await asked[0], { items: [], next })
    give?.()
    assert.equal((await asked[1])?.items, [1])
  })

  it('can stop, once or more, also while it waits, which ends its wait', async context => {
    const { server, client } = await serve(api, context)
    const ended: string[] = []
    server.on.count(async function* ({ signal, input }) {
      try {
        yield 0
        await new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)))
      } finally {
        ended.push(`${input} ${signal.aborted}`)
      }
    })
    const socket = await client()
    const first = await answer(socket, 'count', 1)
    const waiting = answer(socket, 'count:next', first.next)
    assert.equal(await ask(socket, 'count:stop', first.next), [])
    assert.equal(await waiting, { items: [] })
    await until(() => ended.length === 1)
    assert.equal(await ask(socket, 'count:stop', first.next), [])
    assert.is((await answer(socket, 'count:next', first.next)).$error?.code, 'DISCONNECTED')
    // Also without an ack, and where the handler stands at a yield.
    socket.emit('count:stop', (await answer(socket, 'count', 2)).next)
    await until(() => ended.length === 2)
    assert.equal(ended, ['1 true', '2 true'])
  })

  for (const [how, end] of [
    ['stops', (socket: Socket, next = '') => void socket.emit('count:stop', next)],
    ['leaves', (socket: Socket) => void socket.disconnect()],
  ] as const) {
    it(`that ${how} has the source returned once while it waits for an item, whether that fails or not`, async context => {
      const { server, client } = await serve(api, context)
      for (const isFailing of [false, true]) {
        let [asked, returned, settled] = [0, 0, 0]
        const watched = server.use(({ next }) => next().finally(() => settled++))
        const off = watched.on.count(() => ({
          [Symbol.asyncIterator]: () => {
            let endWait: (result: IteratorResult<number, undefined>) => void = () => {}
            return {
              next: () => (++asked === 1 ? Promise.resolve({ value: 1 }) : new Promise(resolve => (endWait = resolve))),
              async return() {
                returned++
                endWait(isFailing ? { done: true, value: undefined } : { value: 2 })
                if (isFailing) throw new Error('no cleanup')
                return { done: true, value: undefined }
              },
            }
          },
        }))
        const socket = await client()
        const { next } = await answer(socket, 'count', 1)
        await until(() => asked === 2)
        end(socket, next)
        await until(() => settled > 0)
        assert.is(returned, 1)
        off()
      }
    })
  }

  it('that leaves before the handler has its source has it returned', async context => {
    const { server, client } = await serve(api, context)
    let [isCalled, isReturned] = [false, false]
    let give = (): void => {}
    server.on.count(async () => {
      isCalled = true
      await new Promise<void>(resolve => (give = resolve))
      const next = (): Promise<IteratorResult<number>> => Promise.reject(new Error('an item was asked for'))
      const source = { next, return: async () => ((isReturned = true), { done: true as const, value: undefined }) }
      return { [Symbol.asyncIterator]: () => source }
    })
    const socket = await client()
    socket.emit('count', 1, () => {})
    await until(() => isCalled)
    socket.disconnect()
    await until(() => server.io.of('/').sockets.size === 0)
    give()
    await until(() => isReturned)
  })

  it('that leaves ends the handler', async context => {
    const { server, client } = await serve(api, context)
    let ended = 0
    server.on.count(async function* ({ signal }) {
      try {
        for (let number = 0; ; number++) {
          yield number
          if (number === 5)
            await new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)))
        }
      } finally {
        ended++
      }
    })
    const socket = await client()
    for (let opened = 0; opened < 5; opened++) await answer(socket, 'count', 1)
    const { next } = await answer(socket, 'count', 1)
    socket.emit('count:next', next, () => {})
    socket.disconnect()
    await until(() => ended === 6)
  })

  it('that leaves causes no error, but an error of the handler’s cleanup is reported', async context => {
    const { server, client, errors } = await serve(api, context)
    server.on.count(async function* ({ signal, input }) {
      const cleanUp = (): void => {
        if (input === 2) throw new Error('in finally')
      }
      try {
        yield 0
        await new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)))
      } finally {
        cleanUp()
      }
    })
    const socket = await client()
    const first = await answer(socket, 'count', 1)
    await ask(socket, 'count:stop', first.next)
    await ask(socket, 'count:stop', (await answer(socket, 'count', 2)).next)
    await until(() => errors.length > 0)
    assert.equal(
      errors.splice(0).map(({ error, phase }) => [String(error), phase]),
      [['Error: in finally', 'handler']],
    )
  })
})

describe('a reader that is hostile', it => {
  it('opens no more than maxStreams streams, and gets an answer to each request', async context => {
    const { server, client, errors } = await serve(api, context, { maxStreams: 10 })
    let running = 0
    server.on.count(async function* () {
      running++
      try {
        for (;;) yield 1
      } finally {
        running--
      }
    })
    const socket = await client()
    const answers = await Promise.all(Array.from({ length: 300 }, () => answer(socket, 'count', 1)))
    const refused = answers.filter(({ $error }) => $error !== undefined)
    assert.is(refused.length, 290)
    assert.is(errors.splice(0).filter(({ phase }) => phase === 'limit').length, 290)
    assert.equal(refused[0]?.$error, {
      code: 'OVERLOADED',
      message: 'Too many calls at once, try again later',
      data: { retryAfterMs: 1_000 },
    })
    assert.is(running, 10)
    await ask(socket, 'count:stop', answers[0]?.next)
    await until(() => running === 9)
    assert.ok((await answer(socket, 'count', 1)).next)
    const other = await client()
    assert.ok((await answer(other, 'count', 1)).next, 'it is a limit of the socket')
  })

  it('can’t exceed maxStreams with stopped streams whose handlers continue', async context => {
    const { server, client, errors } = await serve(api, context, { maxStreams: 3 })
    const ends: (() => void)[] = []
    server.on.count(async function* () {
      await new Promise<void>(resolve => ends.push(resolve))
      yield 1
    })
    const socket = await client()
    for (let opened = 0; opened < 3; opened++) await ask(socket, 'count:stop', (await answer(socket, 'count', 1)).next)
    assert.is((await answer(socket, 'count', 1)).$error?.code, 'OVERLOADED')
    assert.is(errors.splice(0).length, 1)
    ends[0]?.()
    await tick()
    assert.ok((await answer(socket, 'count', 1)).next)
    ends.forEach(end => end())
  })

  it('can’t exceed maxStreams with ended streams that it does not read', async context => {
    const { server, client, errors } = await serve(api, context, { maxStreams: 3 })
    server.on.count(async function* () {
      await tick()
      yield 1
    })
    const socket = await client()
    for (let opened = 0; opened < 3; opened++) await answer(socket, 'count', 1)
    await tick()
    assert.is((await answer(socket, 'count', 1)).$error?.code, 'OVERLOADED')
    assert.is(errors.splice(0).length, 1)
  })

  it('gets an error for an invalid cursor', async context => {
    const { server, client, errors } = await serve(api, context)
    server.on.count(async function* () {
      for (;;) yield 1
    })
    const socket = await client()
    const { next = '' } = await answer(socket, 'count', 1)
    const [id] = next.split('.')
    for (const garbage of [
      '',
      'x',
      `${id}`,
      `${id}.0`,
      `${id}.2`,
      `${id}.-1`,
      `${id}.1e9`,
      `${id}.NaN`,
      '__proto__.1',
    ]) {
      assert.is((await answer(socket, 'count:next', garbage)).$error?.code, 'DISCONNECTED', garbage)
      if (!garbage.includes(String(id))) assert.equal(await ask(socket, 'count:stop', garbage), [])
    }
    for (const garbage of [[], [5], [null], [{}], ['x'.repeat(65)], [next, next]]) {
      for (const verb of ['next', 'stop']) {
        assert.is((await answer(socket, `count:${verb}`, ...garbage)).$error?.code, 'INVALID_INPUT')
      }
    }
    assert.is((await answer(socket, 'count:resume', 5, 1)).$error?.code, 'INVALID_INPUT')
    assert.is((await answer(socket, 'count:resume', '5')).$error?.code, 'INVALID_INPUT')
    assert.is(errors.splice(0).length, 14)
    assert.ok((await answer(socket, 'count:next', next)).items.length > 0, 'the stream is as it was')
    socket.emit('count:next', next)
  })

  it('can neither read nor stop the stream of another', async context => {
    const { server, client } = await serve(api, context)
    server.on.count(async function* () {
      for (;;) yield 1
    })
    const [socket, other] = [await client(), await client()]
    const { next } = await answer(socket, 'count', 1)
    assert.is((await answer(other, 'count:next', next)).$error?.code, 'DISCONNECTED')
    assert.equal(await ask(other, 'count:stop', next), [])
    assert.ok((await answer(socket, 'count:next', next)).items.length > 0)
  })
})

describe('a stream that is resumed', it => {
  it('has its handler called with the id of the last item', async context => {
    const { server, client } = await serve(api, context)
    server.on.count(async function* ({ input, lastEventId }) {
      for (let number = Number(lastEventId ?? 0) + 1; number <= input; number++) {
        yield number % 5 === 0 ? number : tracked(`${number}`, number)
        await tick()
      }
    })
    const socket = await client()
    const pages = await pagesOf(socket, 'count', 6)
    for (const { items, lastEventId } of pages) {
      const last = items.at(-1)
      assert.is(lastEventId, last === undefined || last === 5 ? undefined : `${last}`)
    }
    const resumed = await answer(socket, 'count:resume', '3', 5)
    assert.equal([resumed.items, resumed.lastEventId], [[4], '4'])
    assert.equal((await answer(socket, 'count:next', resumed.next)).items, [5])
  })

  it('rejects invalid ids', () => {
    assert.throws(
      () => tracked('', 1),
      saying('ackwire: tracked: expected a non-empty string as the id, got an empty string'),
    )
    assert.throws(() => tracked(5 as unknown as string, 1), saying('expected a non-empty string as the id, got number'))
  })
})

describe('middleware', it => {
  it('wraps the whole stream, and adds to its context', async context => {
    const { server, client } = await serve(api, context)
    const log: string[] = []
    server
      .use(async ({ next, event, input }) => {
        log.push(`${event} ${String(input)}`)
        const reply = await next({ by: 10 })
        log.push('over')
        return reply
      })
      .on.download(async function* ({ ctx, signal }) {
        log.push('handler')
        yield { percent: ctx.by }
        await tick()
        log.push(`end ${signal.aborted}`)
        return { size: 1 }
      })
    const pages = await pagesOf(await client(), 'download', 'a')
    assert.equal(itemsOf(pages), [{ percent: 10 }])
    assert.equal(pages.at(-1)?.value, { size: 1 })
    assert.equal(log, ['download a', 'handler', 'end false', 'over'])
  })

  it('that returns before its end ends it', async context => {
    const { server, client } = await serve(api, context)
    let ended = 0
    server
      .use(async ({ next }) => {
        void next({})
        return { size: 3 } as never
      })
      .on.download(async function* () {
        try {
          for (;;) yield { percent: 1 }
        } finally {
          ended++
        }
      })
    const last = (await pagesOf(await client(), 'download', '')).at(-1)
    assert.equal(last?.value, { size: 3 })
    await until(() => ended === 1)
  })

  it('can reject it, or answer instead', async context => {
    const { server, client, errors } = await serve(api, context)
    server
      .use(async ({ fail, input, next }) => {
        if (input === 'none') fail('NO_FILE', { name: 'none' })
        if (input === 'throw') throw new Error('no')
        return input === 'cached' ? ({ size: 5 } as never) : next({})
      })
      .on.download(async function* () {
        yield { percent: 1 }
        return { size: 1 }
      })
    const socket = await client()
    assert.is((await pagesOf(socket, 'download', 'none')).at(-1)?.$error?.code, 'NO_FILE')
    assert.is((await pagesOf(socket, 'download', 'throw')).at(-1)?.$error?.code, 'INTERNAL')
    assert.equal(await pagesOf(socket, 'download', 'cached'), [{ items: [], value: { size: 5 } }])
    errors.splice(0)
  })
})

describe('a limit of the contract', it => {
  it('counts a stream, also a resumed one, until its handler has ended, and no page', async context => {
    const limited = router({
      tail: event
        .input()
        .stream(Type.Integer())
        .limit({ inFlight: { perSocket: 2 }, rate: { total: { calls: 4, seconds: 60 } } }),
    })
    const { server, client, errors } = await serve(limited, context)
    server.on.tail(async function* () {
      for (;;) yield 1
    })
    const socket = await client()
    let { next } = await answer(socket, 'tail')
    for (let page = 0; page < 10; page++) ({ next } = await answer(socket, 'tail:next', next))
    assert.ok((await answer(socket, 'tail:resume', '1')).next)
    assert.is((await answer(socket, 'tail:resume', '1')).$error?.code, 'OVERLOADED')
    assert.is((await answer(socket, 'tail')).$error?.code, 'OVERLOADED')
    await ask(socket, 'tail:stop', next)
    await tick()
    const opened = await answer(socket, 'tail')
    assert.ok(opened.next)
    await ask(socket, 'tail:stop', opened.next)
    await tick()
    await ask(socket, 'tail:stop', (await answer(socket, 'tail')).next)
    await tick()
    assert.is((await answer(socket, 'tail')).$error?.code, 'RATE_LIMITED')
    assert.equal(
      errors.splice(0).map(({ phase }) => phase),
      ['limit', 'limit', 'limit'],
    )
  })
})

describe('an observer of streams', it => {
  it('observes each as one call, from its opening to its end', async context => {
    const { server, client } = await serve(api, context)
    const told: string[] = []
    server.observe({
      onReceive: ({ event, isAnswered }) => void told.push(`receive ${event} ${isAnswered}`),
      onHandled: (_, { code }) => void told.push(`handled ${code}`),
      onAnswer: (_, { code, isRefused }) => void told.push(`answer ${code} ${isRefused}`),
    })
    server.on.count(async function* ({ input, signal }) {
      yield* [1, 2, 3].slice(0, input)
      if (input > 3) await new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)))
      await tick()
    })
    const socket = await client()
    const end = async (): Promise<string[]> => {
      await until(() => told.filter(what => !what.startsWith('receive')).length === 2)
      return told.splice(0)
    }
    await pagesOf(socket, 'count', 2)
    assert.equal(await end(), ['receive count true', 'handled undefined', 'answer undefined false'])
    await ask(socket, 'count:stop', (await answer(socket, 'count:resume', '0', 5)).next)
    assert.equal(await end(), ['receive count true', 'answer undefined false', 'handled undefined'])
    await answer(socket, 'count', 5)
    socket.disconnect()
    assert.equal(await end(), ['receive count true', 'answer DISCONNECTED false', 'handled undefined'])
  })
})

describe('a server with streams that closes', it => {
  it('lets open ones be read to their end, and opens no others', async context => {
    const { server, client } = await serve(api, context)
    let release: (() => void) | undefined
    server.on.count(async function* () {
      await new Promise<void>(resolve => (release = resolve))
      yield 1
    })
    const socket = await client()
    const { next } = await answer(socket, 'count', 1)
    let isClosed = false
    const closing = server.close().then(() => (isClosed = true))
    assert.is((await answer(socket, 'count', 1)).$error?.code, 'OVERLOADED')
    release?.()
    await tick()
    assert.not(isClosed, 'its last page is yet to be read')
    const pages = [await answer(socket, 'count:next', next)]
    if (pages[0]?.next !== undefined) pages.push(await answer(socket, 'count:next', pages[0].next))
    assert.equal(itemsOf(pages), [1])
    await closing
  })

  it('ends those that are not done in time, and notifies their readers, also later', async context => {
    const { server, client } = await serve(api, context, { streamWindow: 4 })
    let ended = 0
    server.on.count(async function* ({ signal, input }) {
      try {
        if (input === 1) await new Promise(resolve => signal.addEventListener('abort', resolve))
        for (;;) yield 1
      } finally {
        ended++
      }
    })
    const socket = await client()
    const [waiting, late] = [await answer(socket, 'count', 1), await answer(socket, 'count', 2)]
    const asked = answer(socket, 'count:next', waiting.next)
    await server.close({ drain: 20 })
    assert.is((await asked).$error?.code, 'DISCONNECTED')
    await until(() => ended === 2)
    const rest = await answer(socket, 'count:next', late.next)
    assert.equal(rest.items, [1, 1, 1, 1])
    assert.is((await answer(socket, 'count:next', rest.next)).$error?.code, 'DISCONNECTED')
  })

  it('releases the sockets when it detaches, so that another binding can use them', async context => {
    const { server, client, io } = await serve(api, context)
    server.on.count(async function* () {
      for (;;) yield 1
    })
    const socket = await client()
    const { next } = await answer(socket, 'count', 1)
    server.detach()
    for (const [, own] of io.of('/').sockets)
      own.on('count:next', (_: string, ack: (reply: string) => void) => ack('plain'))
    assert.is((await answer(socket, 'count:next', next)).items.length, 64, 'what waits for its reader is not lost')
    assert.equal(await ask(socket, 'count:next', 'x.1'), ['plain'])
  })
})

describe('a contract with streams', it => {
  it('rejects a stream that is declared wrongly, with its path', () => {
    assert.throws(
      () => event.output().stream(Type.String()),
      saying('.stream: only a client can open a stream, so an output has none; begin with event.input'),
    )
    assert.throws(
      () => event.input().stream(Type.String()).stream(Type.String()),
      saying('.stream: the event already has one'),
    )
    assert.throws(() => event.input().stream(undefined as never), saying('.stream: expected a schema, got undefined'))
    assert.throws(
      () => router({ a: event.input().stream(Type.String()).ack() }),
      saying('a ack: the end of a stream is its receipt'),
    )
    assert.throws(
      () => router({ a: event.input().stream(Type.Undefined()) }),
      saying("a stream: Type.Undefined() can't travel"),
    )
    for (const verb of ['next', 'stop', 'resume'])
      assert.throws(
        () => router({ x: router({ a: event.input().stream(Type.String()), [`a:${verb}`]: event.input() }) }),
        saying(`ackwire: a:${verb}: "a:${verb}" is the event by which clients read the stream a; rename one`),
      )
    router({ 'a:next': event.output(), a: event.input().stream(Type.String()).errors({ FULL: Type.Null() }) })
  })
})
