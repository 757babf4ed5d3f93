import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'

/** The files a document shows: its fenced `ts`, `tsx` and `js` blocks, called what a comment in their first line says, or `block-N.ts`. */
export function filesIn(markdown: string): Map<string, string> {
  const files = new Map<string, string>()
  for (const [, language = '', code = ''] of markdown.matchAll(/^```(tsx?|js)\n(.*?)^```$/gms)) {
    const name = /^\/\/ ([\w./-]+\.(?:tsx?|js))\n/.exec(code)?.[1] ?? `block-${files.size + 1}.${language}`
    if (name.includes('..')) throw new Error(`a block names ${name}, which may lie outside its folder`)
    if (files.has(name)) throw new Error(`two blocks name ${name}: a file is shown once, whole`)
    files.set(name, code)
  }
  return files
}

/** Writes the files that a README shows, which have to include `names`, into a folder. */
export function writeReadmeFiles(readme: string, folder: string, names: readonly string[] = []): Map<string, string> {
  const files = filesIn(readFileSync(resolve(import.meta.dirname, '..', readme), 'utf8'))
  const missing = names.filter(name => !files.has(name))
  if (missing.length > 0) {
    throw new Error(`${readme} shows no ${missing.join(', ')}: a \`\`\`ts block whose first line is // ${missing[0]}`)
  }
  for (const [name, code] of files) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), code)
  }
  return files
}
