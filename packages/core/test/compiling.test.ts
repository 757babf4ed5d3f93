import { spawnSync } from 'node:child_process'
import { event, router } from '@ackwire/core'
import { Type } from '@sinclair/typebox'
import * as assert from 'uvu/assert'
import { describe } from '../../../test/harness.js'
import { ask, serve } from './serve.js'

describe('a schema', it => {
  it('is compiled when its first value comes, and no other with it', async context => {
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

  it('is refused by attach where the process may not make code', { timeoutMs: 30_000 }, () => {
    const script = `
      import { event, router } from '@ackwire/core'
      import { attach } from '@ackwire/core/server'
      import { Type } from '@sinclair/typebox'
      import { Server } from 'socket.io'
      try { attach(new Server(), router({ ping: event.input(Type.String()) })) } catch (error) { console.log(error.message) }
    `
    const flags = ['--disallow-code-generation-from-strings', '--conditions=ackwire-source', '--import', 'tsx']
    const { stdout } = spawnSync(process.execPath, [...flags, '--input-type=module', '--eval', script], {
      cwd: import.meta.dirname,
      encoding: 'utf8',
    })
    assert.match(stdout, /ping input\[0\]: TypeBox can't compile this schema: EvalError/)
  })
})
