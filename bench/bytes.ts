/** What a page loads for the client and for the documentation, and what an installation downloads. Build first. */
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { html } from '@ackwire/docs'
import { pack } from '../scripts/pack.mjs'
import { api } from '../examples/sign-up/contract.js'
import { bytesOver, featureBytes, GIVEN, gzipped, HOOKS, socketIoBytes, TYPED } from './bytes/bundle.js'

console.table([
  { 'in the browser': 'socket.io-client', 'bytes, gzipped': await socketIoBytes() },
  { 'in the browser': 'the client, over it', 'bytes, gzipped': await bytesOver(TYPED) },
  { 'in the browser': 'with all hooks for React', 'bytes, gzipped': await bytesOver(HOOKS) },
  { 'in the browser': 'with the contract itself', 'bytes, gzipped': await bytesOver(GIVEN) },
  { 'in the browser': 'docs page, to read', 'bytes, gzipped': gzipped(html(api, { console: false })) },
  { 'in the browser': 'docs page, to try as well', 'bytes, gzipped': gzipped(html(api)) },
])
console.table(
  (await featureBytes()).map(({ name, adds, upTo }) => ({
    'of the client': name,
    'bytes, gzipped': adds,
    'up to here': upTo,
  })),
)

const folder = mkdtempSync(join(tmpdir(), 'ackwire-packed-'))
try {
  const packed = await pack(folder)
  console.table(packed.map(({ name, tarball }) => ({ tarball: name, bytes: statSync(tarball).size })))
} finally {
  rmSync(folder, { recursive: true })
}
