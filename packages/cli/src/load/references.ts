import { lstat, realpath } from 'node:fs/promises'
import { basename, dirname, extname, isAbsolute, relative, resolve, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { bundleFiles, type File, type Json, type Place, referencesIn } from '@ackwire/docs/tooling'
import { messageOf, problem } from '../terminal/problem.js'

/** A document whose references to other files lead to parts of it. */
export interface Bundled {
  readonly content: Json
  /** The files that it refers to. */
  readonly inputs: readonly string[]
}

/** The maximum number of files that a document may refer to. */
const MOST_FILES = 1_000

/**
 * Reads the files that a document refers to, and the files that these refer to. Only files in the folder `root` are read, by default
 * that of the document, and nothing from a network. A reference that can't be followed stays as it is, with its reason in the document.
 */
export const bundleReferences = async (
  file: string,
  document: Json,
  read: (file: string) => Promise<unknown>,
  root = dirname(file),
): Promise<Bundled> => {
  const home = await realpath(root)
  const main = { path: await realpath(file), key: undefined, content: document, places: new Map<string, Place>() }
  const files = new Map<string, Known>([[main.path, main]])
  const unread = new Map<string, string>()
  const keys = new Set<string>()

  const load = async (path: string): Promise<void> => {
    if (files.has(path)) return
    if (files.size > MOST_FILES) throw problem(`${file}: refers to more than ${MOST_FILES} files`)
    const content = await read(path)
    if (typeof content !== 'object' || content === null)
      throw new Error('is neither an object nor a list in YAML or JSON')
    const key = freeKey(basename(path, extname(path)), keys)
    files.set(path, { path, key, content, places: new Map() })
  }

  // Each file may refer to further ones, which come behind it in the map.
  for (const { path: from, content, places } of files.values()) {
    for (const reference of referencesIn(content)) {
      const [name = '', fragment = ''] = reference.split('#', 2)
      if (reference.startsWith('#') || unread.has(name)) continue
      try {
        const path = await fileOf(name, from, home)
        if (path === undefined) continue
        await load(path)
        places.set(reference, { path, fragment })
      } catch (error) {
        unread.set(name, messageOf(error).split('\n')[0] ?? '')
      }
    }
  }
  if (files.size === 1 && unread.size === 0) return { content: document, inputs: [] }
  return { content: bundleFiles(files, unread), inputs: [...files.keys()].slice(1) }
}

/** A file whose references are being followed. */
interface Known extends File {
  readonly path: string
  readonly places: Map<string, Place>
}

const freeKey = (word: string, taken: Set<string>): string => {
  let key = word
  for (let count = 2; taken.has(key); count++) key = `${word}${count}`
  taken.add(key)
  return key
}

/** Returns the file that a reference names, or `undefined` if there is none. @throws Error with the reason for one that is not read. */
const fileOf = async (name: string, from: string, home: string): Promise<string | undefined> => {
  const isUrl = /^[a-z][a-z\d+.-]+:/i.test(name)
  if (isUrl && !name.startsWith('file:'))
    throw new Error('is not read, since it is not a file; save it beside the document, and refer to that')
  const given = isUrl ? fileURLToPath(name) : resolve(dirname(from), decodeURIComponent(name))
  const path = await realpath(given).catch(() => undefined)
  if (path === undefined) return undefined
  const inner = relative(home, path)
  if (isAbsolute(inner) || inner === '..' || inner.startsWith(`..${sep}`))
    throw new Error(
      "is not read, since it is outside of the document's folder; name a folder that it is in with --root",
    )
  if (!(await lstat(path)).isFile()) throw new Error('is not a file')
  return path
}
