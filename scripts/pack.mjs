// The tarballs as npm would publish them, from what is built.
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { published, root } from './workspace.mjs'

/** `files` are the paths inside. @typedef {{ name: string, tarball: string, files: string[] }} Packed */

/** Packs every package into a folder; returns each after those that it depends on. @param {string} destination @returns {Promise<Packed[]>} */
export async function pack(destination) {
  const folders = published.map(folder => join(root, folder))
  const args = ['pack', '--json', '--ignore-scripts', '--pack-destination', destination, ...folders]
  const { stdout } = await promisify(execFile)('npm', args, { cwd: destination })
  /** @type {{ name: string, filename: string, files: { path: string }[] }[]} */
  const packed = Object.values(JSON.parse(stdout))
  return packed.map(({ name, filename, files }) => ({
    name,
    tarball: join(destination, filename),
    files: files.map(file => file.path),
  }))
}
