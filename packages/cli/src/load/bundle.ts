import { readFile } from 'node:fs/promises'
import { dirname, relative, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { BuildFailure, Message, Plugin } from 'esbuild'
import { messageOf, problem, problemOf } from '../terminal/problem.js'
import { nodeConditions, resolvePackages } from './resolve.js'

/** A module bundled to JavaScript with its imports, except installed packages. */
export interface Bundle {
  readonly code: string
  /** The files in the bundle. */
  readonly inputs: readonly string[]
}

/** The expressions for a module's own location, which bundling would change. */
const PLACES = {
  'import.meta.url': '__ackwireUrl',
  'import.meta.filename': '__ackwireFile',
  'import.meta.dirname': '__ackwireFolder',
  __filename: '__ackwireFile',
  __dirname: '__ackwireFolder',
}

const keepPlaces: Plugin = {
  name: 'ackwire-places',
  setup(build) {
    build.onLoad({ filter: /\.[cm]?[jt]sx?$/ }, async ({ path }) => {
      const contents = await readFile(path, 'utf8')
      if (!/import\.meta\.|__dirname|__filename/.test(contents)) return undefined
      const values = [pathToFileURL(path).href, path, dirname(path)].map(value => JSON.stringify(value))
      const [url, file, folder] = values
      // Added to the first line, so that line numbers don't change.
      const places = `const __ackwireUrl = ${url}, __ackwireFile = ${file}, __ackwireFolder = ${folder}; `
      const [, extension = 'ts'] = /\.[cm]?([jt]sx?)$/.exec(path) ?? []
      return { contents: places + contents.replace(/^#!.*/, ''), loader: loaderOf(extension) }
    })
  },
}

const loaderOf = (extension: string): 'js' | 'jsx' | 'ts' | 'tsx' =>
  extension === 'js' || extension === 'jsx' || extension === 'tsx' ? extension : 'ts'

/** Bundles a TypeScript or JavaScript module for Node. @throws A problem that names the file and the line. */
export const bundle = async (entry: string): Promise<Bundle> => {
  // Imported lazily, since only commands that read a contract need it.
  const { build } = await import('esbuild')
  try {
    const { outputFiles, metafile } = await build({
      entryPoints: [entry],
      absWorkingDir: dirname(entry),
      bundle: true,
      write: false,
      metafile: true,
      platform: 'node',
      format: 'esm',
      target: `node${process.versions.node}`,
      conditions: [...nodeConditions()],
      define: PLACES,
      banner: {
        js: `import { createRequire as __ackwireRequire } from 'node:module'; const require = __ackwireRequire(${JSON.stringify(entry)});`,
      },
      outfile: `${entry}.mjs`,
      sourcemap: 'inline',
      sourceRoot: pathToFileURL(`${dirname(entry)}/`).href,
      sourcesContent: false,
      logLevel: 'silent',
      plugins: [keepPlaces, resolvePackages()],
    })
    const inputs = Object.keys(metafile.inputs).map(file => resolve(dirname(entry), file))
    return { code: outputFiles[0]?.text ?? '', inputs }
  } catch (error) {
    if (!isBuildFailure(error)) throw problemOf(`${entry}: esbuild could not start: `, messageOf(error))
    const said = error.errors.slice(0, MOST_ERRORS).map(message => described(message, entry))
    throw problem(...said.join('\n\n').split('\n'))
  }
}

/** The maximum number of errors shown, since further ones are mostly consequences of the first. */
const MOST_ERRORS = 3

const isBuildFailure = (error: unknown): error is BuildFailure => error instanceof Error && 'errors' in error

const described = ({ text, location }: Message, entry: string): string => {
  if (location === null) return `${entry}: ${text}`
  const { file, line, column, lineText } = location
  const path = relative(process.cwd(), resolve(dirname(entry), file)) || file
  return `${path}:${line}:${column + 1}: ${text}\n\n  ${lineText}\n  ${' '.repeat(column)}^`
}
