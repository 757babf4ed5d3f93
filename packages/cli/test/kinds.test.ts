import { existsSync } from 'node:fs'
import * as assert from 'uvu/assert'
import { describe } from '../../../test/harness.js'
import { createFolder } from './ackwire.js'
import { KINDS } from './kinds.js'

const timeoutMs = 300_000

const inOneLine = (text: string): string => text.replaceAll(/\s+/g, ' ')

describe('a document that others wrote', it => {
  for (const { title, text, files = {}, contract, notes = [] } of KINDS)
    it(`becomes a contract: ${title}`, { timeoutMs }, async ({ defer }) => {
      const folder = createFolder(defer)
      folder.write({ 'a.yaml': text, ...files })
      const { code, err } = await folder.ackwire('import', 'a.yaml', '-o', 'contract.ts')
      const listed = notes.length === 0 ? [] : ['a.yaml: changed or left out:', ...notes.map(note => `  - ${note}`)]
      assert.is(err, [...listed, 'contract.ts: written', ''].join('\n'))
      assert.is(code, 0)
      const written = inOneLine(folder.read('contract.ts'))
      for (const part of contract) assert.ok(written.includes(inOneLine(part)), `${part} in ${written}`)
      const { out } = await folder.ackwire('diff', 'a.yaml', 'a.yaml')
      assert.is(out, 'No differences.\n')
    })

  it('has channels that an option makes namespaces', { timeoutMs }, async ({ defer }) => {
    const folder = createFolder(defer)
    const kind = KINDS.find(({ title }) => title === 'a channel for each event')
    folder.write({ 'a.yaml': kind?.text ?? '' })
    const { out } = await folder.ackwire('import', 'a.yaml', '--channels', 'namespace')
    assert.match(out, "'/chat:join': router(")
    assert.not.match(out, 'read as events')
  })

  it('reads files of another folder only if it is named', { timeoutMs }, async ({ defer }) => {
    const folder = createFolder(defer)
    const text = KINDS.find(({ title }) => title === 'a payload in a file of JSON Schema')?.text ?? ''
    folder.write({
      'docs/a.yaml': text.replace('./schemas/user.json', '../user.json'),
      'user.json': '{ "type": "string" }',
    })
    const refused = await folder.ackwire('import', 'docs/a.yaml')
    assert.match(refused.err, "../user.json: is not read, since it is outside of the document's folder")
    const allowed = await folder.ackwire('import', 'docs/a.yaml', '--root', '.')
    assert.equal([allowed.code, allowed.err], [0, ''])
    assert.match(allowed.out, "const User = Type.String({ $id: 'user' })")
    assert.is(existsSync(`${folder.path}/docs/user.json`), false)
  })
})
