// The workspace's members, as pnpm-workspace.yaml names them.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

// Not import.meta.dirname: with an old Node, install.mjs has to come as far as its message.
export const root = fileURLToPath(new URL('..', import.meta.url))

const named = /^packages:\n((?: {2}- .+\n)+)/m.exec(readFileSync(join(root, 'pnpm-workspace.yaml'), 'utf8'))
if (named === null) throw new Error('pnpm-workspace.yaml: expected it to name the packages, one a line')

/** Their folders, from the root. */
export const members = [...String(named[1]).matchAll(/- (.+)/g)]
  .flatMap(([, folder = '']) => {
    const parent = folder.replace(/\/\*$/, '')
    return parent === folder ? [folder] : readdirSync(join(root, parent)).map(name => join(parent, name))
  })
  .filter(folder => existsSync(join(root, folder, 'package.json')))
