// The workspace's members, as pnpm-workspace.yaml names them.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
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

/** The folders of the packages that are published, each after those that it depends on. */
export const published = inOrder(members.filter(folder => dirname(folder) === 'packages'))

/** @param {readonly string[]} folders */
function inOrder(folders) {
  const manifests = folders.map(folder => JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8')))
  const folderOf = new Map(manifests.map(({ name }, at) => [name, String(folders[at])]))
  const dependenciesOf = new Map(
    manifests.map(({ dependencies = {} }, at) => [String(folders[at]), Object.keys(dependencies)]),
  )
  /** @type {Set<string>} */
  const seen = new Set()
  /** @type {string[]} */
  const ordered = []
  const add = (/** @type {string} */ folder) => {
    if (seen.has(folder)) return
    seen.add(folder)
    for (const name of dependenciesOf.get(folder) ?? []) if (folderOf.has(name)) add(String(folderOf.get(name)))
    ordered.push(folder)
  }
  folders.forEach(add)
  return ordered
}
