import { mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import * as assert from 'uvu/assert'
import { describe, type TestContext } from '../../../test/harness.js'
import { transcriptOf } from '../application/record.js'

const folder = resolve(import.meta.dirname, '../application')
const read = (name: string): Promise<string> => readFile(join(folder, name), 'utf8')
const patient = { timeoutMs: 300_000 }

/** The lines that the README tells to add, each with the beginning of the line before it. */
const ADDED = [
  ["import { createServer } from 'node:http'", "import { attach } from '@ackwire/core/server'"],
  ["import { Server, type Namespace } from 'socket.io'", "import { api } from './contract.js'"],
  ['export const io = new Server(', 'attach(io, api)'],
] as const

/** Writes the application with the added lines into a folder of its own, and returns its address. */
const withContract = async ({ defer }: TestContext): Promise<string> => {
  const copy = await mkdtemp(join(tmpdir(), 'ackwire-adopted-'))
  defer(() => rm(copy, { recursive: true }))
  const lines = (await read('server.ts')).split('\n')
  for (const [before, added] of ADDED) {
    const at = lines.findIndex(line => line.startsWith(before))
    assert.is.not(at, -1, before)
    lines.splice(at + 1, 0, added)
  }
  await writeFile(join(copy, 'server.ts'), lines.join('\n'))
  await writeFile(join(copy, 'contract.ts'), await read('contract.ts'))
  await writeFile(join(copy, 'package.json'), '{ "type": "module" }')
  await symlink(resolve(folder, '../node_modules'), join(copy, 'node_modules'))
  return pathToFileURL(join(copy, 'server')).href
}

describe('the old clients of the adopted application', it => {
  it('send and receive what they did before the contract, packet by packet and byte by byte', patient, async () => {
    const recorded = await read('transcript.txt')
    assert.is(await transcriptOf('./server'), recorded)
    assert.is(await transcriptOf('./attached'), recorded)
  })

  it('notice nothing if the lines are added to the file itself, as its README shows them', patient, async context => {
    assert.is(await transcriptOf(await withContract(context)), await read('transcript.txt'))
    const readme = await readFile(resolve(folder, '../README.md'), 'utf8')
    assert.ok(readme.includes(`\`\`\`diff\n${ADDED.map(([, line]) => `> ${line}\n`).join('')}\`\`\``))
  })

  it('notice nothing over HTTP polling, either', patient, async () => {
    // A volatile event is lost if no request waits for it.
    const kept = (transcript: string): string[] =>
      transcript.split('\n').filter(line => !line.includes('< message 2["typing"'))
    const [before, after] = [await transcriptOf('./server', 'polling'), await transcriptOf('./attached', 'polling')]
    assert.equal(kept(after), kept(before))
    assert.ok(before.includes('"kicked"'), before)
  })
})
