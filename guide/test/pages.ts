import { readdirSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'

export const root = resolve(import.meta.dirname, '../..')

const foldersIn = (parent: string): string[] => readdirSync(join(root, parent)).map(name => join(parent, name))

/** Every page that somebody reads, by its path from the root, but for the generated ones. */
export const allPages = ['.', 'guide', 'bench', ...foldersIn('packages'), ...foldersIn('examples')]
  .filter(folder => statSync(join(root, folder)).isDirectory())
  .flatMap(foldersIn)
  .filter(file => file.endsWith('.md'))

/** The pages for users. CONTRIBUTING.md shows a part of a test, which is not a program. */
export const pages = allPages.filter(page => page !== 'CONTRIBUTING.md')
