/**
 * Measures the bytes that a page loads for the client and for the documentation, and those that an installation downloads. Run
 * the build first.
 */
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { html } from '@ackwire/docs'
import { pack } from '../scripts/pack.mjs'
import { api } from '../examples/sign-up/contract.js'
import { bytesOver, featureBytes, GIVEN, gzipped, HOOKS, socketIoBytes, TYPED } from './bytes/bundle.js'
import { write } from './table.js'

const { values } = parseArgs({
  options: { json: { type: 'boolean', default: false }, write: { type: 'boolean', default: false } },
})

const browser: readonly (readonly [what: string, bytes: number])[] = [
  ['socket.io-client', await socketIoBytes()],
  ['the client, over it', await bytesOver(TYPED)],
  ['with all hooks for React', await bytesOver(HOOKS)],
  ['with the contract itself', await bytesOver(GIVEN)],
  ['docs page, to read', gzipped(html(api, { console: false }))],
  ['docs page, to try as well', gzipped(html(api))],
]
write(
  'bytes: browser',
  'What a page loads, minified and gzipped',
  browser.map(([what, bytes]) => ({ 'in the browser': what, bytes: String(bytes) })),
  values,
)
write(
  'bytes: client',
  'What each feature of the client adds to those before it, minified and gzipped',
  (await featureBytes()).map(({ name, adds, upTo }) => ({
    feature: name,
    bytes: String(adds),
    'up to here': String(upTo),
  })),
  values,
)

const folder = mkdtempSync(join(tmpdir(), 'ackwire-packed-'))
try {
  const packed = await pack(folder)
  const rows = packed.map(({ name, tarball }) => ({ tarball: name, bytes: String(statSync(tarball).size) }))
  write('bytes: packages', 'What an installation downloads of each package', rows, values)
} finally {
  rmSync(folder, { recursive: true })
}
