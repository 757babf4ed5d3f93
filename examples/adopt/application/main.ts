/** Compares what the old clients and the application send to each other, before and after the contract. */
import { transcriptOf } from './record.js'

const before = await transcriptOf('./server')
const after = await transcriptOf('./attached')
console.log(before)
console.log(after === before ? 'The contract has changed nothing of it.' : `With the contract:\n${after}`)
