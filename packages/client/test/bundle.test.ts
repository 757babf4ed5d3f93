import { build } from 'esbuild'
import * as assert from 'uvu/assert'
import { describe } from '../../../test/harness.js'

/** The files that a browser's bundle of a module of this folder reaches. */
const filesOf = async (contents: string): Promise<string[]> => {
  const { metafile } = await build({
    stdin: { contents, resolveDir: import.meta.dirname, loader: 'ts' },
    bundle: true,
    write: false,
    metafile: true,
    platform: 'browser',
    conditions: ['ackwire-source'],
    external: ['socket.io-client'],
    logLevel: 'silent',
  })
  return Object.keys(metafile.inputs)
}

const TYPE_ONLY = `
  import { createClient } from '@ackwire/client'
  import type { api } from '../../../examples/sign-up/contract.js'
  export const client = createClient<typeof api>()
`
const GIVEN = `
  import { createClient } from '@ackwire/client'
  import { api } from '../../../examples/sign-up/contract.js'
  export const client = createClient(api)
`

describe('a bundle of the client', it => {
  it('has nothing of TypeBox where the contract is a type only', async () => {
    const files = await filesOf(TYPE_ONLY)
    assert.equal(
      files.filter(file => /typebox|json-schema-formats|core\/src\/(?!wire\.ts)/.test(file)),
      [],
    )
    assert.ok(files.some(file => file.endsWith('client/src/client.ts')))
  })

  it('has what checks where the contract is given, but no formats and no compiler', async () => {
    const files = await filesOf(GIVEN)
    assert.ok(files.some(file => /typebox\/.*\/value\/check\//.test(file)))
    assert.equal(
      files.filter(file => /typebox\/.*\/compiler|json-schema-formats/.test(file)),
      [],
    )
  })
})
