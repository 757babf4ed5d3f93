// Soaks a server for as long as one likes: `npm run soak -- 30m`.
import { durationOf } from '../fuzz/duration.js'
import { reportOf, soak } from './soak.js'

const until = Date.now() + durationOf(process.argv[2] ?? '1m')
const { table, wrong } = reportOf(await soak({ clients: 500, turns: () => Date.now() < until }))
console.log(table)
if (wrong.length > 0) console.log(`wrong: ${wrong.join(', ')}`)
process.exit(wrong.length > 0 ? 1 : 0)
