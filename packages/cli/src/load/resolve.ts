import { createRequire, isBuiltin } from 'node:module'
import { isAbsolute, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import type { ImportKind, OnResolveResult, Plugin } from 'esbuild'
import { moduleResolve } from 'import-meta-resolve'

/** Marks requests of this plugin to esbuild, so that the plugin does not handle them again. */
const ASKED = Symbol('asked')

/** Returns the export conditions that Node was started with, which also apply to a contract's imports. */
export const nodeConditions = (): readonly string[] => {
  const args = [...process.execArgv, ...(process.env['NODE_OPTIONS'] ?? '').split(/\s+/)]
  return args.flatMap((arg, index) => {
    const [, value] = /^(?:--conditions|-C)=(.+)$/.exec(arg) ?? []
    const following = arg === '--conditions' || arg === '-C' ? args[index + 1] : undefined
    return value ?? following ?? []
  })
}

/** Returns the condition that Node has where it can `require` a module of ECMAScript. */
const syncConditions = (): readonly string[] =>
  Reflect.get(process.features, 'require_module') === true ? ['module-sync'] : []

/**
 * Leaves installed packages to Node, which resolves them from the importing file. Bundles everything else: relative files,
 * `paths` of a tsconfig, and packages of the workspace, whose TypeScript Node can't load.
 */
export const resolvePackages = (): Plugin => ({
  name: 'ackwire-packages',
  setup(build) {
    const conditions = new Set(['node', 'import', ...syncConditions(), ...nodeConditions()])
    build.onResolve({ filter: /^[^./]/ }, async ({ path, importer, resolveDir, kind, pluginData }) => {
      if (pluginData === ASKED || kind === 'entry-point') return undefined
      if (isBuiltin(path)) return { path, external: true }
      const options = { kind, resolveDir, importer, pluginData: ASKED }
      const found = await build.resolve(path, options)
      const isFound = found.errors.length === 0
      if (isFound && !found.external && !/[\\/]node_modules[\\/]/.test(found.path)) return found
      return (
        asNodeDoes(path, isAbsolute(importer) ? importer : join(resolveDir, 'contract.ts'), kind, conditions) ??
        (isFound ? undefined : missing(path))
      )
    })
  },
})

const asNodeDoes = (
  path: string,
  importer: string,
  kind: ImportKind,
  conditions: Set<string>,
): OnResolveResult | undefined => {
  try {
    if (kind === 'require-call') return { path: createRequire(importer).resolve(path), external: true }
    const url = moduleResolve(path, pathToFileURL(importer), conditions)
    // Node refuses TypeScript in an installed package, which some workspaces have.
    return /\.[cm]?tsx?$/.test(url.pathname) ? { path: fileURLToPath(url) } : { path: url.href, external: true }
  } catch {
    return undefined
  }
}

const missing = (path: string): OnResolveResult => {
  const [first = path, second] = path.split('/')
  const name = first.startsWith('@') && second !== undefined ? `${first}/${second}` : first
  return { errors: [{ text: `the package "${path}" is not installed here; run npm install ${name}` }] }
}
