import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'

/** The files a document shows: its fenced `ts` blocks whose first line is a comment with a file's name. */
export function filesIn(markdown: string): Map<string, string> {
  const files = new Map<string, string>()
  for (const [, name = '', code = ''] of markdown.matchAll(/^```ts\n\/\/ ([\w./-]+\.ts)\n(.*?)^```$/gms)) {
    if (name.includes('..')) throw new Error(`a block names ${name}, which may lie outside its folder`)
    if (files.has(name)) throw new Error(`two blocks name ${name}: a file is shown once, whole`)
    files.set(name, code)
  }
  return files
}

/** Writes the files that README.md shows, which have to include `names`, into a folder. */
export function writeReadmeFiles(folder: string, names: readonly string[]): Map<string, string> {
  const readme = resolve(import.meta.dirname, '../README.md')
  if (!existsSync(readme)) throw new Error(`README.md is missing; it has to show ${names.join(', ')}`)
  const files = filesIn(readFileSync(readme, 'utf8'))
  const missing = names.filter(name => !files.has(name))
  if (missing.length > 0) {
    throw new Error(`README.md shows no ${missing.join(', ')}: a \`\`\`ts block whose first line is // ${missing[0]}`)
  }
  for (const [name, code] of files) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), code)
  }
  return files
}
