// The licences of what is bundled into a script, which have to travel with it.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * The names, versions and licence texts of the packages of others that a script has in it, as a comment; empty if it has none.
 * @param {readonly import('./bundled.mjs').Bundled[]} packages
 */
export function notices(packages) {
  const found = packages.filter(({ isOwn }) => !isOwn).map(notice)
  return found.length === 0 ? '' : `/*! In this script:\n\n${found.join('\n\n')}\n*/\n`
}

/** @param {import('./bundled.mjs').Bundled} bundled */
function notice({ home, name, version, license }) {
  const file = readdirSync(home).find(each => /^licen[cs]e/i.test(each))
  const text = file === undefined ? `License: ${license}` : readFileSync(join(home, file), 'utf8').trim()
  return `${name} ${version}\n${text}`.replaceAll('*/', '* /')
}
