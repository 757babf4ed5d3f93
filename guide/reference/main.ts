// Writes guide/api anew.
import { resolve } from 'node:path'
import { writeReference } from './reference.js'

await writeReference(resolve(import.meta.dirname, '../api'))
