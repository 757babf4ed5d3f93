import { TypeScriptGenerator } from '@asyncapi/modelina'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import * as assert from 'uvu/assert'
import { describe } from '../../../test/harness.js'
import { contracts, dialects } from './dialects.js'

const tsc = resolve(import.meta.dirname, '../../../node_modules/.bin/tsc')

/** Resolves to the source and the names of the types that a generator creates from a document. */
const modelsOf = async (document: object) => {
  // Not the parsed document: the generator can't read a parsed recursion.
  const models = await new TypeScriptGenerator({ modelType: 'interface' }).generate(document)
  return { names: models.map(({ modelName }) => modelName), source: models.map(({ result }) => result).join('\n\n') }
}

describe("Modelina's TypeScript", it => {
  for (const [dialect, write] of dialects) {
    // It knows no 3.1 yet, of which it makes one type without properties.
    if (dialect === '3.1.0') continue
    it(
      `of ${dialect} compiles under strict, and each type has a unique name`,
      { timeoutMs: 300_000 },
      async ({ defer }) => {
        const folder = mkdtempSync(join(tmpdir(), 'ackwire-models-'))
        defer(() => rmSync(folder, { recursive: true }))
        for (const [name, api, options] of contracts) {
          const { names, source } = await modelsOf(write(api, options))
          assert.is(new Set(names).size, names.length, `twice the same name among ${names.join(' ')}`)
          // A text or a number alone has no name, and needs none.
          assert.not.match(source, /(interface|enum|class) AnonymousSchema/)
          writeFileSync(join(folder, `${name}.ts`), `${source}\n\nexport {}\n`)
        }
        const files = contracts.map(([name]) => `${name}.ts`)
        const { status, stdout } = spawnSync(
          tsc,
          ['--strict', '--noEmit', '--types', '', '--target', 'es2022', '--lib', 'es2022', '--skipLibCheck', ...files],
          {
            cwd: folder,
            encoding: 'utf8',
          },
        )
        assert.is(status, 0, stdout)
      },
    )
  }
})
