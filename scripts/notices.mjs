// The licences of what is bundled into a script, which have to travel with it.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * The names, versions and licence texts of the packages of others that a script has in it, as a comment; empty if it has none.
 * @param {string} folder What the files are relative to. @param {readonly string[]} files
 */
export function notices(folder, files) {
  const homes = files.map(file => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0] ?? '')
  const found = [...new Set(homes)].filter(home => home !== '').map(home => notice(join(folder, home)))
  return found.length === 0 ? '' : `/*! In this script:\n\n${[...new Set(found)].sort().join('\n\n')}\n*/\n`
}

/** @param {string} home */
function notice(home) {
  const { name, version, license } = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8'))
  const file = readdirSync(home).find(each => /^licen[cs]e/i.test(each))
  const text = file === undefined ? `License: ${license}` : readFileSync(join(home, file), 'utf8').trim()
  return `${name} ${version}\n${text}`.replaceAll('*/', '* /')
}
