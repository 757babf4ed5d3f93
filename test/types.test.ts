import { spawn } from 'node:child_process'
import { resolve } from 'node:path'
import * as assert from 'uvu/assert'
import { describe } from './harness.js'

const script = resolve(import.meta.dirname, '../scripts/types.mjs')

describe('the types', it => {
  // In a separate process, since the compiler blocks its own.
  it('pass the type tests, which fail for each mutation', { timeoutMs: 1_800_000 }, async ({ defer, print }) => {
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
