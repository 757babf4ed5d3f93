import { pathToFileURL } from 'node:url'
import { resolve } from 'node:path'

/** The flags with which Node runs the workspace's TypeScript, in any folder. */
export const sources: readonly string[] = [
  '--conditions=ackwire-source',
  '--import',
  pathToFileURL(resolve(import.meta.dirname, '../scripts/typescript.mjs')).href,
]
