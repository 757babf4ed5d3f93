import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'

/** Returns the bytes that a page loads for a module, minified and gzipped. */
const bytesOf = async (contents: string, external: readonly string[]): Promise<number> => {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: import.meta.dirname, loader: 'ts' },
    bundle: true,
    write: false,
    minify: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    conditions: ['ackwire-source'],
    external: ['react', ...external],
    logLevel: 'silent',
  })
  return gzipSync(outputFiles[0]?.contents ?? '', { level: 9 }).length
}

const SOCKET_IO = `export { io } from 'socket.io-client'`

/** Returns the bytes of Socket.IO's own client. */
export const socketIoBytes = (): Promise<number> => bytesOf(SOCKET_IO, [])

/** Returns the bytes that a module adds to Socket.IO's client. */
export const bytesOver = async (contents: string): Promise<number> => {
  const external = ['socket.io-client']
  return (await bytesOf(contents, external)) - (await bytesOf(SOCKET_IO, external))
}

/** A module for a page that has only the contract's type. */
export const TYPED = `export { createClient } from '@ackwire/client'`

/** A module like `TYPED` that adds all React hooks; React's own bytes are left out. */
export const HOOKS = `${TYPED}\nexport * from '@ackwire/client/react'`

/** A module for a page that has the contract itself, one without events. */
export const GIVEN = `
  import { createClient } from '@ackwire/client'
  import { router } from '@ackwire/core'
  export const client = createClient(router({}))
`

/** The features of the client, each with the exports that implement it. The first three are the minimum for a call. */
const FEATURES: readonly (readonly [name: string, parts: Readonly<Record<string, string>>])[] = [
  ['typed errors', { 'core/src/wire': 'EventError, errorIn' }],
  ['events and groups as properties', { 'client/src/proxy': 'eventsOf' }],
  [
    'emit, whose calls always settle',
    { 'client/src/call': 'call', 'client/src/wait': 'closePending', 'client/src/outgoing': 'ANY_INPUT' },
  ],
  ['on, and its answers', { 'client/src/listen': 'listen', 'client/src/incoming': 'ANY_OUTPUT' }],
  ['once', { 'client/src/listen': 'nextOf', 'client/src/incoming': 'ANY_VALUE' }],
  ['iterate', { 'client/src/iterate': 'iterate' }],
  ['stream', { 'client/src/stream': 'stream' }],
]

/** Measures the bytes that each feature adds to those before it. `upTo` is the sum so far, which ends at the whole client. */
export const featureBytes = async (): Promise<{ name: string; adds: number; upTo: number }[]> => {
  const lines = [SOCKET_IO]
  const steps = FEATURES.map(([name, parts]): [name: string, contents: string] => {
    for (const [file, names] of Object.entries(parts))
      lines.push(`export { ${names} } from '../../packages/${file}.js'`)
    return [name, lines.join('\n')]
  })
  steps.push(['createClient, of, timeout, signal, volatile, close', TYPED])
  const sizes = await Promise.all(steps.map(([, contents]) => bytesOver(contents)))
  return steps.map(([name], index) => {
    const upTo = sizes[index] ?? 0
    return { name, adds: upTo - (sizes[index - 1] ?? 0), upTo }
  })
}

/** Returns the number of bytes of a string once it is gzipped. */
export const gzipped = (text: string): number => gzipSync(text, { level: 9 }).length
