// Where the JavaScript of this workspace is kept, and what it depends on.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))

export const cache = join(root, 'node_modules/.cache/ackwire-typescript')

/** The version of esbuild, which is loaded only for what is not in the cache. @type {{ version: string }} */
export const { version } = JSON.parse(readFileSync(join(root, 'node_modules/esbuild/package.json'), 'utf8'))
