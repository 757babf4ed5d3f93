import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { type Loader, transform } from 'esbuild'

/** A fenced `ts`, `tsx` or `js` block of a document. */
export interface Block {
  /** The name in the comment of its first line, or `block-N.ts`. */
  readonly name: string
  readonly code: string
  /** The lines that it prints, as the document shows them: in a `text` block behind it, after one line that ends with a colon at most. */
  readonly output: readonly string[] | undefined
}

const BLOCK = /^```(tsx?|js)\n(.*?)^```$(?:\n\n(?:[^\n`]+:\n\n)?^```text\n(.*?)^```$)?/gms

/** Returns the code that a document shows. */
export function blocksIn(markdown: string): Block[] {
  const blocks = new Map<string, Block>()
  for (const [, language = '', code = '', output] of markdown.matchAll(BLOCK)) {
    const name = /^\/\/ ([\w./-]+\.(?:tsx?|js))\n/.exec(code)?.[1] ?? `block-${blocks.size + 1}.${language}`
    if (name.includes('..')) throw new Error(`expected a file name inside the folder, got ${name}: remove the ..`)
    if (blocks.has(name)) throw new Error(`two blocks name ${name}: show each file in one block`)
    blocks.set(name, { name, code, output: output?.trimEnd().split('\n') })
  }
  return [...blocks.values()]
}

/** Returns the files that a document shows, by name. */
export const filesIn = (markdown: string): Map<string, string> =>
  new Map(blocksIn(markdown).map(({ name, code }) => [name, code]))

/** Writes the files that a README shows, which have to include `names`, into a folder. */
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

/** Writes a block into a folder as JavaScript that Node can import, with `from` replaced by `to` in it. */
export async function writeScript({ name, code }: Block, folder: string, from: string, to: string): Promise<void> {
  const [, loader = ''] = /\.(\w+)$/.exec(name) ?? []
  const script = await transform(code.replaceAll(from, to), {
    loader: loader as Loader,
    jsx: 'automatic',
    target: 'node20',
  })
  const file = join(folder, name.replace(/\w+$/, 'js'))
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, script.code)
}
