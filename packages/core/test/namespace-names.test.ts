import { event, router } from '@ackwire/core'
import { attach, guard, type GuardOptions } from '@ackwire/core/server'
import { Type } from '@sinclair/typebox'
import { Server } from 'socket.io'
import type { Socket } from 'socket.io-client'
import * as msgpack from 'socket.io-msgpack-parser'
import * as assert from 'uvu/assert'
import { describe, type TestContext } from '../../../test/harness.js'
import { patternOf } from '../src/contract/namespace-pattern.js'
import { namespacesIn } from './fuzz/line.js'
import { ask, serve } from './serve.js'

/**
 * Returns what a backtracking expression would read: as much as possible for the first parameter, then for the second.
 */
const expressionOf = (pattern: string): RegExp =>
  new RegExp(
    `^${pattern
      .split(/\{\w+\}/)
      .map(literal => literal.replaceAll(/[$()*+.?[\\\]^{|}]/g, '\\$&'))
      .join('([^/]+)')}$`,
  )

/** All texts of up to `length` characters of an alphabet. */
const textsOf = (alphabet: string, length: number): string[] =>
  length === 0
    ? ['']
    : textsOf(alphabet, length - 1).flatMap(text => [text].concat(Array.from(alphabet, one => text + one)))

describe('the parameters in the name of a namespace', it => {
  it('are those that a regular expression would match, in every name', () => {
    const texts = new Set(textsOf('a-/', 6))
    for (const pattern of [
      '/{x}',
      '/{x}-{y}',
      '/a{x}',
      '/{x}a',
      '/{x}-a-{y}',
      '/{x}--{y}-{z}',
      '/a-{x}/{y}',
      '/{x}/a/{y}-{z}',
      '/a',
    ]) {
      const expression = expressionOf(pattern)
      const { read } = patternOf(pattern)
      for (const text of texts) {
        const name = `/${text}`
        const found = expression.exec(name)
        assert.equal(read(name), found === null ? undefined : found.slice(1), `${pattern} ${name}`)
      }
    }
  })

  it('contain line breaks and the metacharacters of regular expressions unchanged', () => {
    assert.equal(patternOf('/a.{x}').read('/a.\n'), ['\n'])
    assert.is(patternOf('/a.{x}').read('/ab1'), undefined)
    assert.equal(patternOf('/$&-{x}').read('/$&-$1'), ['$1'])
  })

  it('are read in time linear in the length of the name', { timeoutMs: 300_000 }, () => {
    for (const count of [1, 2, 3, 4, 5]) {
      const words = Array.from({ length: count }, (_, at) => `{p${at}}`)
      for (const separator of ['-', '-a-', '/']) {
        const { read } = patternOf(`/${words.join(separator)}!`)
        for (const repeated of ['-', 'a', '-a', '-a-', '/']) {
          const timeOf = (length: number): number => {
            const name = `/${repeated.repeat(length / repeated.length)}`
            // The fastest of several, as other work can only add to it.
            return Math.min(
              ...Array.from({ length: 5 }, () => {
                const since = performance.now()
                for (let times = 0; times < 10; times++) read(name)
                return performance.now() - since
              }),
            )
          }
          for (let length = 1_000; length < 100_000; length *= 2) {
            const [once, twice] = [timeOf(length), timeOf(2 * length)]
            assert.ok(twice < 3 * once + 1, `${count} ${separator} ${repeated} ${length}: ${once} then ${twice} ms`)
          }
        }
      }
    }
  })
})

const play = { play: event.input().ack(Type.Any()) }

const api = router({
  '/one-{a}': router(play),
  '/two-{a}-{b}': router(play),
  '/three-{a}-{b}-{c}!': router(play),
})

/** Joins a namespace; resolves to the error's message, or to the socket. */
const join = (root: Socket, name: string): Promise<string> =>
  new Promise(resolve => {
    root.io
      .socket(name)
      .once('connect', () => resolve('joined'))
      .once('connect_error', ({ message }) => resolve(message))
  })

const closed = (socket: Socket): Promise<string> => new Promise(resolve => socket.once('disconnect', resolve))

describe('a CONNECT to a long name', it => {
  const connect = async (context: TestContext, name: string): Promise<number> => {
    const { client, io } = await serve(api, context, { io: { maxHttpBufferSize: 10_000_000 } })
    const socket = await client()
    // The processor's time, to which it does not matter what the machine does besides.
    const since = process.cpuUsage()
    assert.is(await join(socket, name), 'Invalid namespace')
    const { user, system } = process.cpuUsage(since)
    const took = (user + system) / 1_000
    assert.not([...namespacesIn(io).keys()].includes(name))
    return took
  }

  for (const [title, name] of [
    ['two parameters', `/two-${'-'.repeat(80_000)}/`],
    ['three parameters', `/three-${'-'.repeat(4_000)}`],
    ['a megabyte', `/one-${'a'.repeat(1_000_000)}`],
  ] as const) {
    it(`is refused at once: ${title}`, async context => {
      const took = await connect(context, name)
      assert.ok(took < 500, `it took ${took} ms`)
    })
  }
})

describe('the length of the name of a namespace', it => {
  it('is at most 256 characters, and longer names never reach the schema', async context => {
    let longest = 0
    const Id = Type.Transform(Type.String())
      .Decode(text => {
        longest = Math.max(longest, text.length)
        return text
      })
      .Encode(text => text)
    const params = Type.Object({ id: Id })
    const { client, server, io } = await serve(router({ '/n{id}': router(play, { params }) }), context)
    server.of('/n{id}').on.play(({ params }) => params.id.length)
    const socket = await client()
    assert.is(await join(socket, `/n${'x'.repeat(254)}`), 'joined')
    assert.equal(await ask(socket.io.socket(`/n${'x'.repeat(254)}`), 'play'), [254])
    assert.is(await join(socket, `/n${'x'.repeat(255)}`), 'Invalid namespace')
    assert.is(longest, 254)
    assert.equal(
      [...namespacesIn(io).keys()].filter(name => name.length > 256),
      [],
    )
    assert.throws(
      () => server.of('/n{id}', { id: 'x'.repeat(255) }),
      /^ackwire: of\("\/n\{id\}"\): the name has 257 characters, and maxNamespaceLength is 256/,
    )
  })

  it('is set by an option of attach', async context => {
    const { client, server } = await serve(api, context, { maxNamespaceLength: 10 })
    const socket = await client()
    assert.is(await join(socket, '/one-12345'), 'joined')
    assert.is(await join(socket, '/one-123456'), 'Invalid namespace')
    server.detach()
    for (const maxNamespaceLength of [-1, 1.5, Number.NaN])
      assert.throws(
        () => attach(new Server(), api, { maxNamespaceLength }),
        /attach: maxNamespaceLength: expected a non-negative integer/,
      )
  })

  it('does not keep an application’s own namespaces from being guarded', async context => {
    const { client, server, io, errors } = await serve(router({}), context)
    server.detach()
    const name = `/one-${'x'.repeat(300)}`
    io.of(/^\/one-/).on('connection', socket => socket.on('play', (...args) => args.at(-1)('plain')))
    const strict = router({ '/one-{a}': router({ play: event.input(Type.Integer()).ack(Type.Any()) }) })
    const bound = attach(io, strict)
    bound.onError(report => void errors.push(report))
    const [reply] = (await ask(await client(name), 'play', 'x')) as [{ $error: { code: string } }]
    assert.is(reply.$error.code, 'INVALID_INPUT')
    errors.splice(0)
  })

  for (const [name, parser] of [
    ['the default parser', undefined],
    ['the msgpack parser', msgpack],
  ] as const) {
    it(`is bounded by guard before anything reads it, over ${name}`, async context => {
      const options: GuardOptions = parser === undefined ? {} : { parser }
      const asked: number[] = []
      const { client, io } = await serve(api, context, { io: { parser: guard(options) } })
      io.of((own: string, _: unknown, allow: (error: null, isAllowed: boolean) => void) => {
        asked.push(own.length)
        allow(null, false)
      })
      const open = () => client('/', parser === undefined ? {} : { parser })
      const socket = await open()
      assert.is(await join(socket, `/${'x'.repeat(255)}`), 'Invalid namespace')
      const gone = closed(socket)
      socket.io.socket(`/${'x'.repeat(256)}`)
      assert.is(await gone, 'transport close')
      // Also that of an event, whose namespace is not joined, and of a packet to leave it.
      for (const type of [1, 2, 3]) {
        const other = await open()
        const left = closed(other)
        Reflect.apply(Reflect.get(other.io, '_packet'), other.io, [
          { type, nsp: `/${'x'.repeat(256)}`, ...(type > 1 && { data: ['play'], id: 1 }), options: {} },
        ])
        assert.is(await left, 'transport close')
      }
      assert.equal(asked, [256])
    })
  }

  it('is set by an option of guard', async context => {
    const { client } = await serve(api, context, { io: { parser: guard({ maxNamespaceLength: 10 }) } })
    const socket = await client()
    assert.is(await join(socket, '/one-12345'), 'joined')
    const gone = closed(socket)
    socket.io.socket('/one-123456')
    assert.is(await gone, 'transport close')
    assert.throws(
      () => guard({ maxNamespaceLength: Number.NaN }),
      /guard: maxNamespaceLength: expected a non-negative integer/,
    )
  })
})
