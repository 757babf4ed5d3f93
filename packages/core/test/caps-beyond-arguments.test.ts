import { event, router, type EventError } from '@ackwire/core'
import type { ErrorReport } from '@ackwire/core/server'
import { Type, type TSchema } from '@sinclair/typebox'
import * as assert from 'uvu/assert'
import { describe } from '../../../test/harness.js'
import { serve, TRANSPORTS, until, type ServeOptions } from './serve.js'

/** `depth` objects in one another. */
const deep = (depth: number): object => {
  let value: object = {}
  for (let left = 1; left < depth; left++) value = { child: value }
  return value
}

/** An object of `count` values, itself among them. */
const wide = (count: number): object => ({ children: Array.from({ length: count - 2 }, () => ({})) })

const Tree = Type.Recursive(This =>
  Type.Object({ child: Type.Optional(This), children: Type.Optional(Type.Array(This)) }),
)

const issuesIn = (errors: ErrorReport[], phase: string): unknown => {
  const [report, ...more] = errors.splice(0)
  assert.equal([report?.phase, more.length], [phase, 0])
  return Reflect.get(Object(report?.error), 'issues')
}

for (const transport of TRANSPORTS) {
  for (const unknownProperties of ['keep', 'strip', 'reject'] as const) {
    describe(`with ${unknownProperties} over ${transport}`, it => {
      const options: ServeOptions = { transport, unknownProperties }

      for (const [title, schema] of [
        ['a recursive schema', Tree],
        [
          'a schema with a default',
          Type.Object({ child: Type.Any({ default: 1 }), children: Type.Any({ default: 1 }) }),
        ],
        ['no schema', undefined],
      ] as [string, TSchema | undefined][]) {
        it(`auth of ${title} is measured before it is checked`, async context => {
          const api = router({ '/in': router({ a: event.input() }, schema && { auth: schema }) })
          const { server, client, errors } = await serve(api, context, { ...options, maxDepth: 5, maxNodes: 50 })
          let asked = 0
          server.of('/in').authenticate(() => ({ times: ++asked }))
          for (const auth of [deep(5), wide(49)]) {
            if (schema !== undefined && unknownProperties === 'reject' && schema !== Tree) continue
            await client('/in', { auth: { ...auth } })
          }
          asked = 0
          for (const [auth, message] of [
            [deep(6), 'Expected values that are nested at most 5 deep'],
            [deep(2_000), 'Expected values that are nested at most 5 deep'],
            [wide(51), 'Expected at most 50 values'],
          ] as const) {
            const refused: unknown = await client('/in', { auth: { ...auth } }).catch(
              (error: { data: unknown }) => error.data,
            )
            const issues = [{ path: '', message }]
            assert.equal(refused, { code: 'UNAUTHORIZED', message: 'The connection was refused', issues })
            assert.equal(issuesIn(errors, 'authenticate'), issues)
          }
          assert.is(asked, 0)
        })
      }

      it('answers of clients are measured before they are checked', async context => {
        const api = router({ probe: event.output().ack(Tree).errors({ OWN: Tree }) })
        const { server, client, errors } = await serve(api, context, { ...options, maxDepth: 5, maxNodes: 50 })
        const own = (data: object): object => ({ $error: { code: 'OWN', data } })
        const asks = [async () => (await server.emit.probe())[0]]
        server.on.connection(({ emit }) => void asks.push(() => emit.probe()))
        const socket = await client()
        let answer: unknown
        socket.on('probe', ack => ack(answer))
        await until(() => asks.length === 2)
        for (const probe of asks) {
          for (const right of [deep(5), wide(50)]) {
            answer = right
            assert.equal(await probe(), right)
          }
          for (const [wrong, message] of [
            [deep(6), 'values that are nested at most 5 deep'],
            [deep(2_000), 'values that are nested at most 5 deep'],
            [wide(51), 'at most 50 values'],
            [own(deep(4)), 'values that are nested at most 5 deep'],
          ] as const) {
            answer = wrong
            const error = (await probe().then(
              () => assert.unreachable(),
              (thrown: unknown) => thrown,
            )) as EventError
            const issues = [{ path: '/0', message: `Expected ${message}` }]
            assert.equal([error.code, error.issues], ['INVALID_REPLY', issues])
            assert.equal(issuesIn(errors, 'ack'), issues)
          }
        }
      })
    })
  }
}

describe('an answer of a client', it => {
  it('is not measured if the schema bounds its depth', async context => {
    const api = router({ probe: event.output().ack(Type.Array(Type.Integer())) })
    const { server, client } = await serve(api, context, { maxNodes: 5, maxDepth: 1 })
    const socket = await client()
    socket.on('probe', ack => ack([1, 2, 3, 4, 5, 6, 7]))
    assert.equal(await server.emit.probe(), [[1, 2, 3, 4, 5, 6, 7]])
  })
})
