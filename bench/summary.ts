/** Writes the figures of the main README into their place, taken from the tables in this folder's README. */
import { summary } from './summary/figures.js'
import { put } from './table.js'

put(new URL('../README.md', import.meta.url), 'figures', summary())
