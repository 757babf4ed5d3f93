import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'

/**
 * Returns the files in a document: its fenced `ts`, `tsx` and `js` blocks, named by a comment in their first line, or
 * `block-N.ts`.
 */
export function filesIn(markdown: string): Map<string, string> {
  const files = new Map<string, string>()
  for (const [, language = '', code = ''] of markdown.matchAll(/^```(tsx?|js)\n(.*?)^```$/gms)) {
    const name = /^\/\/ ([\w./-]+\.(?:tsx?|js))\n/.exec(code)?.[1] ?? `block-${files.size + 1}.${language}`
    if (name.includes('..')) throw new Error(`expected a file name inside the folder, got ${name}: remove the ..`)
    if (files.has(name)) throw new Error(`two blocks name ${name}: show each file in one block`)
    files.set(name, code)
  }
  return files
}

/** Writes the files in a README to a folder. @throws Error unless they include `names`. */
export function writeReadmeFiles(readme: string, folder: string, names: readonly string[] = []): Map<string, string> {
  const files = filesIn(readFileSync(resolve(import.meta.dirname, '..', readme), 'utf8'))
  const missing = names.filter(name => !files.has(name))
  if (missing.length > 0) {
    throw new Error(
      `expected ${readme} to contain ${missing.join(', ')}: add a \`\`\`ts block whose first line is // ${missing[0]}`,
    )
  }
  for (const [name, code] of files) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), code)
  }
  return files
}
