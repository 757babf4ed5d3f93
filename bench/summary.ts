/** Puts the few figures of the main README in their place, from the tables of this folder's. */
import { readFileSync, writeFileSync } from 'node:fs'
import { summary } from './summary/figures.js'

const page = new URL('../README.md', import.meta.url)
const text = readFileSync(page, 'utf8')
writeFileSync(page, text.replace(/(<!-- figures -->\n).*?(<!-- end -->)/s, `$1${summary()}\n$2`))
