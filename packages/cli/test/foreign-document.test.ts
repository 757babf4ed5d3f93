import * as assert from 'uvu/assert'
import { describe } from '../../../test/harness.js'
import { createFolder } from './ackwire.js'

const timeoutMs = 300_000

describe('a file passed to ackwire', it => {
  it('is not run unless its name is that of a contract', { timeoutMs }, async ({ defer }) => {
    const folder = createFolder(defer)
    const text = "asyncapi: '3.0.0'\nnew Function(\"process.getBuiltinModule('fs').writeFileSync('pwned', '')\")()\n"
    folder.write({ before: text, 'before.txt': text, '.yaml.orig': text, 'contract.ts': 'export {}' })
    for (const name of ['before', 'before.txt', '.yaml.orig']) {
      for (const args of [
        ['serve', name],
        ['render', name],
        ['diff', name, 'contract.ts'],
        ['render', 'contract.ts', '--options', name],
      ]) {
        const { code, err } = await folder.ackwire(...args)
        assert.is(code, 2, args.join(' '))
        if (!args.includes('--options')) assert.match(err, `${name}: its name does not say what it is; expected`)
      }
    }
    assert.throws(() => folder.read('pwned'))
  })

  it('holds only JSON values, whatever version of YAML it declares', { timeoutMs }, async ({ defer }) => {
    const folder = createFolder(defer)
    folder.write({
      'a.yaml': `%YAML 1.1
---
asyncapi: 3.0.0
info: { title: T, version: "1" }
x-day: 2001-12-14
x-set: !!set { a, b }
x-map: !!omap [a: 1]
x-bytes: !!binary aGVsbG8=
x-part: { <<: { a: 1 } }
`,
    })
    const { code, out, err } = await folder.ackwire('import', 'a.yaml')
    assert.is(code, 0, err)
    for (const line of [
      "'x-day': '2001-12-14'",
      "'x-set': { a: null, b: null }",
      "'x-map': [{ a: 1 }]",
      "'x-bytes': 'aGVsbG8='",
    ])
      assert.ok(out.includes(`  ${line},\n`), `${line} in ${out}`)
  })
})
