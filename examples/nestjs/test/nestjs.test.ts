import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdir, readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import * as assert from 'uvu/assert'
import { startExample } from '../../../test/example.js'
import { describe } from '../../../test/harness.js'

const folder = resolve(import.meta.dirname, '..')

describe('the NestJS example', it => {
  it(
    'answers typed clients with injected services, and ends by itself when it is told to',
    { timeoutMs: 300_000 },
    async ({ defer, print }) => {
      const { url, printed, stop } = await startExample('nestjs', 'src/main.ts')
      defer(() => stop())
      const command = ['--conditions=ackwire-source', '--import', 'tsx', 'src/client.ts', url]
      const client = spawn(process.execPath, command, { cwd: folder })
      const ended = once(client, 'close')
      defer(() => (client.kill('SIGKILL'), ended))
      let output = ''
      for (const stream of [client.stdout, client.stderr]) stream.on('data', chunk => (output += chunk))
      assert.equal(await ended, [0, null], `${output}${printed()}`)
      print(output)
      const readme = await readFile(resolve(folder, 'README.md'), 'utf8')
      assert.ok(readme.includes(`\`\`\`text\n${output}\`\`\``), output)
      assert.match(printed(), /moderation:mute by ann/)
      assert.not.match(printed(), /moderation:mute by bob/)
      assert.equal(await stop('SIGTERM'), [null, 'SIGTERM'])
    },
  )

  it('is what the guide shows of it', async () => {
    const guide = await readFile(resolve(folder, '../../guide/from-nestjs.md'), 'utf8')
    const names = (await readdir(resolve(folder, 'src'))).map(name => resolve(folder, 'src', name))
    const sources = await Promise.all(names.map(name => readFile(name, 'utf8')))
    const shown = [...guide.matchAll(/```typescript\n(.*?)```/gs)].map(([, code = '']) => code)
    assert.is(shown.length, 3)
    for (const code of shown)
      assert.ok(
        sources.some(source => source.includes(code)),
        code,
      )
  })
})
