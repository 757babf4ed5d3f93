import { readdirSync } from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'
import { cruise, type ICruiseResult } from 'dependency-cruiser'

/** An import of one file by another, types included; both are paths from the root. */
export interface Import {
  readonly from: string
  readonly to: string
}

/** The files of some source folders, and what they import of each other. */
export interface ImportGraph {
  readonly files: readonly string[]
  readonly imports: readonly Import[]
  /** Imports that lead nowhere, as `FILE: SPECIFIER`. */
  readonly unresolved: readonly string[]
}

/** Reads the imports of all TypeScript files below some folders of a root, `.ts` and `.tsx`, type imports and re-exports included. */
export const importsOf = async (root: string, folders: readonly string[]): Promise<ImportGraph> => {
  const files = folders.flatMap(folder => sourcesBelow(root, folder)).toSorted()
  const { output } = await cruise(
    files,
    {
      baseDir: root,
      tsPreCompilationDeps: true,
      doNotFollow: { path: 'node_modules' },
      enhancedResolveOptions: {
        conditionNames: ['ackwire-source', 'import', 'types'],
        exportsFields: ['exports'],
        extensions: ['.ts', '.tsx', '.d.mts'],
      },
    },
    { extensionAlias: { '.js': ['.ts', '.tsx', '.js'], '.mjs': ['.d.mts', '.mts', '.mjs'] } },
  )
  const { modules } = output as ICruiseResult // A string only for the reporters, of which none is asked for.
  const known = new Set(files)
  const dependencies = modules
    .filter(({ source }) => known.has(source))
    .flatMap(({ source, dependencies }) => dependencies.map(dependency => ({ source, ...dependency })))
  return {
    files,
    imports: dependencies
      .filter(({ resolved }) => known.has(resolved))
      .map(({ source, resolved }) => ({ from: source, to: resolved })),
    unresolved: dependencies
      .filter(({ couldNotResolve }) => couldNotResolve)
      .map(({ source, module }) => `${source}: ${module}`),
  }
}

const sourcesBelow = (root: string, folder: string): string[] =>
  readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile() && /\.m?tsx?$/.test(entry.name))
    .map(entry => relative(root, join(entry.parentPath, entry.name)).split(sep).join('/'))

/** Finds one cycle through the given arrows, as a path that ends where it began; `undefined` if there is none. */
export const cycleIn = (arrows: readonly Import[]): readonly string[] | undefined => {
  const targets = new Map<string, Import[]>()
  for (const arrow of arrows) targets.set(arrow.from, [...(targets.get(arrow.from) ?? []), arrow])
  const finished = new Set<string>()
  const visit = (node: string, path: readonly string[]): readonly string[] | undefined => {
    if (path.includes(node)) return [...path.slice(path.indexOf(node)), node]
    if (finished.has(node)) return undefined
    for (const { to } of targets.get(node) ?? []) {
      const cycle = visit(to, [...path, node])
      if (cycle !== undefined) return cycle
    }
    finished.add(node)
    return undefined
  }
  for (const { from } of arrows) {
    const cycle = visit(from, [])
    if (cycle !== undefined) return cycle
  }
  return undefined
}

/** A line of the tree in ARCHITECTURE.md: a file, or a folder with the files directly in it. */
export interface Layer {
  readonly path: string
  readonly description: string
}

/**
 * Reads the trees of ARCHITECTURE.md, from the top down: each block begins with the path of a package's sources, and each line
 * after it is a path below that and a description.
 */
export const layersIn = (markdown: string): readonly Layer[] =>
  [...markdown.matchAll(/^```text\n(packages\/\S+)\n(.*?)^```$/gms)].flatMap(([, source = '', lines = '']) =>
    lines
      .split('\n')
      .filter(line => line.trim() !== '')
      .map(line => {
        const [, path = '', description = ''] = /^ {2}(\S+) {2,}(\S.*)$/.exec(line) ?? []
        return { path: `${source}/${path.replace(/\/$/, '')}`, description }
      }),
  )

/** Returns the position of the line that a file belongs to: its own, or else that of its folder; -1 if it has none. */
export const layerOf = (layers: readonly Layer[], file: string): number => {
  const own = layers.findIndex(({ path }) => path === file)
  return own === -1 ? layers.findIndex(({ path }) => path === dirname(file)) : own
}
