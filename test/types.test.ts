import { spawn } from 'node:child_process'
import { resolve } from 'node:path'
import * as assert from 'uvu/assert'
import { describe } from './harness.js'

const script = resolve(import.meta.dirname, '../scripts/types.mjs')

describe('the types', it => {
  // In a process of its own, since the compiler blocks the one that it runs in.
  it('are what the type tests say, and notice what breaks them', { timeoutMs: 600_000 }, async ({ defer, print }) => {
    const child = spawn(process.execPath, [script])
    defer(() => child.kill())
    let printed = ''
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => (printed += chunk.toString()))
    const code = await new Promise(done => child.on('close', done))
    assert.is(code, 0, printed)
    print(printed.trimEnd())
  })
})
