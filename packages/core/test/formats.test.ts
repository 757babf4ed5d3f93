import { event, router } from '@ackwire/core'
import { Type } from '@sinclair/typebox'
import * as assert from 'uvu/assert'
import { describe } from '../../../test/harness.js'
import { ask, serve } from './serve.js'

/** For each format a good value, a bad one, and what long values are made of. */
const TABLE: Readonly<Record<string, readonly [good: string, bad: string]>> = {
  'date-time': ['2026-01-02T03:04:05Z', 'today'],
  date: ['2026-01-02', '2026-13-02'],
  time: ['03:04:05Z', '25:00:00Z'],
  duration: ['P1DT2H', 'P'],
  email: ['bob@example.com', 'bob'],
  'idn-email': ['bób@exämple.com', 'bób'],
  hostname: ['example.com', 'exa_mple.com'],
  'idn-hostname': ['exämple.com', 'xn--a.b c'],
  ipv4: ['10.0.0.1', '10.0.0.256'],
  ipv6: ['::1', '::g'],
  uri: ['https://example.com/a?b', '/a'],
  'uri-reference': ['/a', '\\a'],
  iri: ['https://exämple.com', 'ä'],
  'iri-reference': ['/ä', '\\ä'],
  uuid: ['9f1c3a5e-6a2e-4b9a-9a53-5f0c9f5b2f10', '9f1c'],
  'uri-template': ['/a/{b}', '/a/{b'],
  'json-pointer': ['/a/0', 'a'],
  'relative-json-pointer': ['1/a', '/a'],
  regex: ['^a$', '('],
}

const api = router(
  Object.fromEntries(Object.keys(TABLE).map(format => [format, event.input(Type.String({ format })).ack()])),
)

describe('a format', it => {
  for (const [format, [good, bad]] of Object.entries(TABLE)) {
    it(`${format} accepts valid strings only, in time for any string, and prints nothing`, async context => {
      const { server, client, errors } = await serve(api, context)
      Reflect.get(server.on, format)(() => {})
      const socket = await client()
      const { log } = console
      console.log = (...parts: unknown[]) => void assert.unreachable(`printed ${parts.join(' ')}`)
      context.defer(() => (console.log = log))

      assert.equal(await ask(socket, format, good), [])
      assert.match(JSON.stringify(await ask(socket, format, bad)), 'INVALID_INPUT')
      // The processor's time, to which it does not matter what the machine does besides.
      const before = process.cpuUsage()
      for (const part of ['a', 'é', '1', '.', '-', ':', '/', '{', '@', '(', 'é.', 'xn--', '1:', '\0', ...good]) {
        await ask(socket, format, part.repeat(64))
        await ask(socket, format, `${part.repeat(2_000)}!`)
        await ask(socket, format, `${good}${part.repeat(2_000)}\n`)
      }
      const { user } = process.cpuUsage(before)
      assert.ok(user < 3_000_000, `${format} took ${user / 1_000} ms`)
      errors.splice(0)
    })
  }
})
