import { buildSync } from 'esbuild'
import { fileURLToPath } from 'node:url'

/** The parts of the page that are the same for every document. */
export interface Assets {
  /** The script of a page without a console. */
  readonly reading: string
  /** The script of a page with a console, which includes Socket.IO's client. */
  readonly trying: string
  readonly style: string
}

let bundled: Assets | undefined

/**
 * Returns the page's scripts and style, which are bundled on first use. In the published package `scripts/build.mjs` replaces
 * this module by one with their contents, so that it needs no bundler.
 */
export const assets = (): Assets => (bundled ??= bundle())

const bundle = (): Assets => {
  const folder = new URL('../../src/page/', import.meta.url)
  const { outputFiles } = buildSync({
    absWorkingDir: fileURLToPath(folder),
    entryPoints: ['reading.entry.tsx', 'trying.entry.tsx', 'style/page.css'],
    outdir: 'out',
    bundle: true,
    minify: true,
    write: false,
    format: 'iife',
    platform: 'browser',
    target: ['es2022', 'chrome109', 'firefox115', 'safari16.4'],
    // The script is inlined into pages of any encoding.
    charset: 'ascii',
    legalComments: 'none',
    conditions: ['ackwire-source'],
    define: { 'process.env.NODE_ENV': '"production"' },
    tsconfigRaw: { compilerOptions: { jsx: 'react-jsx', jsxImportSource: 'preact' } },
    logLevel: 'silent',
  })
  const text = (end: string): string => outputFiles.find(({ path }) => path.endsWith(end))?.text.trim() ?? ''
  return { reading: text('reading.entry.js'), trying: text('trying.entry.js'), style: text('page.css') }
}
