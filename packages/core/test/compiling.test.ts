import { spawnSync } from 'node:child_process'
import { event, router } from '@ackwire/core'
import { Type } from '@sinclair/typebox'
import { Value } from '@sinclair/typebox/value'
import * as assert from 'uvu/assert'
import { describe } from '../../../test/harness.js'
import { sources } from '../../../test/sources.js'
import { compiler } from '../src/server/validation/compiler.js'
import { ask, serve } from './serve.js'

const Team = Type.Object({
  name: Type.String({ minLength: 2 }),
  people: Type.Array(
    Type.Object(
      { name: Type.String(), ages: Type.Array(Type.Integer(), { uniqueItems: true }) },
      { additionalProperties: false },
    ),
    { minItems: 1, maxItems: 3 },
  ),
  seats: Type.Optional(Type.Tuple([Type.Integer(), Type.Array(Type.Boolean())])),
})
const bob = { name: 'bob', ages: [1, 2] }

/** Values that don't match the schema, by the place of the difference. */
const DIFFERENT: readonly (readonly [place: string, value: unknown])[] = [
  ['in all', []],
  ['in what is missing', {}],
  ['in one item', { name: 'red', people: [bob, { ...bob, name: 1 }, bob] }],
  [
    'in items of items',
    { name: 'red', people: [{ name: 'ann', ages: [1, 0.5, 'x'] }, bob, { name: 2, ages: [2, 2] }] },
  ],
  ['in a list and beside it', { name: 'r', people: [bob, bob, bob, { ages: null, more: 1 }], seats: [1, [0, true]] }],
  ['in its length', { name: 'red', people: [] }],
  ['in names of properties', { name: 'red', people: [{ ...bob, 'a/b~c': 1, '': 2 }], toString: 1 }],
  ['in null', { name: null, people: [null, bob], seats: null }],
]

describe('a schema', it => {
  it('has the errors that TypeBox finds, in the same order, for values of any shape', () => {
    const { issues } = compiler.validatorFor(Team, 'Team')
    const parts: unknown[] = [
      undefined,
      null,
      1,
      'x',
      'red',
      [],
      {},
      bob,
      [bob],
      [bob, 1],
      [1, [true]],
      { ...bob, more: 1 },
    ]
    for (const name of parts)
      for (const people of parts)
        for (const seats of parts)
          for (const value of [
            { name, people, seats },
            [{ name, people, seats }],
            { name, people: [people], more: seats },
          ]) {
            const found = new Map<string, string>()
            for (const { path, message } of Value.Errors(Team, value)) if (!found.has(path)) found.set(path, message)
            const expected = Array.from(found, ([path, message]) => ({ path: `/0${path}`, message }))
            assert.equal(issues(value, '/0', 99), expected, JSON.stringify(value))
            assert.equal(issues(value, '/0', 2), expected.slice(0, 2), JSON.stringify(value))
          }
  })

  it('reads a valid part once to find the errors beside it', () => {
    const { issues } = compiler.validatorFor(Team, 'Team')
    let reads = 0
    const counted = {
      ...bob,
      get name() {
        reads++
        return 'ann'
      },
    }
    const [issue] = issues({ name: 'r', people: [counted, counted, { ...bob, name: 1 }] }, '/0', 2).slice(1)
    assert.equal(issue, { path: '/0/people/2/name', message: 'Expected string' })
    assert.is(reads, 2)
  })

  for (const [place, value] of DIFFERENT) {
    it(`has the errors that TypeBox finds: ${place}`, async context => {
      const { client, errors } = await serve(router({ form: event.input(Team).ack() }), context, { maxIssues: 99 })
      const [reply] = (await ask(await client(), 'form', value)) as [{ $error: { issues: unknown } }]
      const found = new Map<string, string>()
      for (const { path, message } of Value.Errors(Team, value)) if (!found.has(path)) found.set(path, message)
      assert.ok(found.size > 0)
      assert.equal(
        reply.$error.issues,
        Array.from(found, ([path, message]) => ({ path: `/0${path}`, message })),
      )
      assert.is(errors.splice(0).length, 1)
    })
  }

  it('is compiled when its first value is checked, and no other with it', async context => {
    const Own = globalThis.Function
    let made = 0
    context.defer(() => {
      globalThis.Function = Own
    })
    // TypeBox's compiler makes each check by it.
    globalThis.Function = new Proxy(Own, {
      construct(target, args: string[]) {
        made++
        return new target(...args)
      },
    })
    const names = Array.from({ length: 100 }, (_, at) => `event_${at}`)
    const one = () => event.input(Type.Object({ id: Type.Integer() })).ack(Type.Object({ id: Type.Integer() }))
    const { server, client } = await serve(router(Object.fromEntries(names.map(name => [name, one()]))), context)
    assert.ok(made <= 1, `${made} were compiled at attach`)

    const before = made
    server.on['event_1']?.(({ input }) => input)
    const socket = await client()
    for (const id of [1, 2]) assert.equal(await ask(socket, 'event_1', { id }), [{ id }])
    assert.is(made - before, 2)
  })

  it('is rejected by attach if the process must not generate code', { timeoutMs: 300_000 }, () => {
    const script = `
      import { event, router } from '@ackwire/core'
      import { attach } from '@ackwire/core/server'
      import { Type } from '@sinclair/typebox'
      import { Server } from 'socket.io'
      try { attach(new Server(), router({ ping: event.input(Type.String()) })) } catch (error) { console.log(error.message) }
    `
    const flags = ['--disallow-code-generation-from-strings', ...sources]
    const { stdout } = spawnSync(process.execPath, [...flags, '--input-type=module', '--eval', script], {
      cwd: import.meta.dirname,
      encoding: 'utf8',
    })
    assert.match(stdout, /ping input\[0\]: TypeBox can't compile this schema: EvalError/)
  })
})
