// Packs what a release publishes: `node scripts/release-tarballs.mjs FOLDER git+https://HOST/OWNER/NAME.git`. Prints a line for each
// tarball, as sha256sum does, in the order in which they are to be published.
import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { pack } from './pack.mjs'
import { published, root } from './workspace.mjs'

const [destination, url] = process.argv.slice(2)
if (destination === undefined || !url?.startsWith('git+https://')) {
  console.error('Expected: node scripts/release-tarballs.mjs FOLDER git+https://HOST/OWNER/NAME.git')
  process.exit(1)
}
const folder = resolve(destination)
mkdirSync(folder, { recursive: true })

const manifests = new Map(
  published.map(directory => [directory, readFileSync(join(root, directory, 'package.json'), 'utf8')]),
)
/** @param {string} directory @param {string} text */
const write = (directory, text) => writeFileSync(join(root, directory, 'package.json'), text)
try {
  // The provenance has to name the repository that the manifest does.
  for (const [directory, text] of manifests) {
    write(directory, JSON.stringify({ ...JSON.parse(text), repository: { type: 'git', url, directory } }, null, 2))
  }
  for (const { tarball } of await pack(folder)) {
    console.log(`${createHash('sha256').update(readFileSync(tarball)).digest('hex')}  ${basename(tarball)}`)
  }
} finally {
  for (const [directory, text] of manifests) write(directory, text)
}
