import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as assert from 'uvu/assert'
import { project, run, runTool } from './projects.js'

/** A page that loads the hooks, for bundlers. */
const PAGE = `import { Room } from './room'
export const rooms = [Room]
`

/** Counts the copies of the class of errors in what a bundler has written. */
const copiesIn = (text: string): number => text.split(/"EventError"|'EventError'|`EventError`/).length - 1

const bundlesOnce = (text: string): void => {
  assert.is(copiesIn(text), 1, `${copiesIn(text)} copies of EventError`)
  assert.not.match(text, /TypeCompiler|dist\/cjs/, 'the page has what only a server or CommonJS needs')
}

/** Each bundler and framework, by its name in the guide's table. */
export const BUNDLED: Readonly<Record<string, () => Promise<void>>> = {
  'Next.js': async () => {
    const folder = await project({
      name: 'next',
      files: {
        'app/layout.tsx': `export default ({ children }: { children: React.ReactNode }) => <html><body>{children}</body></html>`,
        'app/page.tsx': `import { useClient } from '@ackwire/client/react'
import { Room } from './room'
export default () => <Room url={typeof useClient === 'function' ? 'http://localhost:3000' : ''} />
`,
        'app/room.tsx': `'use client'\nexport { Room } from '../src/room'\n`,
        'next.config.mjs': `export default { turbopack: { root: '..' } }`,
      },
    })
    assert.match(await runTool(folder, 'next/dist/bin/next', 'build'), /Compiled successfully/)
    assert.match(readFileSync(join(folder, '.next/server/app/index.html'), 'utf8'), /connecting/)
  },
  Vite: async () => {
    const folder = await project({ name: 'vite', type: 'module', files: { 'src/page.ts': PAGE } })
    const config = `import { defineConfig } from 'vite'
export default defineConfig({ build: { lib: { entry: 'src/page.ts', formats: ['es'], fileName: 'page' }, rollupOptions: { external: [/^react/] } } })
`
    await project({ name: 'vite', type: 'module', files: { 'vite.config.js': config } })
    await runTool(folder, 'vite/bin/vite.js', 'build')
    bundlesOnce(readFileSync(join(folder, 'dist/page.js'), 'utf8'))
  },
  'webpack 5': async () => {
    const build = `const webpack = require('webpack')
webpack({
  mode: 'production',
  context: __dirname,
  entry: './page.js',
  externals: [/^react/],
  output: { path: __dirname + '/dist', filename: 'page.js', library: { type: 'commonjs2' } },
}, (error, stats) => {
  if (error || stats.hasErrors() || stats.hasWarnings()) throw error ?? new Error(stats.toString())
})`
    const page = `import { useClient } from '@ackwire/client/react'
const { EventError } = require('@ackwire/core/wire')
export const used = [useClient, EventError]
`
    const folder = await project({ name: 'webpack', files: { 'build.cjs': build, 'page.js': page } })
    await run(folder, process.execPath, 'build.cjs')
    bundlesOnce(readFileSync(join(folder, 'dist/page.js'), 'utf8'))
  },
  esbuild: async () => {
    const page = `${PAGE}const { EventError } = require('@ackwire/core/wire')\nexport { EventError }\n`
    const folder = await project({ name: 'esbuild', files: { 'src/page.ts': page } })
    const options = ['--bundle', '--format=esm', '--external:react*', '--jsx=automatic', '--outfile=dist/page.js']
    await run(folder, join(folder, '../node_modules/.bin/esbuild'), 'src/page.ts', ...options)
    bundlesOnce(readFileSync(join(folder, 'dist/page.js'), 'utf8'))
  },
}
