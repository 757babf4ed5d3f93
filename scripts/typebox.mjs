// TypeBox in few files: its modules are 250, and a process in Node waits longer for them than for all of Socket.IO.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** By the entry of core, the entry of TypeBox. */
const ENTRIES = {
  'typebox/index': 'index.mjs',
  'typebox/compiler': 'compiler/index.mjs',
  'typebox/errors': 'errors/index.mjs',
  'typebox/value': 'value/index.mjs',
}

/**
 * The modules of TypeBox that have a state, and what stands in it for `export` of packages/core/src/typebox/application.ts.
 * @type {readonly { module: string, replaces: string, by: string, imports?: string }[]}
 */
const STATES = [
  { module: 'type/registry/format.mjs', replaces: 'new Map()', by: `registered('format')`, imports: 'registered' },
  { module: 'type/registry/type.mjs', replaces: 'new Map()', by: `registered('type')`, imports: 'registered' },
  {
    module: 'system/policy.mjs',
    replaces: '})(TypeSystemPolicy ||',
    by: 'followApplication(TypeSystemPolicy);\n})(TypeSystemPolicy ||',
    imports: 'followApplication',
  },
  // The number of the next recursive schema: a contract may have schemas of both copies.
  { module: 'type/recursive/recursive.mjs', replaces: 'let Ordinal = 0', by: 'let Ordinal = 1e6' },
]

/**
 * The options that bundle TypeBox for Node into `dist/node` of `packages/core`.
 * @param {string} core The folder of the package.
 */
export function typeBoxForNode(core) {
  const home = join(core, 'node_modules/@sinclair/typebox/build/esm')
  const application = join(core, 'src/typebox/application.ts')
  const entries = Object.entries(ENTRIES).map(([out, file]) => [out, join(home, file)])
  return {
    entryPoints: Object.fromEntries([...entries, ['typebox/application', application]]),
    outdir: 'dist/node',
    platform: /** @type {const} */ ('node'),
    plugins: [
      {
        name: 'the state of the application',
        /** @param {import('esbuild').PluginBuild} build */
        setup({ onLoad }) {
          onLoad({ filter: /[\\/]typebox[\\/]build[\\/]esm[\\/].*\.mjs$/ }, ({ path }) => {
            const state = STATES.find(({ module }) => path.replaceAll('\\', '/').endsWith(`/${module}`))
            if (state === undefined) return undefined
            const text = readFileSync(path, 'utf8')
            const [before, after, ...others] = text.split(state.replaces)
            if (after === undefined || others.length > 0)
              throw new Error(`TypeBox's ${state.module}: expected '${state.replaces}' once`)
            const imports = state.imports && `import { ${state.imports} } from ${JSON.stringify(application)}\n`
            return { contents: `${imports ?? ''}${before}${state.by}${after}` }
          })
        },
      },
    ],
  }
}

/**
 * Makes what is built import TypeBox through `packages/core`, where each runtime finds the build that suits it.
 * @type {import('esbuild').Plugin}
 */
export const typeBoxFromCore = {
  name: 'TypeBox from core',
  setup({ onResolve }) {
    onResolve({ filter: /^@sinclair\/typebox(\/|$)/ }, ({ path, importer }) => {
      const isEntry = /core[\\/]src[\\/]typebox[\\/]\w+\.ts$/.test(importer)
      return { path: isEntry ? path : path.replace('@sinclair/typebox', '@ackwire/core/typebox'), external: true }
    })
  },
}
