import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import * as assert from 'uvu/assert'
import { describe } from '../../../test/harness.js'

const folder = resolve(import.meta.dirname, '..')

describe('the Zod example', it => {
  it('prints what its README shows, and ends', { timeoutMs: 300_000 }, async ({ defer }) => {
    const command = ['--conditions=ackwire-source', '--import', 'tsx', 'main.ts']
    const child = spawn(process.execPath, command, { cwd: folder, env: { ...process.env, PORT: '0' } })
    let printed = ''
    child.stdout.on('data', chunk => (printed += chunk))
    defer(() => child.kill('SIGKILL'))
    await once(child, 'close')
    const [, shown] = /```text\n([^`]*)```/.exec(await readFile(resolve(folder, 'README.md'), 'utf8')) ?? []
    assert.is(printed, shown)
  })
})
