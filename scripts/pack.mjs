// The tarballs as npm would publish them, from what is built.
import { execFile } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'

const root = resolve(import.meta.dirname, '..')

/** `files` are the paths inside. @typedef {{ name: string, tarball: string, files: string[] }} Packed */

/** Packs every package into a folder. @param {string} destination @returns {Promise<Packed[]>} */
export async function pack(destination) {
  const folders = readdirSync(join(root, 'packages')).map(name => join(root, 'packages', name))
  const args = ['pack', '--json', '--pack-destination', destination, ...folders]
  const { stdout } = await promisify(execFile)('npm', args, { cwd: destination })
  /** @type {{ name: string, filename: string, files: { path: string }[] }[]} */
  const packed = Object.values(JSON.parse(stdout))
  return packed.map(({ name, filename, files }) => ({
    name,
    tarball: join(destination, filename),
    files: files.map(file => file.path),
  }))
}
