import { buildSync } from 'esbuild'
import { fileURLToPath } from 'node:url'

/** The parts of the page that are the same for every document. */
export interface Assets {
  /** The script of a page to read. */
  readonly reading: string
  /** The script of a page to read and to try, with Socket.IO's client in it. */
  readonly trying: string
  readonly style: string
}

let bundled: Assets | undefined

/**
 * The page's scripts and its style. Here they are bundled when they are first needed; `scripts/build.mjs` replaces this
 * module by one that has them as texts, so that a package that is installed needs no bundler.
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
    // It is written into the page as it is, where it may stand in any encoding.
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
