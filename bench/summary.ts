/** Puts the few figures of the main README in their place, from the tables of this folder's. */
import { summary } from './summary/figures.js'
import { put } from './table.js'

put(new URL('../README.md', import.meta.url), 'figures', summary())
