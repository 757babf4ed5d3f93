// The CommonJS build of a package. Each file that is built has its copy in `dist/cjs`, so that the copies share modules as the originals do.
import { build } from 'esbuild'
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'

/** Written by esbuild about what it has built. @typedef {import('esbuild').Metafile['outputs']} Outputs */

/**
 * Writes the copies: code as `.cjs` and declarations as `.d.cts`. Returns the paths of the code.
 * @param {string} folder The package. @param {Outputs} outputs The originals, beside their declarations. @returns {Promise<string[]>}
 */
export async function commonJs(folder, outputs) {
  const { metafile } = await build({
    absWorkingDir: folder,
    entryPoints: Object.keys(outputs).filter(file => file.endsWith('.js')),
    outbase: 'dist',
    outdir: 'dist/cjs',
    outExtension: { '.js': '.cjs' },
    // Asks the plugin about every import.
    bundle: true,
    metafile: true,
    format: 'cjs',
    platform: 'node',
    target: ['node20', 'es2022'],
    // Jest's sandbox has `require`, and `import()` only behind a flag of Node.
    supported: { 'dynamic-import': false },
    define: { 'import.meta.url': '__filename' },
    charset: 'utf8',
    sourcemap: true,
    sourcesContent: false,
    legalComments: 'inline',
    logLevel: 'warning',
    plugins: [copiesOfOthers],
  })
  const dist = join(folder, 'dist')
  for (const name of readdirSync(dist, { recursive: true }).map(String))
    if (/\.d\.ts(\.map)?$/.test(name) && !/^cjs[\\/]/.test(name)) copyDeclarations(dist, name)
  return Object.keys(metafile.outputs)
}

/** @type {import('esbuild').Plugin} */
const copiesOfOthers = {
  name: 'copies of other files',
  setup({ onResolve }) {
    onResolve({ filter: /./ }, ({ path, kind }) =>
      kind === 'entry-point' ? undefined : { path: path.replace(/^(\.{1,2}\/.*)\.js$/, '$1.cjs'), external: true },
    )
  },
}

/** @param {string} dist @param {string} name A file of declarations, or its map. */
function copyDeclarations(dist, name) {
  const copy = join(dist, 'cjs', name.replace(/\.d\.ts/, '.d.cts'))
  const text = readFileSync(join(dist, name), 'utf8')
  mkdirSync(dirname(copy), { recursive: true })
  if (!name.endsWith('.map')) {
    writeFileSync(
      copy,
      text.replaceAll(/(['"]\.{1,2}\/[^'"\n]*)\.js(?=['"])/g, '$1.cjs').replace(/(?<=\.d)\.ts(?=\.map$)/m, '.cts'),
    )
    return
  }
  const map = JSON.parse(text)
  const sources = map.sources.map((/** @type {string} */ source) => `../${source}`)
  writeFileSync(copy, JSON.stringify({ ...map, file: basename(copy, '.map'), sources }))
}
