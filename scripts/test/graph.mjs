// What each test file imports while it runs, directly and through others, as esbuild sees it.
import { join } from 'node:path'
import { build } from 'esbuild'
import { root } from '../workspace.mjs'

/**
 * `files` are the workspace's own, from the root, and `packages` all others by the name that they are imported by.
 * @typedef {{ files: ReadonlySet<string>, packages: ReadonlySet<string> }} Imports
 */

/** @type {import('esbuild').Plugin} */
const others = {
  name: 'others',
  setup({ onResolve }) {
    onResolve({ filter: /^[^.]/ }, ({ path, kind }) =>
      kind === 'entry-point' || path.startsWith('@ackwire/') ? undefined : { path, external: true },
    )
  },
}

/** Resolves to what each file imports. One that can't be parsed is left out. @param {readonly string[]} tests @returns {Promise<Map<string, Imports>>} */
export async function importsOf(tests) {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: [...tests],
    outdir: join(root, 'out'),
    write: false,
    bundle: true,
    metafile: true,
    // One import of each file: what an output holds is read from the inputs instead.
    splitting: true,
    format: 'esm',
    platform: 'node',
    conditions: ['ackwire-source'],
    plugins: [others],
    loader: { '.node': 'empty' },
    logLevel: 'silent',
  }).catch(() => ({ metafile: { inputs: {}, outputs: {} } }))
  /** @type {Map<string, Imports>} */
  const found = new Map()
  for (const test of tests) if (test in metafile.inputs) found.set(test, reachedFrom(test, metafile.inputs))
  return found
}

/** @param {string} test @param {import('esbuild').Metafile['inputs']} inputs @returns {Imports} */
function reachedFrom(test, inputs) {
  const files = new Set([test])
  /** @type {Set<string>} */
  const packages = new Set()
  // What is added on the way is visited, too.
  for (const file of files)
    for (const { path, external } of inputs[file]?.imports ?? []) (external ? packages : files).add(path)
  return { files, packages }
}
