import { event, router } from '@ackwire/core'
import { Type } from '@sinclair/typebox'
import * as assert from 'uvu/assert'
import { describe, type TestContext } from '../../../test/harness.js'
import { printable } from '../src/printable.js'
import { ask, serve, until } from './serve.js'

/** Returns the characters from `from` to `to` as one string. */
const range = (from: number, to: number): string =>
  String.fromCodePoint(...Array.from({ length: to - from + 1 }, (_, at) => from + at))

/** Matches characters that a terminal does not show, or that change what it shows. */
const UNSEEN = [
  range(0x00, 0x08),
  range(0x0b, 0x0c),
  range(0x0e, 0x1f),
  range(0x7f, 0x9f),
  '\u00ad\u034f\u061c\u115f\u180e\u3164\ufeff\u{e0001}\u{e0041}\ud800',
  range(0x200b, 0x200f),
  range(0x2028, 0x202e),
  range(0x2060, 0x206f),
  range(0xfff9, 0xfffb),
].join('')

/** Returns whether a line contains any of them. */
const isClean = (line: string): boolean => ![...UNSEEN, '\n', '\r', '\t'].some(each => line.includes(each))

describe('a printable string', it => {
  it('has invisible characters escaped and all others unchanged', () => {
    for (const each of UNSEEN) {
      const code = each.codePointAt(0)!.toString(16)
      const escape = code.length > 4 ? `\\u{${code}}` : `\\u${code.padStart(4, '0')}`
      assert.is(printable(`a${each}b`), `a${escape}b`)
    }
    const kept = 'Ünï-çødé "…" 漢字 עברית عربى 🎲 \\u202e'
    assert.is(printable(kept), kept)
    assert.is(printable('one\r\n  two\tthree'), 'one two three')
  })

  it('is cut off before its characters are escaped', () => {
    assert.is(printable('x'.repeat(2_000)), 'x'.repeat(2_000))
    assert.is(printable('x'.repeat(2_001)), `${'x'.repeat(2_000)}…`)
    assert.is(printable('\u202e'.repeat(1_000_000), 12), '\\u202e\\u202e…')
  })
})

describe('a printed report', it => {
  const capture = ({ defer }: TestContext): string[] => {
    const lines: string[] = []
    const { error } = console
    console.error = (...parts: unknown[]) => void lines.push(parts.map(String).join(' '))
    defer(() => (console.error = error))
    return lines
  }
  const None = Type.Object({}, { additionalProperties: false })
  const api = router({
    none: event.input(None).ack(),
    say: event.input(Type.Object({})).ack(),
    probe: event.output().ack(None),
    '/in': router({ a: event.input() }, { auth: None }),
    '/other': router({ a: event.input() }),
  })
  const hostile = `${UNSEEN}\r\nackwire: forged: \u001b[2J${'x'.repeat(200)}`

  /** Sees that there are so many lines, each of one report and clean. */
  const expectLines = (lines: string[], count: number): void => {
    assert.is(lines.length, count)
    for (const line of lines) {
      assert.ok(isClean(line), JSON.stringify(line))
      assert.ok(line.startsWith('ackwire: ') && line.length <= 2_001)
    }
  }

  it('escapes the strings that peers have chosen, wherever they occur', async context => {
    const { server, client } = await serve(api, context)
    const lines = capture(context)
    Reflect.apply(server.onError, server, [undefined])
    server.on.say(({ input }) => {
      throw Object.assign(new Error(Object.keys(input).join()), { name: hostile })
    })
    const socket = await client()
    await ask(socket, 'none', { [hostile]: 1 })
    await ask(socket, 'say', { [hostile]: 1 })
    socket.on('probe', ack => ack({ [hostile]: 'x' }))
    await server.emit.probe().catch(() => {})
    server.of('/other').authenticate(({ auth }) => {
      throw Object.keys(Object(auth))[0]
    })
    for (const name of ['/in', '/other']) await client(name, { auth: { [hostile]: 'x' } }).catch(() => {})
    server.observe({
      onReceive() {
        throw new Error(hostile)
      },
    })
    await ask(socket, 'say', { [hostile]: 1 })
    expectLines(lines, 7)
  })

  it('escapes them also in the failure of the error handler', async context => {
    const { server, client } = await serve(api, context)
    const lines = capture(context)
    const failing = [
      () => {
        throw new Error(hostile)
      },
      () => Promise.reject(new Error(hostile.repeat(1_000))),
      () => {
        throw hostile
      },
    ]
    server.onError(() => failing.shift()?.())
    const socket = await client()
    for (let times = 0; times < 3; times++) await ask(socket, 'none', { [hostile]: 'x' })
    await until(() => lines.length === 6)
    expectLines(lines, 6)
  })
})
