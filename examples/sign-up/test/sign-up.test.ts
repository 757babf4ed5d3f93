import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { resolve } from 'node:path'
import * as docs from '@ackwire/docs'
import * as assert from 'uvu/assert'
import { describe, type TestContext } from '../../../test/harness.js'
import { api, info } from '../contract.js'

const folder = resolve(import.meta.dirname, '..')

/** Starts the example on a port, or on a free one if the port is 0. */
const start = ({ defer }: TestContext, port: number, ...args: string[]) => {
  const command = ['--conditions=ackwire-source', '--import', 'tsx', 'main.ts', ...args]
  const child = spawn(process.execPath, command, { cwd: folder, env: { ...process.env, PORT: String(port) } })
  let printed = ''
  child.stdout.on('data', chunk => (printed += chunk))
  child.stderr.on('data', chunk => (printed += chunk))
  const ended = once(child, 'close').then(([code, signal]) => ({ code, signal, printed }))
  defer(() => (child.kill('SIGKILL'), ended))
  return { child, ended, printed: () => printed }
}

const timeoutMs = 300_000

describe('the sign-up example', it => {
  it('prints the round trip and ends', { timeoutMs }, async context => {
    const { code, printed } = await start(context, 0, '--once').ended
    assert.is(code, 0, printed)
    const rows = new Map(printed.split('\n').map(row => [row.slice(0, 28).trim(), row.slice(28)] as const))
    assert.is(rows.get('and a second client hears'), '{"email":"bob@gmail.com"}')
    const answers = printed.split('\n').filter(row => row.includes('is answered'))
    assert.match(answers[0] ?? '', '{"success":true}')
    assert.match(
      answers[1] ?? '',
      /"INVALID_INPUT","issues":\[{"path":"\/0\/email","message":"Expected string to match 'email' format"}]/,
    )
    assert.match(answers[2] ?? '', /"EMAIL_TAKEN".*"suggestion":"1\.bob@gmail\.com"/)
  })

  it('serves its documentation until it is stopped', { timeoutMs }, async context => {
    const { child, ended, printed } = start(context, 0)
    while (!printed().includes('Ctrl-C')) await new Promise(done => setTimeout(done, 20))
    const url = /http:\S+\/docs\/asyncapi\.yaml/.exec(printed())?.[0] ?? ''
    assert.is(await (await fetch(url)).text(), docs.render(api, { info }))
    assert.match(await (await fetch(new URL('.', url).href.slice(0, -1))).text(), /<title>Sign-up/)
    child.kill('SIGINT')
    assert.is((await ended).signal, 'SIGINT')
  })

  it('prints how to choose another port if the port is in use', { timeoutMs }, async context => {
    const other = createServer().listen(0)
    context.defer(() => other.close())
    await once(other, 'listening')
    const { port } = other.address() as AddressInfo
    const { code, printed } = await start(context, port, '--once').ended
    assert.is(code, 1)
    assert.is(printed.trim(), `Port ${port} is in use by another program. Choose another one: PORT=3001 npm start`)
  })

  it('commits the document that its contract renders', async () => {
    assert.is(await readFile(resolve(folder, 'asyncapi.yaml'), 'utf8'), docs.render(api, { info }))
  })
})
