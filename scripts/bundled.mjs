// Which packages the files that a bundler has put into a script are of.
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'

/** A package that a script has code of, by the folder it is installed in. @typedef {{ home: string, name: string, version: string, license: string, isOwn: boolean }} Bundled */

/**
 * Returns the packages that files are of, each once and in the order of their names, without the package itself.
 * @param {string} folder The package whose scripts these are, from which the files are named. @param {readonly string[]} files @returns {Bundled[]}
 */
export function bundledPackages(folder, files) {
  const homes = new Set(files.map(file => homeOf(resolve(folder, file))).filter(home => home !== resolve(folder)))
  /** @type {Map<string, Bundled>} */
  const found = new Map()
  for (const home of homes) {
    const { name, version, license } = JSON.parse(readFileSync(`${home}/package.json`, 'utf8'))
    found.set(`${name} ${version}`, { home, name, version, license, isOwn: !home.includes('/node_modules/') })
  }
  return [...found].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, bundled]) => bundled)
}

/** @param {string} file */
function homeOf(file) {
  const [home] = /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file) ?? /^.*\/packages\/[^/]+(?=\/)/.exec(file) ?? []
  if (home === undefined)
    throw new Error(`${file} is bundled, and of no package: expected it in node_modules or packages`)
  return home
}
