import { build } from 'esbuild'
import * as assert from 'uvu/assert'
import { describe } from '../../../test/harness.js'

/** Returns the files that contribute to a browser bundle of a module in this folder. */
const filesOf = async (contents: string): Promise<string[]> => {
  const { metafile } = await build({
    stdin: { contents, resolveDir: import.meta.dirname, loader: 'ts' },
    bundle: true,
    write: false,
    metafile: true,
    platform: 'browser',
    conditions: ['ackwire-source'],
    external: ['socket.io-client', 'react'],
    logLevel: 'silent',
  })
  const inputs = Object.values(metafile.outputs).flatMap(output => Object.entries(output.inputs))
  return inputs.flatMap(([file, { bytesInOutput }]) => (bytesInOutput > 0 ? [file] : []))
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
const HOOKS = `
  import { useCall, useClient } from '@ackwire/client/react'
  import type { api } from '../../../examples/sign-up/contract.js'
  export const useSignUp = () => useCall(useClient<typeof api>().emit.user_sign_up)
`

describe('a bundle of the client', it => {
  it('has nothing of TypeBox if the contract is only a type', async () => {
    const files = await filesOf(TYPE_ONLY)
    assert.equal(
      files.filter(file => /typebox|json-schema-formats|core\/src\/(?!wire\.ts)/.test(file)),
      [],
    )
    assert.ok(files.some(file => file.endsWith('client/src/client.ts')))
  })

  it('has the validation if the contract is given, but no formats and no compiler', async () => {
    const files = await filesOf(GIVEN)
    assert.ok(files.some(file => /typebox\/.*\/value\/check\//.test(file)))
    assert.equal(
      files.filter(file => /typebox\/.*\/compiler|json-schema-formats/.test(file)),
      [],
    )
  })

  it('has the hooks that are used, and none otherwise', async () => {
    const hooksIn = async (contents: string) =>
      (await filesOf(contents)).flatMap(file => /client\/src\/react\/(.*)\.ts$/.exec(file)?.[1] ?? []).sort()
    assert.equal(await hooksIn(TYPE_ONLY), [])
    assert.equal(await hooksIn(GIVEN), [])
    assert.equal(await hooksIn(HOOKS), ['call', 'client', 'connection', 'event-of', 'stable'])
    assert.not((await filesOf(HOOKS)).some(file => /typebox|tanstack/.test(file)))
  })
})
