import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { resolve } from 'node:path'
import * as assert from 'uvu/assert'
import { describe, type TestContext } from '../../../test/harness.js'
import { REDIS, startRedis } from '../../../test/redis.js'

/** Runs the example's round trip to its end, on a port of its own. */
const run = async ({ defer }: TestContext, env: NodeJS.ProcessEnv = {}) => {
  const { REDIS_URL: _, ...inherited } = process.env
  const child = spawn(process.execPath, ['--conditions=ackwire-source', '--import', 'tsx', 'main.ts', '--once'], {
    cwd: resolve(import.meta.dirname, '..'),
    env: { ...inherited, PORT: '0', ...env },
  })
  let printed = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', chunk => (printed += chunk))
  const ended = once(child, 'close')
  defer(() => (child.kill('SIGKILL'), ended))
  const [code] = await ended
  assert.is(code, 0, printed)
  return printed
}

/** Asserts that a client on one worker received the message of a client on the other. */
const checkRoundTrip = (printed: string, via: string): void => {
  const [alice, bob] = ['alice', 'bob'].map(name =>
    new RegExp(`^${name} is served by worker (\\d+)$`, 'm').exec(printed),
  )
  assert.ok(alice && bob && alice[1] !== bob[1], printed)
  assert.match(printed, `bob hears     {"from":"alice","text":"hello","worker":${alice[1]}}`)
  assert.match(printed, "asks    for everyone's name, and gets alice and bob")
  assert.match(printed, `through ${via}.`)
}

describe('the cluster example', it => {
  it('connects its workers through the cluster', { timeoutMs: 300_000 }, async context => {
    checkRoundTrip(await run(context), 'the cluster')
  })

  it('connects its workers through Redis', { needs: REDIS, timeoutMs: 300_000 }, async context => {
    const { url } = await startRedis(context)
    checkRoundTrip(await run(context, { REDIS_URL: url }), 'Redis')
  })
})
