import * as assert from 'uvu/assert'
import { describe } from '../../test/harness.js'
import { compile } from '../types/compile.js'

const HEAD = `import { createClient } from '@ackwire/client'
import { event, router } from '@ackwire/core'
import { attach } from '@ackwire/core/server'
import { Type } from '@sinclair/typebox'
import { Server } from 'socket.io'

const api = router({ add: event.input(Type.Integer()).ack(Type.Integer()), said: event.output(Type.String()) })
const secret = router({ add: event.input(), '/a': router({ add: event.input() }, { auth: Type.Object({ key: Type.String() }) }) }, { auth: Type.Object({ token: Type.String() }) })
const url = 'http://localhost'
const client = createClient<typeof secret>({ autoConnect: false })
const server = attach(new Server(), api)
`

/** A line with a mistake, the text at which the compiler reports it, and what it says. */
const MISTAKES: readonly (readonly [line: string, at: string, says: RegExp])[] = [
  ['createClient<typeof api>({ ackTimout: 5 })', 'ackTimout: 5', /'ackTimout' does not exist .*'ackTimeout'\?/],
  ['createClient<typeof api>(url, { ackTimout: 5 })', 'ackTimout: 5', /'ackTimout' does not exist .*'ackTimeout'\?/],
  ['createClient(api, { ackTimout: 5 })', 'ackTimout: 5', /'ackTimout' does not exist .*'ackTimeout'\?/],
  ['createClient(api, url, { ackTimout: 5 })', 'ackTimout: 5', /'ackTimout' does not exist .*'ackTimeout'\?/],
  [
    "createClient<typeof api>(url, { reconnection: 'no' })",
    "reconnection: 'no'",
    /'string' is not assignable to .*boolean/,
  ],
  ['createClient<typeof api>(url, api)', 'api)', /"the contract comes first: createClient\(api, url\)"/],
  ['createClient(url, api)', 'api)', /"the contract comes first: createClient\(api, url\)"/],
  ['createClient<typeof secret>(url)', 'url)', /"this contract requires auth: give \{ auth \} after the URL, or/],
  ['createClient(secret)', 'secret)', /"this contract requires auth: createClient\(api, \{ auth \}\)"/],
  ['createClient<typeof secret>(url, { retries: 1 })', '{ retries: 1 }', /Property 'auth' is missing/],
  ['createClient(secret, url, { retries: 1 })', '{ retries: 1 }', /Property 'auth' is missing/],
  ["client.of('/a')", "of('/a')", /Expected 2 arguments, but got 1/],
  ["client.of('/a', {})", '{})', /Property 'auth' is missing/],
  ['server.on.add(() => {})', '() => {}', /Type 'void' is not assignable to type 'ValueOrPromise<number>'/],
  ['server.on.adds(() => 1)', 'adds', /Property 'adds' does not exist .* Did you mean 'add'\?/],
  ['server.on.said(() => 1)', 'said', /Property 'said' does not exist/],
  ['server.emit.add(1)', 'add', /Property 'add' does not exist/],
]

describe('the compiler, for a mistake', it => {
  // TypeScript 5 lists up to three overloads at the call instead of the last one at the argument.
  for (const compiler of ['typescript', 'typescript-5'] as const)
    it(`says what is wrong, where it is: ${compiler}`, { timeoutMs: 300_000 }, async () => {
      const program = HEAD + MISTAKES.map(([line]) => `${line}\n`).join('')
      const said = await compile(compiler, { 'mistakes.ts': program }).then(
        () => '',
        (error: Error) => error.message,
      )
      const reports = said.split(/^(?=\S*mistakes\.ts\()/m).slice(1)
      assert.is(reports.length, MISTAKES.length, said)
      for (const [index, [line, at, says]] of MISTAKES.entries()) {
        const report = reports[index] ?? ''
        const column = compiler === 'typescript' ? line.indexOf(at) + 1 : Number(/,(\d+)\)/.exec(report)?.[1])
        const place = `mistakes.ts(${HEAD.split('\n').length + index},${column})`
        assert.ok(report.includes(place), `${place} ${line}\n${report}`)
        assert.match(report, says)
      }
    })
})
