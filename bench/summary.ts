/** Writes the summary of this folder's README, from its other tables. */
import { summary } from './summary/figures.js'
import { put } from './table.js'

put(new URL('README.md', import.meta.url), 'figures', summary())
