import { join } from 'node:path'
import { buildSync } from 'esbuild'

/** Returns the code for a call, which has the form of the page's `CodeCall`. */
type Write = (call: object) => string

/** The page's own functions that write code. They are code for a browser, whose types the tests don't have. */
interface Writers {
  readonly toPlain: Write
  readonly toPythonCode: Write
  readonly toTypeScript: Write
  /** Fills in the defaults of a call. */
  readonly typedCall: (call: object, resolve: unknown) => object
  /** Notes the name of the file that bytes are from. */
  readonly noteFile: (bytes: Uint8Array, name: string) => Uint8Array
  /** Returns the initial value of a form. */
  readonly initialOf: (schema: unknown, resolve: unknown) => unknown
}

const MODULES = [
  ...['plain', 'python', 'typescript', 'typed'].map(name => `console/code/${name}`),
  'console/store/initial',
  'document/bytes',
]

const bundled = (): Promise<Writers> => {
  const { outputFiles } = buildSync({
    stdin: {
      contents: MODULES.map(name => `export * from './${name}.js'`).join('\n'),
      resolveDir: join(import.meta.dirname, '../src/page'),
    },
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'browser',
    conditions: ['ackwire-source'],
  })
  return import(`data:text/javascript,${encodeURIComponent(outputFiles[0]?.text ?? '')}`) as Promise<Writers>
}

export const { toPlain, toPythonCode, toTypeScript, typedCall, noteFile, initialOf } = await bundled()
