import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { gzipSync } from 'node:zlib'
import { build, type Plugin } from 'esbuild'

/** Replaces these files of the client by nothing, so that what they cost can be told. */
const leaveOut = (files: readonly string[]): Plugin => ({
  name: 'leave out',
  setup: ({ onLoad }) =>
    onLoad({ filter: /\/client\/src\/[\w-]+\.ts$/ }, ({ path }) => {
      if (!files.includes(basename(path))) return undefined
      const names = [...readFileSync(path, 'utf8').matchAll(/^export const (\w+)/gm)].map(([, name]) => name)
      return { contents: names.map(name => `export const ${name} = () => {}`).join('\n'), loader: 'ts' }
    }),
})

/** The bytes that a page loads for a module, minified and gzipped. */
const bytesOf = async (contents: string, without: readonly string[], external: readonly string[]): Promise<number> => {
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
    plugins: [leaveOut(without)],
    logLevel: 'silent',
  })
  return gzipSync(outputFiles[0]?.contents ?? '', { level: 9 }).length
}

/** Socket.IO's client itself. */
export const socketIoBytes = (): Promise<number> => bytesOf(`export { io } from 'socket.io-client'`, [], [])

/** What a module loads on top of Socket.IO's client; with some of the client's files left out, the rest. */
export const bytesOver = async (contents: string, without: readonly string[] = []): Promise<number> => {
  const external = ['socket.io-client']
  return (
    (await bytesOf(contents, without, external)) -
    (await bytesOf(`export { io } from 'socket.io-client'`, [], external))
  )
}

/** A page that has the contract's type only. */
export const TYPED = `export { createClient } from '@ackwire/client'`

/** The same, with all hooks for React and React's own bytes left out. */
export const HOOKS = `${TYPED}\nexport * from '@ackwire/client/react'`

/** A page that has the contract itself, one without events. */
export const GIVEN = `
  import { createClient } from '@ackwire/client'
  import { router } from '@ackwire/core'
  export const client = createClient(router({}))
`

/** The client's files by what they are for. */
export const FEATURES: Readonly<Record<string, readonly string[]>> = {
  stream: ['stream.ts'],
  iterate: ['iterate.ts'],
  'on, once': ['listen.ts'],
  'emit with an answer': ['call.ts'],
  'what is the same for all events': ['proxy.ts', 'speech.ts', 'receive.ts', 'pending.ts'],
}

/** The gzipped bytes of a text. */
export const gzipped = (text: string): number => gzipSync(text, { level: 9 }).length
